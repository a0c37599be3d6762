// Our Negotiate and NTLM as the client of the controller's LDAP: the counterpart of `ldapsearch -Y GSS-SPNEGO`.
#include <gtest/gtest.h>
#include <openlsa/winerror.h>

#include "samba/domain.hpp"
#include "samba/ldap.hpp"
#include "support/text.hpp"

namespace openlsa::test {
namespace {

constexpr ULONG sign = ISC_REQ_INTEGRITY | ISC_REQ_SEQUENCE_DETECT | ISC_REQ_REPLAY_DETECT;
constexpr ULONG seal = sign | ISC_REQ_CONFIDENTIALITY;
constexpr const char* base = "DC=example,DC=test";

std::string service() { return "ldap/" + domain_controller(); }

using Values = std::vector<std::string>;

class Ldap : public ::testing::TestWithParam<const char*> {};

// Several messages each way: the sequence numbers and the streams of RC4 go on.
void expect_searches(LdapConnection& connection) {
  int result = -1;
  EXPECT_EQ(Values{"alice"},
            connection.search(base, LDAP_SCOPE_SUBTREE, "(sAMAccountName=alice)", "sAMAccountName", &result));
  EXPECT_EQ(LDAP_SUCCESS, result) << ::ldap_err2string(result);
  EXPECT_EQ(
      Values{"CN=Readers,CN=Users,DC=example,DC=test"},
      connection.search("CN=Everything,CN=Users,DC=example,DC=test", LDAP_SCOPE_BASE, "(objectClass=group)", "member"));
  // More than one buffer's worth: every class of the schema.
  EXPECT_LT(200u, connection
                      .search("CN=Aggregate,CN=Schema,CN=Configuration,DC=example,DC=test", LDAP_SCOPE_BASE,
                              "(objectClass=*)", "objectClasses")
                      .size());
  EXPECT_LE(3, connection.sent());
  EXPECT_LE(3, connection.received());
}

TEST_P(Ldap, SearchesUnderOurSeal) {
  LdapConnection connection(domain_address());
  Credential client = domain_client("alice", GetParam());
  const int result = connection.bind(client, service(), seal);
  ASSERT_EQ(LDAP_SUCCESS, result) << ::ldap_err2string(result) << " " << status_text(connection.leg().status);
  ASSERT_NE(0u, connection.leg().attributes & ISC_RET_CONFIDENTIALITY);
  expect_searches(connection);
}

// Signing alone satisfies the controller's bind. It then seals all the same (Samba takes SIGN for SEAL in LDAP), so
// there is no search here.
TEST_P(Ldap, TakesABindThatSigns) {
  LdapConnection connection(domain_address());
  Credential client = domain_client("alice", GetParam());
  const int result = connection.bind(client, service(), sign);
  ASSERT_EQ(LDAP_SUCCESS, result) << ::ldap_err2string(result) << " " << status_text(connection.leg().status);
  EXPECT_EQ(ULONG{ISC_RET_INTEGRITY}, connection.leg().attributes & (ISC_RET_INTEGRITY | ISC_RET_CONFIDENTIALITY));
}

TEST_P(Ldap, RefusesAWrongPassword) {
  LdapConnection connection(domain_address());
  Credential client = domain_client("bob", GetParam(), "not-the-Password-1");
  EXPECT_EQ(LDAP_INVALID_CREDENTIALS, connection.bind(client, service(), seal));
  int result = -1;
  EXPECT_EQ(Values{}, connection.search(base, LDAP_SCOPE_BASE, "(objectClass=*)", "name", &result));
  EXPECT_EQ(LDAP_OPERATIONS_ERROR, result) << ::ldap_err2string(result);
}

TEST_P(Ldap, RefusesALockedAccount) {
  LdapConnection connection(domain_address());
  Credential client = domain_client("locked", GetParam());
  EXPECT_EQ(LDAP_INVALID_CREDENTIALS, connection.bind(client, service(), seal));
}

// `ldap server require strong auth` is on: a bind without protection is no use. (Negotiate always asks for integrity.)
TEST(LdapOverNtlm, RefusesABindWithoutProtection) {
  LdapConnection connection(domain_address());
  Credential client = domain_client("alice", "NTLM");
  EXPECT_EQ(LDAP_STRONG_AUTH_REQUIRED, connection.bind(client, service(), 0));
}

INSTANTIATE_TEST_SUITE_P(Packages, Ldap, ::testing::Values("Negotiate", "NTLM"),
                         [](const auto& info) { return std::string(info.param); });

}  // namespace
}  // namespace openlsa::test
