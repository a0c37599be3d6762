// Three strings become one identity, and an identity of any form becomes three strings.
#include "client/memory/client_buffers.hpp"
#include "client_identity/identities.hpp"

namespace openlsa::client {
namespace {

TEST(IdentityStrings, BecomeOneBlockAndComeBack) {
  const Encoded encoded(u"alice", u"LAB", u"pass wörd");
  EXPECT_EQ(encoded.header().Version, ULONG{SEC_WINNT_AUTH_IDENTITY_VERSION_2});
  EXPECT_EQ(encoded.header().cbHeaderLength, sizeof(SEC_WINNT_AUTH_IDENTITY_EX2));
  EXPECT_EQ(encoded.header().UserLength, 10);
  EXPECT_EQ(encoded.header().Flags, ULONG{SEC_WINNT_AUTH_IDENTITY_UNICODE | SEC_WINNT_AUTH_IDENTITY_FLAGS_RESERVED});
  EXPECT_EQ(buffer_size(encoded.get()), encoded.header().cbStructureLength + 8u)
      << "the padding that the flag promises";
  EXPECT_EQ(SspiValidateAuthIdentity(encoded.get()), SEC_E_OK);
  const Strings strings(encoded.get());
  ASSERT_EQ(strings.status, SEC_E_OK);
  EXPECT_EQ(strings.user, u"alice");
  EXPECT_EQ(strings.domain, u"LAB");
  EXPECT_EQ(strings.credentials, u"pass wörd");
}

TEST(IdentityStrings, PackAPasswordAsDocumented) {
  const Encoded encoded(u"alice", u"LAB", u"secret");
  const base::Bytes expected = password_by_hand(u"secret");
  const auto packed =
      encoded.block().subspan(encoded.header().PackedCredentialsOffset, encoded.header().PackedCredentialsLength);
  EXPECT_EQ(base::to_bytes(packed), expected);
  EXPECT_EQ(encoded.header().PackedCredentialsOffset % alignof(SEC_WINNT_AUTH_PACKED_CREDENTIALS), 0u);
}

TEST(IdentityStrings, TellNullFromEmpty) {
  const Encoded only_user(u"alice", nullptr, nullptr);
  EXPECT_NE(only_user.header().Flags & SEC_WINNT_AUTH_IDENTITY_FLAGS_NULL_DOMAIN, 0u);
  EXPECT_EQ(Strings(only_user.get()).user, u"alice");
  EXPECT_EQ(Strings(only_user.get()).domain, u"(null)");
  EXPECT_EQ(Strings(only_user.get()).credentials, u"(null)");
  const Encoded empty(u"", u"", u"");
  EXPECT_EQ(Strings(empty.get()).user, u"");
  EXPECT_EQ(Strings(empty.get()).domain, u"");
  EXPECT_EQ(Strings(empty.get()).credentials, u"");
  const Encoded only_password(nullptr, nullptr, u"secret");
  EXPECT_EQ(Strings(only_password.get()).user, u"(null)");
  EXPECT_EQ(Strings(only_password.get()).credentials, u"secret");
}

TEST(IdentityStrings, OfNothingAreRefusedAndNothingIsWritten) {
  Opaque identity = &identity;
  EXPECT_EQ(SspiEncodeStringsAsAuthIdentity(nullptr, nullptr, nullptr, &identity), SEC_E_INVALID_TOKEN);
  EXPECT_EQ(identity, &identity);
  EXPECT_EQ(SspiEncodeStringsAsAuthIdentity(nullptr, nullptr, nullptr, nullptr), SEC_E_INVALID_TOKEN);
  EXPECT_EQ(SspiEncodeStringsAsAuthIdentity(wide(u"alice"), nullptr, nullptr, nullptr), SEC_E_INVALID_PARAMETER);
}

TEST(IdentityStrings, LongerThanAnyNameAreRefused) {
  const std::u16string longest(32766, u'a'), longer(32767, u'a');
  const std::u16string password(32753, u'p'), longer_password(32754, u'p');
  Opaque identity = nullptr;
  for (const auto& [user, domain, secret] :
       {std::tuple{longer.c_str(), u"LAB", u"p"}, std::tuple{u"alice", longer.c_str(), u"p"},
        std::tuple{u"alice", u"LAB", longer_password.c_str()}}) {
    EXPECT_EQ(SspiEncodeStringsAsAuthIdentity(wide(user), wide(domain), wide(secret), &identity),
              SEC_E_INVALID_PARAMETER);
    EXPECT_EQ(identity, nullptr);
  }
  const Encoded encoded(longest.c_str(), longest.c_str(), password.c_str());
  EXPECT_EQ(SspiValidateAuthIdentity(encoded.get()), SEC_E_OK);
  EXPECT_EQ(Strings(encoded.get()).user, longest);
  EXPECT_EQ(Strings(encoded.get()).credentials, password);
}

TEST(IdentityStrings, SplitADownLevelNameAndNoOther) {
  const struct {
    const char16_t *user, *domain, *expected_user, *expected_domain;
  } cases[] = {
      {u"LAB\\alice", nullptr, u"alice", u"LAB"}, {u"\\alice", nullptr, u"alice", u""},
      {u"LAB\\a\\b", nullptr, u"a\\b", u"LAB"},   {u"alice@lab.example", nullptr, u"alice@lab.example", u"(null)"},
      {u"alice", nullptr, u"alice", u"(null)"},   {u"LAB\\alice", u"OTHER", u"LAB\\alice", u"OTHER"},
      {u"LAB\\alice", u"", u"LAB\\alice", u""},
  };
  for (const auto& one : cases) {
    const Encoded encoded(one.user, one.domain, nullptr);
    EXPECT_EQ(Strings(encoded.get()).user, one.expected_user);
    EXPECT_EQ(Strings(encoded.get()).domain, one.expected_domain);
  }
}

TEST(IdentityStrings, ComeFromEveryForm) {
  const auto expect = [](Opaque identity) {
    const Strings strings(identity);
    EXPECT_EQ(strings.status, SEC_E_OK);
    EXPECT_EQ(strings.user, u"alice");
    EXPECT_EQ(strings.domain, u"LAB");
    EXPECT_EQ(strings.credentials, u"gëheim\xd83d\xde00");
  };
  std::u16string user = u"alice", domain = u"LAB", password = u"gëheim\xd83d\xde00";
  std::string ansi_user = "alice", ansi_domain = "LAB", ansi_password = "g\xc3\xabheim\xf0\x9f\x98\x80";
  const auto fill = [](auto& identity, auto& u, auto& d, auto& p, ULONG flags) {
    using Pointer = decltype(identity.User);
    identity.User = reinterpret_cast<Pointer>(u.data());
    identity.UserLength = static_cast<ULONG>(u.size());
    identity.Domain = reinterpret_cast<Pointer>(d.data());
    identity.DomainLength = static_cast<ULONG>(d.size());
    identity.Password = reinterpret_cast<Pointer>(p.data());
    identity.PasswordLength = static_cast<ULONG>(p.size());
    identity.Flags = flags;
  };
  SEC_WINNT_AUTH_IDENTITY_W w{};
  fill(w, user, domain, password, SEC_WINNT_AUTH_IDENTITY_UNICODE);
  expect(&w);
  SEC_WINNT_AUTH_IDENTITY_A a{};
  fill(a, ansi_user, ansi_domain, ansi_password, SEC_WINNT_AUTH_IDENTITY_ANSI);
  expect(&a);
  SEC_WINNT_AUTH_IDENTITY_EXW exw{};
  exw.Version = SEC_WINNT_AUTH_IDENTITY_VERSION;
  exw.Length = sizeof exw;
  fill(exw, user, domain, password, SEC_WINNT_AUTH_IDENTITY_UNICODE);
  expect(&exw);
  SEC_WINNT_AUTH_IDENTITY_EXA exa{};
  exa.Version = SEC_WINNT_AUTH_IDENTITY_VERSION;
  exa.Length = sizeof exa;
  fill(exa, ansi_user, ansi_domain, ansi_password, SEC_WINNT_AUTH_IDENTITY_ANSI);
  expect(&exa);
  const AtEndOfPage ex2(block_by_hand(user, domain, password_by_hand(password)));
  expect(ex2.get());
}

TEST(IdentityStrings, AreRefusedWhenAnsiIsNotUtf8) {
  std::string good = "alice", bad = "ali\xffce";
  SEC_WINNT_AUTH_IDENTITY_A identity{};
  identity.Flags = SEC_WINNT_AUTH_IDENTITY_ANSI;
  for (std::string* user : {&good, &bad}) {
    for (std::string* password : {&good, &bad}) {
      identity.User = reinterpret_cast<UCHAR*>(user->data());
      identity.UserLength = static_cast<ULONG>(user->size());
      identity.Password = reinterpret_cast<UCHAR*>(password->data());
      identity.PasswordLength = static_cast<ULONG>(password->size());
      EXPECT_EQ(Strings(&identity).status, user == &good && password == &good ? SEC_E_OK : SEC_E_INVALID_TOKEN);
    }
  }
}

TEST(IdentityStrings, CarryCredentialsOfAnyType) {
  const std::uint8_t keytab[] = {5, 2, 0, 0, 0, 0xff, 7};
  const base::Bytes packed = packed_by_hand(SEC_WINNT_AUTH_DATA_TYPE_KEYTAB, keytab);
  const AtEndOfPage identity(block_by_hand(u"service", u"LAB", packed));
  const Strings strings(identity.get());
  ASSERT_EQ(strings.status, SEC_E_OK);
  EXPECT_GT(strings.credentials.size(), 2 * packed.size()) << "not the bytes as characters";

  const Encoded back(strings.user.c_str(), strings.domain.c_str(), strings.credentials.c_str());
  EXPECT_EQ(base::to_bytes(
                back.block().subspan(back.header().PackedCredentialsOffset, back.header().PackedCredentialsLength)),
            packed);
  // A broken one is never taken for a password.
  for (std::u16string broken :
       {strings.credentials + u"A", strings.credentials.substr(0, strings.credentials.size() - 2),
        strings.credentials.substr(0, strings.credentials.size() - 1) + u"x"}) {
    Opaque made = nullptr;
    EXPECT_EQ(SspiEncodeStringsAsAuthIdentity(wide(u"a"), nullptr, wide(broken.c_str()), &made), SEC_E_INVALID_TOKEN);
    EXPECT_EQ(made, nullptr);
  }
}

TEST(IdentityStrings, CarryAPasswordThatNoStringCanHold) {
  const AtEndOfPage identity(block_by_hand(u"a", {}, password_by_hand(std::u16string_view(u"se\0cret", 7))));
  const Strings strings(identity.get());
  const Encoded back(u"a", nullptr, strings.credentials.c_str());
  EXPECT_EQ(base::to_bytes(
                back.block().subspan(back.header().PackedCredentialsOffset, back.header().PackedCredentialsLength)),
            password_by_hand(std::u16string_view(u"se\0cret", 7)));
  // And one that begins as encoded credentials do.
  const AtEndOfPage sly(block_by_hand(u"a", {}, password_by_hand(strings.credentials)));
  const Strings sly_strings(sly.get());
  EXPECT_NE(sly_strings.credentials, strings.credentials);
  const Encoded sly_back(u"a", nullptr, sly_strings.credentials.c_str());
  EXPECT_EQ(base::to_bytes(sly_back.block().subspan(sly_back.header().PackedCredentialsOffset,
                                                    sly_back.header().PackedCredentialsLength)),
            password_by_hand(strings.credentials));
}

TEST(IdentityStrings, NeedTheirOutputsAndLeaveThemAloneOnFailure) {
  const Encoded encoded(u"alice", u"LAB", u"secret");
  PCWSTR user = nullptr, domain = nullptr, credentials = nullptr;
  EXPECT_EQ(SspiEncodeAuthIdentityAsStrings(encoded.get(), nullptr, &domain, &credentials), SEC_E_INVALID_PARAMETER);
  EXPECT_EQ(SspiEncodeAuthIdentityAsStrings(encoded.get(), &user, nullptr, &credentials), SEC_E_INVALID_PARAMETER);
  EXPECT_EQ(SspiEncodeAuthIdentityAsStrings(nullptr, &user, &domain, &credentials), SEC_E_INVALID_PARAMETER);
  const AtEndOfPage broken(block_by_hand(u"a", {}, base::Bytes(3)));
  EXPECT_EQ(SspiEncodeAuthIdentityAsStrings(broken.get(), &user, &domain, &credentials), SEC_E_INVALID_TOKEN);
  EXPECT_TRUE(user == nullptr && domain == nullptr && credentials == nullptr);
  // The third may be left out.
  ASSERT_EQ(SspiEncodeAuthIdentityAsStrings(encoded.get(), &user, &domain, nullptr), SEC_E_OK);
  EXPECT_EQ(text_of(user), u"alice");
  // As the page says, and as the header's names say.
  SspiFreeAuthIdentity(const_cast<WCHAR*>(user));
  SspiLocalFree(const_cast<WCHAR*>(domain));
}

}  // namespace
}  // namespace openlsa::client
