#include "client_identity/identities.hpp"

namespace openlsa::client {
namespace {

std::u16string packages_of(const Encoded& identity) {
  const auto part = identity.block().subspan(identity.header().PackageListOffset, identity.header().PackageListLength);
  std::u16string list(part.size() / 2, u'\0');
  if (!part.empty()) std::memcpy(list.data(), part.data(), part.size());
  return list;
}

TEST(PackageExclusion, EditsTheList) {
  const struct {
    const char16_t *list, *package, *expected;
  } cases[] = {
      {u"", u"NTLM", u"!NTLM"},
      {u"Kerberos", u"NTLM", u"Kerberos,!NTLM"},
      {u"!NTLM", u"Kerberos", u"!NTLM,!Kerberos"},
      {u"!ntlm", u"NTLM", u"!ntlm"},
      {u"Kerberos, !ntlm", u"NTLM", u"Kerberos, !ntlm"},
      {u"!NTLMv2", u"NTLM", u"!NTLMv2,!NTLM"},
      // Without the mention, all others would be allowed.
      {u"NTLM", u"NTLM", u"NTLM,!NTLM"},
  };
  for (const auto& one : cases) {
    const AtEndOfPage identity(block_by_hand(u"alice", u"LAB", password_by_hand(u"secret"), one.list));
    Opaque made = nullptr;
    ASSERT_EQ(SspiExcludePackage(identity.get(), wide(one.package), &made), SEC_E_OK);
    const Encoded fresh(made);
    EXPECT_EQ(packages_of(fresh), one.expected);
    EXPECT_EQ(Strings(fresh.get()).user, u"alice");
    EXPECT_EQ(Strings(fresh.get()).credentials, u"secret");
  }
}

TEST(PackageExclusion, TakesTheListOfTheExFormAndTheCallersOwnIdentity) {
  std::u16string user = u"alice", list = u"Kerberos";
  SEC_WINNT_AUTH_IDENTITY_EXW ex{};
  ex.Version = SEC_WINNT_AUTH_IDENTITY_VERSION;
  ex.Length = sizeof ex;
  ex.User = reinterpret_cast<USHORT*>(user.data());
  ex.UserLength = 5;
  ex.PackageList = reinterpret_cast<USHORT*>(list.data());
  ex.PackageListLength = 8;
  ex.Flags = SEC_WINNT_AUTH_IDENTITY_UNICODE;
  Opaque made = nullptr;
  ASSERT_EQ(SspiExcludePackage(&ex, wide(u"NTLM"), &made), SEC_E_OK);
  EXPECT_EQ(packages_of(Encoded(made)), u"Kerberos,!NTLM");
  ASSERT_EQ(SspiExcludePackage(nullptr, wide(u"NTLM"), &made), SEC_E_OK);
  const Encoded own(made);
  EXPECT_EQ(packages_of(own), u"!NTLM");
  EXPECT_EQ(Strings(own.get()).user, u"(null)");
  EXPECT_EQ(Strings(own.get()).credentials, u"(null)");
}

TEST(PackageExclusion, RefusesNamesThatAreNoneAndWritesNothing) {
  const Encoded identity(u"alice", nullptr, nullptr);
  const std::u16string endless(40000, u'n'), long_name(32766, u'n');
  Opaque made = nullptr;
  for (const char16_t* name : {u"", u"a,b", u"!NTLM", u" ", endless.c_str(), static_cast<const char16_t*>(nullptr)})
    EXPECT_EQ(SspiExcludePackage(identity.get(), wide(name), &made), SEC_E_INVALID_PARAMETER);
  const AtEndOfPage with_list(block_by_hand(u"alice", {}, {}, u"Kerberos"));
  EXPECT_EQ(SspiExcludePackage(with_list.get(), wide(long_name.c_str()), &made), SEC_E_INVALID_PARAMETER)
      << "longer than a list can be";
  EXPECT_EQ(SspiExcludePackage(identity.get(), wide(u"NTLM"), nullptr), SEC_E_INVALID_PARAMETER);
  identity.header().UserOffset = 1;
  EXPECT_EQ(SspiExcludePackage(identity.get(), wide(u"NTLM"), &made), SEC_E_INVALID_TOKEN);
  EXPECT_EQ(made, nullptr);
}

}  // namespace
}  // namespace openlsa::client
