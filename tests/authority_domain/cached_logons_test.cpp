// Cached logons: what is kept of a logon, and what it is good for while the domain is away.
#include "authority_domain/domain_test.hpp"

#include "authority/accounts/database.hpp"

namespace openlsa::authority {
namespace {

enum LogonType : std::uint32_t { interactive = 2, network = 3, batch = 4, unlock = 7, cached_interactive = 11 };

NtKey key_of(std::u16string_view password) { return nt_key_of(secret(password)); }

CachedLogon logon_of(std::u16string name, std::uint32_t rid) {
  CachedLogon logon;
  logon.identity.user_name = name;
  logon.identity.full_name = name + u" of Corp";
  logon.identity.domain_name = u"CORP";
  logon.identity.dns_domain_name = u"corp.example";
  logon.identity.user = corp.with_rid(rid);
  logon.identity.primary_group = corp.with_rid(513);
  logon.identity.groups = {{corp.with_rid(513), 7}, {corp.with_rid(2001), 0x20000007}};
  logon.identity.posix = nt::PosixIdentity{200'000 + rid, 200'513, {202'001, 202'002}};
  logon.submitted_name = name;
  logon.logon_server = u"DC1";
  logon.times = {1, 2, 3, 4, 0x7fff'ffff'ffff'ffff};
  return logon;
}

class CachedLogonsTest : public testing::Test {
 protected:
  void open(std::uint32_t limit = 3) {
    logons_.reset();
    auto opened = CachedLogons::open({state_.path(), limit, [this] { return now_; }});
    ASSERT_TRUE(opened) << opened.error().message;
    logons_ = std::move(*opened);
  }
  nt::Status judge(std::u16string_view user, std::u16string_view password = right_password,
                   std::u16string_view domain = u"CORP") {
    return logons_->judge(user, domain, key_of(password), policy_).status;
  }
  TemporaryDirectory state_;
  CachedLogons::Clock::time_point now_ = CachedLogons::Clock::now();
  AccountPolicy policy_;
  std::unique_ptr<CachedLogons> logons_;
};

// The value is another implementation's, Python's hashlib.pbkdf2_hmac("sha256", key, salt, 10240, 32).
TEST(PasswordVerifier, IsPbkdf2OfTheNtKey) {
  PasswordVerifier verifier;
  std::array<std::uint8_t, 16> key{};
  for (std::uint8_t i = 0; i < 16; ++i) {
    key[i] = i;
    verifier.salt[i] = static_cast<std::uint8_t>(16 + i);
  }
  verifier.iterations = 10'240;
  const std::string expected = "3e013d5e33c5f0faee7e7ed1ea0ebf65ab76a7741082acc966124b518fa61f4c";
  for (std::size_t i = 0; i < verifier.hash.size(); ++i)
    verifier.hash[i] = static_cast<std::uint8_t>(std::stoul(expected.substr(2 * i, 2), nullptr, 16));
  EXPECT_TRUE(verifier.accepts(NtKey(key)));
  key[0] ^= 1;
  EXPECT_FALSE(verifier.accepts(NtKey(key)));
}

TEST(PasswordVerifier, AcceptsItsKeyAndNoOther) {
  const auto verifier = PasswordVerifier::of(key_of(right_password));
  ASSERT_TRUE(verifier);
  EXPECT_GE(verifier->iterations, PasswordVerifier::least_iterations);
  EXPECT_TRUE(verifier->accepts(key_of(right_password)));
  EXPECT_FALSE(verifier->accepts(key_of(u"Winter 2024")));
  PasswordVerifier other = *verifier;
  other.salt[0] ^= 1;
  EXPECT_FALSE(other.accepts(key_of(right_password)));
  EXPECT_NE(PasswordVerifier::of(key_of(right_password))->salt, verifier->salt);
}

TEST(PackedCachedLogon, ReadsBackWholeAndNotOtherwise) {
  CachedLogon logon = logon_of(u"alice", 1104);
  logon.verifier = *PasswordVerifier::of(key_of(right_password));
  const base::Secret packed = logon.pack();
  const auto read = CachedLogon::unpack(packed.reveal());
  ASSERT_TRUE(read);
  EXPECT_EQ(read->identity, logon.identity);
  EXPECT_EQ(read->submitted_name, u"alice");
  EXPECT_EQ(read->logon_server, u"DC1");
  EXPECT_EQ(read->times.password_must_change, logon.times.password_must_change);
  EXPECT_TRUE(read->verifier.accepts(key_of(right_password)));
  for (std::size_t size = 0; size < packed.size(); ++size)
    EXPECT_FALSE(CachedLogon::unpack(packed.reveal().first(size))) << size;
  base::Bytes longer = base::to_bytes(packed.reveal());
  longer.push_back(0);
  EXPECT_FALSE(CachedLogon::unpack(longer));
}

TEST_F(CachedLogonsTest, KnowTheRightPasswordAfterARestart) {
  open();
  EXPECT_EQ(judge(u"alice"), STATUS_NO_LOGON_SERVERS);
  logons_->keep(logon_of(u"alice", 1104), key_of(right_password));
  for (int start = 0; start < 2; ++start) {
    const auto verdict = logons_->judge(u"ALICE", u"corp.Example", key_of(right_password), policy_);
    ASSERT_EQ(verdict.status, STATUS_SUCCESS);
    EXPECT_EQ(verdict.logon->identity, logon_of(u"alice", 1104).identity);
    EXPECT_EQ(judge(u"alice", u"wrong"), STATUS_WRONG_PASSWORD);
    EXPECT_EQ(judge(u"bob"), STATUS_NO_LOGON_SERVERS);
    EXPECT_EQ(judge(u"alice", right_password, u"TRUST"), STATUS_NO_LOGON_SERVERS);
    open();
  }
}

TEST_F(CachedLogonsTest, OnTheDiskThereIsNothingToReadAndNothingToSwap) {
  open();
  logons_->keep(logon_of(u"alice", 1104), key_of(right_password));
  logons_->keep(logon_of(u"bob", 1105), key_of(u"another"));
  logons_.reset();
  const auto database = Database::open(state_ / "accounts.db");
  ASSERT_TRUE(database);
  Statement rows((*database)->connection(), "SELECT sealed FROM cached_logon");
  while (rows.step() == SQLITE_ROW) {
    const base::Bytes sealed = rows.bytes(0);
    EXPECT_EQ(std::string(sealed.begin(), sealed.end()).find("a\0l\0i\0c\0e", 0, 9), std::string::npos);
  }
  ASSERT_TRUE(
      (*database)->execute("UPDATE cached_logon SET sealed = (SELECT sealed FROM cached_logon WHERE sid LIKE "
                           "'%-1105') WHERE sid LIKE '%-1104'"));
  open();
  EXPECT_EQ(logons_->count(), 1u);
  EXPECT_EQ(judge(u"alice", u"another"), STATUS_NO_LOGON_SERVERS);
  EXPECT_EQ(judge(u"bob", u"another"), STATUS_SUCCESS);
}

TEST_F(CachedLogonsTest, TheOldestGoesWhenThereAreTooMany) {
  open();
  for (std::uint32_t i = 0; i < 3; ++i)
    logons_->keep(logon_of(u"user" + std::u16string(1, u'0' + i), i + 1), key_of(u"p"));
  logons_->keep(logon_of(u"user0", 1), key_of(u"p"));  // is the newest now
  logons_->keep(logon_of(u"user3", 4), key_of(u"p"));
  EXPECT_EQ(logons_->count(), 3u);
  EXPECT_EQ(judge(u"user1", u"p"), STATUS_NO_LOGON_SERVERS);
  EXPECT_EQ(judge(u"user0", u"p"), STATUS_SUCCESS);
  open(1);
  EXPECT_EQ(logons_->count(), 1u);
  EXPECT_EQ(judge(u"user3", u"p"), STATUS_SUCCESS);
  open(0);
  EXPECT_EQ(logons_->count(), 0u);
  logons_->keep(logon_of(u"user3", 4), key_of(u"p"));
  open(3);
  EXPECT_EQ(logons_->count(), 0u) << "what the policy forbids is not on the disk either";
}

TEST_F(CachedLogonsTest, NamesWithoutADomain) {
  open();
  CachedLogon logon = logon_of(u"alice", 1104);
  logon.submitted_name = u"a.smith@mail.example";
  logons_->keep(logon, key_of(right_password));
  for (const std::u16string_view name : {u"alice", u"A.Smith@mail.example", u"alice@corp.example", u"alice@corp"})
    EXPECT_EQ(judge(name, right_password, u""), STATUS_SUCCESS);
  EXPECT_EQ(judge(u"a.smith", right_password, u""), STATUS_NO_LOGON_SERVERS);
  CachedLogon other = logon_of(u"alice", 1);
  other.identity.user = trust.with_rid(1);
  other.identity.domain_name = u"TRUST";
  logons_->keep(other, key_of(right_password));
  EXPECT_EQ(judge(u"alice", right_password, u""), STATUS_NO_LOGON_SERVERS) << "which one?";
}

TEST_F(CachedLogonsTest, GuessesAreLimitedByThePolicy) {
  policy_.lockout_threshold = 3;
  open();
  logons_->keep(logon_of(u"alice", 1104), key_of(right_password));
  for (int i = 0; i < 2; ++i) EXPECT_EQ(judge(u"alice", u"wrong"), STATUS_WRONG_PASSWORD);
  EXPECT_EQ(judge(u"alice"), STATUS_SUCCESS) << "which begins the count anew";
  for (int i = 0; i < 3; ++i) EXPECT_EQ(judge(u"alice", u"wrong"), STATUS_WRONG_PASSWORD);
  EXPECT_EQ(judge(u"alice"), STATUS_ACCOUNT_LOCKED_OUT);
  now_ += std::chrono::seconds(policy_.lockout_duration_seconds - 1);
  EXPECT_EQ(judge(u"alice"), STATUS_ACCOUNT_LOCKED_OUT);
  now_ += std::chrono::seconds(1);
  EXPECT_EQ(judge(u"alice"), STATUS_SUCCESS);
  for (int i = 0; i < 2; ++i) EXPECT_EQ(judge(u"alice", u"wrong"), STATUS_WRONG_PASSWORD);
  now_ += std::chrono::seconds(policy_.lockout_window_seconds);
  for (int i = 0; i < 2; ++i) EXPECT_EQ(judge(u"alice", u"wrong"), STATUS_WRONG_PASSWORD) << "the first are forgotten";
  EXPECT_EQ(judge(u"alice"), STATUS_SUCCESS);
}

TEST_F(CachedLogonsTest, AChangedPasswordIsTheOnlyOneAndAForgottenAccountHasNone) {
  open();
  logons_->keep(logon_of(u"alice", 1104), key_of(right_password));
  logons_->change_key(u"alice", u"CORP", key_of(u"new"));
  EXPECT_EQ(judge(u"alice"), STATUS_WRONG_PASSWORD);
  EXPECT_EQ(judge(u"alice", u"new"), STATUS_SUCCESS);
  logons_->change_key(u"bob", u"CORP", key_of(u"new"));
  EXPECT_EQ(logons_->count(), 1u) << "nobody is made by a change";
  logons_->forget(u"alice", u"CORP");
  open();
  EXPECT_EQ(logons_->count(), 0u);
}

class OfflineLogon : public DomainTest {
 protected:
  void SetUp() override {
    DomainTest::SetUp();
    ASSERT_EQ(log_on(u"alice").status, STATUS_SUCCESS);
    reachable_ = false;
  }
};

TEST_F(OfflineLogon, OfTheCachedPasswordSaysThatItIsOne) {
  const auto reply = log_on(u"alice");
  ASSERT_EQ(reply.status, STATUS_SUCCESS);
  EXPECT_EQ(reply.user_flags, std::uint32_t{LOGON_CACHED_ACCOUNT});
  EXPECT_EQ(reply.user, corp.with_rid(1104));
  EXPECT_EQ(reply.groups.size(), 3u);
  EXPECT_EQ(reply.logon_server, u"DC1");
  EXPECT_EQ(log_on(u"alice", u"CORP", u"wrong").status, STATUS_WRONG_PASSWORD);
  EXPECT_EQ(log_on(u"bob").status, STATUS_NO_LOGON_SERVERS);
}

TEST_F(OfflineLogon, IsForPeopleAtTheMachineAlone) {
  for (const std::uint32_t type : {interactive, unlock, cached_interactive})
    EXPECT_EQ(log_on(u"alice", u"CORP", right_password, type).status, STATUS_SUCCESS) << type;
  for (const std::uint32_t type : {network, batch, LogonType{5}, LogonType{8}, LogonType{10}})
    EXPECT_EQ(log_on(u"alice", u"CORP", right_password, type).status, STATUS_NO_LOGON_SERVERS) << type;
}

TEST_F(OfflineLogon, WorksAfterARestartBeforeTheDomainsAreKnown) {
  restart();
  EXPECT_EQ(log_on(u"alice").status, STATUS_SUCCESS);
  EXPECT_EQ(log_on(u"alice@corp.example", u"").status, STATUS_SUCCESS);
  EXPECT_EQ(log_on(u"alice", u"ELSEWHERE").status, STATUS_NO_LOGON_SERVERS);
}

TEST_F(OfflineLogon, MakesASessionOfTheCachedType) {
  const_cast<Rights&>(context("keeper")->rights()).every_account = true;
  const auto reply = log_on_user(u"alice", interactive);
  ASSERT_EQ(reply.status, STATUS_SUCCESS);
  const nt::TokenData token = trusted_.connection->query_token({reply.token}).data;
  EXPECT_EQ(token.logon_type, std::uint32_t{cached_interactive});
  EXPECT_EQ(token.information.user.sid, corp.with_rid(1104));
  ASSERT_TRUE(token.posix);
  EXPECT_EQ(token.posix->uid, 200'104u);
  const auto unlocked = log_on_user(u"alice", unlock);
  ASSERT_EQ(unlocked.status, STATUS_SUCCESS);
  EXPECT_EQ(trusted_.connection->query_token({unlocked.token}).data.logon_type, 13u) << "CachedUnlock";
}

TEST_F(OfflineLogon, AUidThatIsAnAccountsOfThisMachineByNowIsNotGiven) {
  NewAccount linked;
  linked.name = "linked";
  linked.uid = 200'104;
  ASSERT_TRUE(authority_->accounts().add(linked));
  ASSERT_EQ(log_on(u"alice").status, STATUS_SUCCESS);
  EXPECT_FALSE(authority_->domain_identities().find(corp.with_rid(1104))->posix);
}

TEST_F(OfflineLogon, AnAccountThatTheDomainHasDisabledHasNone) {
  reachable_ = true;
  EXPECT_EQ(log_on(u"alice", u"CORP", u"wrong").status, STATUS_WRONG_PASSWORD);
  reachable_ = false;
  EXPECT_EQ(log_on(u"alice").status, STATUS_SUCCESS) << "a wrong password removes nothing";
  reachable_ = true;
  status_ = STATUS_ACCOUNT_DISABLED;
  EXPECT_EQ(log_on(u"alice").status, STATUS_ACCOUNT_DISABLED);
  reachable_ = false;
  EXPECT_EQ(log_on(u"alice").status, STATUS_NO_LOGON_SERVERS);
}

TEST_F(OfflineLogon, NeedsALogonOfItsKindBefore) {
  reachable_ = true;
  accounts_[u"bob"] = alice();
  accounts_[u"bob"].user_name = u"bob";
  accounts_[u"bob"].user = corp.with_rid(1105);
  EXPECT_EQ(log_on(u"bob", u"CORP", right_password, network).status, STATUS_SUCCESS);
  reachable_ = false;
  EXPECT_EQ(log_on(u"bob").status, STATUS_NO_LOGON_SERVERS);
}

}  // namespace
}  // namespace openlsa::authority
