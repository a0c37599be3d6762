#include "client_identity/identities.hpp"

namespace openlsa::client {
namespace {

struct Answer {
  BOOLEAN user = 7, identity = 7;
  SECURITY_STATUS status;
  Answer(Opaque a, Opaque b) : status(SspiCompareAuthIdentities(a, b, &user, &identity)) {}
};

TEST(IdentityComparison, LooksAtNamesWithoutCaseAndAtPasswordsWithIt) {
  const struct {
    const char16_t *user, *domain, *password;
    bool same_user, same_identity;
  } cases[] = {
      {u"alice", u"LAB", u"secret", true, true},       {u"ALICE", u"lab", u"secret", true, true},
      {u"lab\\Alice", nullptr, u"secret", true, true}, {u"alice", u"LAB", u"Secret", true, false},
      {u"alice", u"LAB", nullptr, true, false},        {u"alice", u"LAB", u"", true, false},
      {u"alicf", u"LAB", u"secret", false, false},     {u"alice", u"LAC", u"secret", false, false},
      {u"alice", nullptr, u"secret", false, false},    {u"alice@lab", nullptr, u"secret", false, false},
  };
  const Encoded first(u"alice", u"LAB", u"secret");
  for (const auto& one : cases) {
    const Encoded second(one.user, one.domain, one.password);
    for (const Answer& answer : {Answer(first.get(), second.get()), Answer(second.get(), first.get())}) {
      EXPECT_EQ(answer.status, SEC_E_OK);
      EXPECT_EQ(answer.user, one.same_user) << testing::PrintToString(std::u16string(one.user));
      EXPECT_EQ(answer.identity, one.same_identity) << testing::PrintToString(std::u16string(one.user));
    }
  }
}

TEST(IdentityComparison, CrossesTheForms) {
  WideIdentity pointers;
  const Encoded block(u"Alice", u"LAB", u"secret");
  const Answer same(&pointers.identity, block.get());
  EXPECT_EQ(same.status, SEC_E_OK);
  EXPECT_TRUE(same.user && same.identity);
  // The same name at an identity provider is someone else.
  pointers.identity.Flags |= SEC_WINNT_AUTH_IDENTITY_FLAGS_ID_PROVIDER;
  EXPECT_FALSE(Answer(&pointers.identity, block.get()).user);
  const AtEndOfPage keytab(
      block_by_hand(u"alice", u"LAB", packed_by_hand(SEC_WINNT_AUTH_DATA_TYPE_KEYTAB, base::as_bytes(u"secret", 12))));
  EXPECT_TRUE(Answer(keytab.get(), block.get()).user);
  EXPECT_FALSE(Answer(keytab.get(), block.get()).identity) << "the same bytes of another type";
}

TEST(IdentityComparison, TakesNullForTheCallersOwn) {
  const Encoded someone(u"alice", u"LAB", u"secret");
  const Answer both(nullptr, nullptr), one(nullptr, someone.get()), other(someone.get(), nullptr);
  EXPECT_TRUE(both.user && both.identity);
  EXPECT_EQ(one.status, SEC_E_OK);
  EXPECT_FALSE(one.user || one.identity || other.user || other.identity);
}

TEST(IdentityComparison, RefusesWhatIsNoIdentityAndWritesNothing) {
  const Encoded good(u"alice", u"LAB", u"secret"), bad(u"alice", u"LAB", u"secret");
  bad.header().UserOffset = 0;
  for (const Answer& answer :
       {Answer(good.get(), bad.get()), Answer(bad.get(), good.get()), Answer(nullptr, bad.get())}) {
    EXPECT_EQ(answer.status, SEC_E_INVALID_TOKEN);
    EXPECT_EQ(answer.user, 7);
    EXPECT_EQ(answer.identity, 7);
  }
  EXPECT_EQ(SspiCompareAuthIdentities(good.get(), good.get(), nullptr, nullptr), SEC_E_INVALID_PARAMETER);
  BOOLEAN one = FALSE;
  EXPECT_EQ(SspiCompareAuthIdentities(good.get(), good.get(), nullptr, &one), SEC_E_OK);
  EXPECT_TRUE(one);
}

}  // namespace
}  // namespace openlsa::client
