// winbind.so in a host on the member, and what winbind's own tools say.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "host/runtime.hpp"

namespace winbind::test {

using namespace openlsa;

std::string environment(const char* name);
std::string password_of(const std::string& account);
// The words that `wbinfo ARGUMENTS` prints.
std::vector<std::string> wbinfo(const std::string& arguments);
std::string sid_of(const std::string& account);
void run(const std::string& command);

std::u16string wide(const std::string& text);

class Member : public ::testing::Test {
 protected:
  void SetUp() override;

  seam::LogOnDomainAccountReply log_on(const std::string& account, const std::string& password,
                                       const std::string& domain = environment("OPENLSA_TEST_DOMAIN"));
  // An NTLMv2 response ([MS-NLMP] 3.3.2), computed from the password; `key` is the session base key that follows.
  seam::LogOnDomainAccountReply respond(const std::string& account, const std::string& password, base::Bytes& key);
  seam::LookUpDomainAccountReply look_up(const std::string& account);
  nt::Status change(const std::string& account, const std::string& before, const std::string& after);

  std::shared_ptr<host::Runtime> runtime_;
};

// The SIDs, the uid and the gid that wbinfo tells of the account.
void expect_as_wbinfo_says(const seam::DomainAccount& given, const std::string& account);

}  // namespace winbind::test
