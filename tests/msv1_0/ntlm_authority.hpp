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
// Of each account behind the door "domain" (tests/packages/domain).
inline constexpr const char16_t* corp_password = u"Pa55w0rd!";
inline constexpr const char* bob_password = "correct horse 9 Battery";

class NtlmEnvironment : public ::testing::Environment {
 public:
  // `policy`: lines of lsa.toml, the first of [ntlm]. `door`: with the domains of tests/packages/domain.
  explicit NtlmEnvironment(std::string policy = "", bool door = false) : policy_(std::move(policy)), door_(door) {}
  void SetUp() override;
  void TearDown() override;

 private:
  const std::string policy_;
  const bool door_;
};

// Of the run's authority.
Installation& ntlm_installation();
// By `account-add`, with the password through a descriptor. The SID.
std::string make_user(const std::string& name, const std::string& password, unsigned uid);
void set_password(const std::string& name, const std::string& password);
// A descriptor that gives these bytes, and then its end.
int descriptor_with(const std::string& bytes);

}  // namespace openlsa::test
