// What CredRead and CredWrite would be given.
#include <openlsa/wincred.h>

#include "client_identity/identities.hpp"

namespace openlsa::client {
namespace {

struct Written {
  Written(Opaque identity, const char16_t* target) {
    PCWSTR target_out = nullptr, user_out = nullptr;
    PUCHAR blob_out = nullptr;
    ULONG size = 77;
    status = SspiPrepareForCredWrite(identity, wide(target), &type, &target_out, &user_out, &blob_out, &size);
    this->target = text_of(target_out);
    user = text_of(user_out);
    has_blob = blob_out != nullptr;
    if (status == SEC_E_OK) blob = base::to_bytes({blob_out, size});
    SspiLocalFree(const_cast<WCHAR*>(target_out));
    SspiLocalFree(const_cast<WCHAR*>(user_out));
    SspiLocalFree(blob_out);
  }
  SECURITY_STATUS status;
  ULONG type = 77;
  std::u16string target, user;
  bool has_blob = false;
  base::Bytes blob;
};

base::Bytes characters(std::u16string_view text) {
  return base::to_bytes(base::as_bytes(text.data(), 2 * text.size()));
}

TEST(CredentialManager, GetsADomainsPassword) {
  const Encoded identity(u"username", u"domainname", u"password");
  const Written by_user(identity.get(), nullptr);
  ASSERT_EQ(by_user.status, SEC_E_OK);
  EXPECT_EQ(by_user.type, ULONG{CRED_TYPE_DOMAIN_PASSWORD});
  EXPECT_EQ(by_user.target, u"domainname\\username");
  EXPECT_EQ(by_user.user, u"domainname\\username");
  EXPECT_EQ(by_user.blob, characters(u"password")) << "without terminator";
  const Written by_target(identity.get(), u"server.lab.example");
  EXPECT_EQ(by_target.target, u"server.lab.example");
  EXPECT_EQ(by_target.user, u"domainname\\username");
}

TEST(CredentialManager, GetsTheNameAsItWasGiven) {
  EXPECT_EQ(Written(Encoded(u"alice@lab.example", nullptr, u"p").get(), nullptr).user, u"alice@lab.example");
  EXPECT_EQ(Written(Encoded(u"alice", u"", u"p").get(), nullptr).user, u"alice");
  const Written nothing_secret(Encoded(u"alice", nullptr, nullptr).get(), nullptr);
  EXPECT_EQ(nothing_secret.status, SEC_E_OK);
  EXPECT_FALSE(nothing_secret.has_blob);
  EXPECT_TRUE(nothing_secret.blob.empty());
}

TEST(CredentialManager, GetsWhatOnlyANegotiablePackageUnderstandsAsItIsPacked) {
  const std::uint8_t keytab[] = {5, 2, 0, 0};
  const base::Bytes packed = packed_by_hand(SEC_WINNT_AUTH_DATA_TYPE_KEYTAB, keytab);
  const AtEndOfPage identity(block_by_hand(u"service", u"LAB", packed));
  const Written written(identity.get(), u"target");
  EXPECT_EQ(written.type, ULONG{CRED_TYPE_DOMAIN_EXTENDED});
  EXPECT_EQ(written.blob, packed);
  // The password of an identity provider must not reach a domain.
  const Encoded online(u"alice", u"Provider", u"secret");
  online.header().Flags |= SEC_WINNT_AUTH_IDENTITY_FLAGS_ID_PROVIDER;
  const Written online_written(online.get(), nullptr);
  EXPECT_EQ(online_written.type, ULONG{CRED_TYPE_DOMAIN_EXTENDED});
  EXPECT_EQ(online_written.blob, password_by_hand(u"secret"));
}

TEST(CredentialManager, IsAskedForTheSameTypeAndTarget) {
  const Encoded identity(u"alice", u"LAB", u"secret");
  ULONG type = 0;
  PCWSTR target = nullptr;
  ASSERT_EQ(SspiPrepareForCredRead(identity.get(), wide(u"server"), &type, &target), SEC_E_OK);
  EXPECT_EQ(type, ULONG{CRED_TYPE_DOMAIN_PASSWORD});
  EXPECT_EQ(text_of(target), u"server");
  SspiLocalFree(const_cast<WCHAR*>(target));
}

TEST(CredentialManager, GetsNothingFromWhatIsNoIdentityAndNothingIsWritten) {
  const Encoded identity(u"alice", u"LAB", u"secret"), nobody(nullptr, u"LAB", u"secret");
  ULONG type = 77, size = 77;
  PCWSTR target = nullptr, user = nullptr;
  PUCHAR blob = nullptr;
  EXPECT_EQ(Written(nobody.get(), nullptr).status, SEC_E_INVALID_PARAMETER) << "neither user nor target";
  EXPECT_EQ(Written(nobody.get(), u"target").status, SEC_E_OK);
  EXPECT_EQ(SspiPrepareForCredRead(identity.get(), nullptr, &type, &target), SEC_E_INVALID_PARAMETER);
  EXPECT_EQ(SspiPrepareForCredRead(nullptr, wide(u"t"), &type, &target), SEC_E_INVALID_PARAMETER);
  EXPECT_EQ(SspiPrepareForCredRead(identity.get(), wide(u"t"), nullptr, &target), SEC_E_INVALID_PARAMETER);
  EXPECT_EQ(SspiPrepareForCredRead(identity.get(), wide(u"t"), &type, nullptr), SEC_E_INVALID_PARAMETER);
  for (int missing = 0; missing < 5; ++missing)
    EXPECT_EQ(SspiPrepareForCredWrite(identity.get(), wide(u"t"), missing == 0 ? nullptr : &type,
                                      missing == 1 ? nullptr : &target, missing == 2 ? nullptr : &user,
                                      missing == 3 ? nullptr : &blob, missing == 4 ? nullptr : &size),
              SEC_E_INVALID_PARAMETER);
  EXPECT_EQ(SspiPrepareForCredWrite(nullptr, wide(u"t"), &type, &target, &user, &blob, &size), SEC_E_INVALID_PARAMETER);
  identity.header().UserOffset = 1;
  EXPECT_EQ(SspiPrepareForCredWrite(identity.get(), wide(u"t"), &type, &target, &user, &blob, &size),
            SEC_E_INVALID_TOKEN);
  EXPECT_TRUE(type == 77 && size == 77 && target == nullptr && user == nullptr && blob == nullptr);
}

}  // namespace
}  // namespace openlsa::client
