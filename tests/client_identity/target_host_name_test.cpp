#include "client_identity/identities.hpp"

namespace openlsa::client {
namespace {

TEST(TargetHostName, IsTheHostOfAServicePrincipalName) {
  const struct {
    const char16_t *target, *host;
  } cases[] = {
      {u"server", u"server"},
      {u"server.lab.example", u"server.lab.example"},
      {u"server:8080", u"server"},
      {u"HTTP/server", u"server"},
      {u"HTTP/server.lab.example:8080", u"server.lab.example"},
      {u"ldap/dc1.lab.example/lab.example", u"dc1.lab.example"},
      {u"ldap/dc1.lab.example:389/lab.example", u"dc1.lab.example"},
      {u"host/server@LAB.EXAMPLE", u"server"},
      {u"host/server:22@LAB.EXAMPLE", u"server"},
      {u"ldap/dc1/lab.example@LAB.EXAMPLE", u"dc1"},
      {u"HTTP/[2001:db8::1]:80", u"2001:db8::1"},
      {u"HTTP/2001:db8::1", u"2001:db8::1"},
      {u"[::1]", u"::1"},
      {u"::1", u"::1"},
  };
  for (const auto& one : cases) {
    PWSTR host = nullptr;
    EXPECT_EQ(SspiGetTargetHostName(wide(one.target), &host), SEC_E_OK);
    EXPECT_EQ(text_of(host), one.host);
    SspiLocalFree(host);
  }
}

TEST(TargetHostName, IsUnknownWhereThereIsNone) {
  PWSTR host = nullptr;
  for (const char16_t* target :
       {u"", u"HTTP/", u"HTTP/:80", u"HTTP//x", u"host/@LAB", u"alice@LAB.EXAMPLE", u"[::1", u"[]", u":80"})
    EXPECT_EQ(SspiGetTargetHostName(wide(target), &host), SEC_E_TARGET_UNKNOWN) << testing::PrintToString(target);
  EXPECT_EQ(SspiGetTargetHostName(nullptr, &host), SEC_E_INVALID_PARAMETER);
  EXPECT_EQ(SspiGetTargetHostName(wide(u"server"), nullptr), SEC_E_INVALID_PARAMETER);
  EXPECT_EQ(host, nullptr);
}

}  // namespace
}  // namespace openlsa::client
