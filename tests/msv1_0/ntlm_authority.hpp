// One authority with the built-in NTLM for all tests of a run, in the composition of the run, and accounts with
// passwords.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "support/daemon.hpp"
#include "support/installation.hpp"

namespace openlsa::test {

inline constexpr const char* alice_password = "Passw0rd!";
inline constexpr const char* bob_password = "correct horse 9 Battery";

class NtlmEnvironment : public ::testing::Environment {
 public:
  void SetUp() override;
  void TearDown() override;
};

// Of the run's authority.
Installation& ntlm_installation();
// By `account-add`, with the password through a descriptor. The SID.
std::string make_user(const std::string& name, const std::string& password, unsigned uid);
void set_password(const std::string& name, const std::string& password);
// A descriptor that gives these bytes, and then its end.
int descriptor_with(const std::string& bytes);

}  // namespace openlsa::test
