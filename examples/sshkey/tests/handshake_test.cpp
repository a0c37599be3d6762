// The refusals of the protocol, each with its exact reason; lsa_mode maps reasons to statuses (status_test.cpp).
#include <gtest/gtest.h>

#include "core/wire.hpp"
#include "protocol/key_schedule.hpp"
#include "support.hpp"

namespace sshkey {
namespace {

using test::SoftKey;
using test::test_now;

// A store in memory: account name, SID, key.
class Store : public PeerPolicy {
 public:
  struct Row {
    std::string account;
    Bytes sid;
    Bytes key;
  };
  bool trusts_authority(const Fixed32& id) const override {
    return std::find(trusted.begin(), trusted.end(), id) != trusted.end();
  }
  std::optional<Peer> find_peer(const Statement& statement, const PublicKey& key, std::int64_t) const override {
    for (const Row& row : rows)
      if (row.key == key.blob() && row.sid == statement.account_sid)
        return Peer{row.account, row.sid, statement.authority_id, key.fingerprint(), statement.not_after};
    return std::nullopt;
  }
  std::vector<Row> rows;
  std::vector<Fixed32> trusted{test::test_authority(0xa1)};
};

class HandshakeTest : public ::testing::Test {
 protected:
  HandshakeTest() {
    store_.rows = {{"ada", test::test_sid(1001), ada_key_.blob()}, {"web", test::test_sid(1002), web_key_.blob()}};
  }
  Initiator initiator(const Fixed32& binding = {}, std::string account = "web") {
    return Initiator(ada_, Target{std::move(account), test::test_authority(0xa1)}, binding, flag_replay_detect, store_);
  }
  Acceptor acceptor(const AcceptorBinding& binding = {}) {
    return Acceptor(web_, test::test_authority(0xa1), binding, store_);
  }
  template <class T>
  static Refusal refusal_of(const OrRefusal<T>& result) {
    EXPECT_FALSE(result.has_value());
    return result ? Refusal::own_credential_gone : result.error();
  }
  // M1 and M2 go through; the refusal of M2 at the initiator.
  Refusal refusal_at_initiator(std::int64_t now = test_now) {
    Initiator client = initiator();
    Acceptor server = acceptor();
    const auto m1 = client.begin(test_now);
    const auto m2 = server.on_message1(m1.value(), test_now);
    EXPECT_TRUE(m2.has_value());
    return m2 ? refusal_of(client.on_message2(*m2, now)) : Refusal::malformed;
  }
  Refusal refusal_at_acceptor(std::int64_t now = test_now) {
    Initiator client = initiator();
    Acceptor server = acceptor();
    const auto m1 = client.begin(test_now);
    const auto m2 = server.on_message1(m1.value(), test_now);
    const auto m3 = client.on_message2(m2.value(), test_now);
    EXPECT_TRUE(m3.has_value());
    return m3 ? refusal_of(server.on_message3(*m3, now)) : Refusal::malformed;
  }

  SoftKey ada_key_, web_key_;
  std::shared_ptr<Credential> ada_ = test::test_credential(ada_key_, "ada", 1001);
  std::shared_ptr<Credential> web_ = test::test_credential(web_key_, "web", 1002);
  Store store_;
};

TEST_F(HandshakeTest, BothSidesAgreeOnKeysAndKnowEachOther) {
  Initiator client = initiator();
  Acceptor server = acceptor();
  const auto m1 = client.begin(test_now);
  ASSERT_TRUE(m1);
  const auto m2 = server.on_message1(*m1, test_now);
  ASSERT_TRUE(m2);
  const auto m3 = client.on_message2(*m2, test_now);
  ASSERT_TRUE(m3);
  ASSERT_TRUE(server.on_message3(*m3, test_now));
  EXPECT_EQ(client.state(), Initiator::State::finished);
  EXPECT_EQ(server.state(), Acceptor::State::finished);
  EXPECT_EQ(client.result().peer.account, "web");
  EXPECT_EQ(server.result().peer.account, "ada");
  EXPECT_EQ(server.result().initiator_flags, flag_replay_detect);
  const TrafficKeys& a = client.result().keys;
  const TrafficKeys& b = server.result().keys;
  EXPECT_TRUE(equal(a.seal_from_initiator.reveal(), b.seal_from_initiator.reveal()));
  EXPECT_TRUE(equal(a.seal_from_acceptor.reveal(), b.seal_from_acceptor.reveal()));
  EXPECT_TRUE(equal(a.sign_from_initiator.reveal(), b.sign_from_initiator.reveal()));
  EXPECT_TRUE(equal(a.sign_from_acceptor.reveal(), b.sign_from_acceptor.reveal()));
  EXPECT_FALSE(equal(a.seal_from_initiator.reveal(), a.seal_from_acceptor.reveal()));
  EXPECT_FALSE(equal(a.seal_from_initiator.reveal(), a.sign_from_initiator.reveal()));
}

TEST_F(HandshakeTest, IdentitiesAreNotReadableOnTheWire) {
  Initiator client = initiator();
  Acceptor server = acceptor();
  const auto m1 = client.begin(test_now);
  const auto m2 = server.on_message1(m1.value(), test_now);
  const auto m3 = client.on_message2(m2.value(), test_now);
  const std::string wire = text_of(*m2) + text_of(*m3);
  EXPECT_EQ(wire.find(text_of(ada_key_.pair.public_key)), std::string::npos);
  EXPECT_EQ(wire.find(text_of(web_key_.pair.public_key)), std::string::npos);
}

// ---- proofs that do not hold --------------------------------------------------------------------------------------

TEST_F(HandshakeTest, TheSameStatementUnderAnotherNamespaceIsRefusedOnEachSide) {
  web_->sshsig = web_key_.sshsig(web_->statement, "file");
  EXPECT_EQ(refusal_at_initiator(), Refusal::peer_refused);
  test::resign(*web_, web_key_);
  ada_->sshsig = ada_key_.sshsig(ada_->statement, "file");
  EXPECT_EQ(refusal_at_acceptor(), Refusal::peer_refused);
}

TEST_F(HandshakeTest, AStatementOfAnotherAuthorityIsRefusedOnEachSide) {
  web_->fields.authority_id = test::test_authority(0xbb);
  test::resign(*web_, web_key_);
  EXPECT_EQ(refusal_at_initiator(), Refusal::wrong_principal);
  web_->fields.authority_id = test::test_authority(0xa1);
  test::resign(*web_, web_key_);
  ada_->fields.authority_id = test::test_authority(0xbb);
  test::resign(*ada_, ada_key_);
  EXPECT_EQ(refusal_at_acceptor(), Refusal::peer_refused);
}

TEST_F(HandshakeTest, AForeignAuthorityThatTheAdministratorListedIsTaken) {
  store_.trusted.push_back(test::test_authority(0xbb));
  ada_->fields.authority_id = test::test_authority(0xbb);
  test::resign(*ada_, ada_key_);
  Initiator client = initiator();
  Acceptor server = acceptor();
  const auto m2 = server.on_message1(client.begin(test_now).value(), test_now);
  const auto m3 = client.on_message2(m2.value(), test_now);
  ASSERT_TRUE(m3);
  EXPECT_TRUE(server.on_message3(*m3, test_now));
}

TEST_F(HandshakeTest, AKeyEnrolledForSomeoneElseIsRefusedOnEachSide) {
  store_.rows[1].account = "mallory";
  store_.rows[1].sid = test::test_sid(1666);
  EXPECT_EQ(refusal_at_initiator(), Refusal::peer_refused);
  store_.rows[1] = {"web", test::test_sid(1002), web_key_.blob()};
  store_.rows[0] = {"mallory", test::test_sid(1666), ada_key_.blob()};
  EXPECT_EQ(refusal_at_acceptor(), Refusal::peer_refused);
}

TEST_F(HandshakeTest, AStatementHoldsInItsLastSecondAndNotOneSecondLater) {
  web_->fields.not_after = test_now + 10;
  test::resign(*web_, web_key_);
  {
    Initiator client = initiator();
    Acceptor server = acceptor();
    const auto m2 = server.on_message1(client.begin(test_now).value(), test_now);
    EXPECT_TRUE(client.on_message2(m2.value(), test_now + 10));
  }
  EXPECT_EQ(refusal_at_initiator(test_now + 11), Refusal::peer_refused);
  ada_->fields.not_after = test_now + 5;
  test::resign(*ada_, ada_key_);
  EXPECT_EQ(refusal_at_acceptor(test_now + 6), Refusal::peer_refused);
}

TEST_F(HandshakeTest, AStatementThatHasNotBegunIsRefused) {
  ada_->fields.not_before = test_now + 1;
  test::resign(*ada_, ada_key_);
  EXPECT_EQ(refusal_at_acceptor(), Refusal::peer_refused);
}

TEST_F(HandshakeTest, OnesOwnExpiredStatementStartsNothing) {
  ada_->fields.not_after = test_now - 1;
  test::resign(*ada_, ada_key_);
  Initiator client = initiator();
  EXPECT_EQ(refusal_of(client.begin(test_now)), Refusal::own_credential_gone);
  web_->fields.not_after = test_now - 1;
  Acceptor server = acceptor();
  EXPECT_EQ(refusal_of(server.on_message1(Bytes{1}, test_now)), Refusal::own_credential_gone);
}

TEST_F(HandshakeTest, ASessionForInitiatingDoesNotMakeAServer) {
  web_->fields.purpose = purpose_initiate;
  test::resign(*web_, web_key_);
  EXPECT_EQ(refusal_at_initiator(), Refusal::peer_refused);
}

TEST_F(HandshakeTest, AStatementSignedByAnotherKeyThanItNamesIsRefused) {
  ada_->sshsig = SoftKey().sshsig(ada_->statement);
  EXPECT_EQ(refusal_at_acceptor(), Refusal::peer_refused);
}

TEST_F(HandshakeTest, AStolenStatementWithoutItsSessionKeyIsRefused) {
  ada_->session_private = make_ed25519().private_key;
  EXPECT_EQ(refusal_at_acceptor(), Refusal::peer_refused);
}

// ---- targets and bindings -----------------------------------------------------------------------------------------

TEST_F(HandshakeTest, AnAcceptorRefusesATargetThatIsNotItsAccountAndAuthority) {
  store_.trusted.push_back(test::test_authority(0xbb));
  for (const Target& target : {Target{"mail", test::test_authority(0xa1)}, Target{"web", test::test_authority(0xbb)}}) {
    Initiator client(ada_, target, {}, 0, store_);
    Acceptor server = acceptor();
    EXPECT_EQ(refusal_of(server.on_message1(client.begin(test_now).value(), test_now)), Refusal::peer_refused);
  }
}

TEST_F(HandshakeTest, AnInitiatorDoesNotEvenStartTowardsAnUntrustedAuthority) {
  Initiator client(ada_, Target{"web", test::test_authority(0xbb)}, {}, 0, store_);
  EXPECT_EQ(refusal_of(client.begin(test_now)), Refusal::peer_refused);
}

TEST_F(HandshakeTest, AServerThatIsNotTheTargetIsTheWrongPrincipal) {
  // "mail" forges nothing but answers for itself, as if the initiator had asked for it.
  SoftKey mail_key;
  store_.rows.push_back({"mail", test::test_sid(1003), mail_key.blob()});
  auto mail = test::test_credential(mail_key, "web", 1003);
  Acceptor server(mail, test::test_authority(0xa1), {}, store_);
  Initiator client = initiator();
  const auto m2 = server.on_message1(client.begin(test_now).value(), test_now);
  ASSERT_TRUE(m2);
  EXPECT_EQ(refusal_of(client.on_message2(*m2, test_now)), Refusal::wrong_principal);
}

TEST_F(HandshakeTest, BindingsAreCheckedWhereTheAcceptorGivesThem) {
  const Fixed32 channel = test::test_authority(1), other = test::test_authority(2);
  const auto outcome = [&](const Fixed32& of_client, const AcceptorBinding& of_server) {
    Initiator client = initiator(of_client);
    Acceptor server = acceptor(of_server);
    return server.on_message1(client.begin(test_now).value(), test_now);
  };
  EXPECT_TRUE(outcome(channel, {channel, false}));
  EXPECT_EQ(refusal_of(outcome(other, {channel, false})), Refusal::bad_bindings);
  EXPECT_EQ(refusal_of(outcome({}, {channel, false})), Refusal::bad_bindings);
  EXPECT_TRUE(outcome({}, {channel, true}));
  EXPECT_EQ(refusal_of(outcome(other, {channel, true})), Refusal::bad_bindings);
  EXPECT_TRUE(outcome(channel, {}));
}

// ---- replay, reflection, tampering --------------------------------------------------------------------------------

TEST_F(HandshakeTest, AReplayedM1GivesNoUseForAReplayedM3) {
  Initiator client = initiator();
  Acceptor first = acceptor(), second = acceptor();
  const auto m1 = client.begin(test_now);
  const auto m2 = first.on_message1(m1.value(), test_now);
  const auto m3 = client.on_message2(m2.value(), test_now);
  ASSERT_TRUE(first.on_message3(m3.value(), test_now));
  ASSERT_TRUE(second.on_message1(*m1, test_now));
  EXPECT_EQ(refusal_of(second.on_message3(*m3, test_now)), Refusal::altered);
}

TEST_F(HandshakeTest, AReplayedM2IsRefused) {
  Initiator first = initiator(), second = initiator();
  Acceptor server = acceptor();
  const auto m2 = server.on_message1(first.begin(test_now).value(), test_now);
  ASSERT_TRUE(second.begin(test_now));
  EXPECT_EQ(refusal_of(second.on_message2(m2.value(), test_now)), Refusal::altered);
}

TEST_F(HandshakeTest, ARepeatedMessageIsRefusedByAFinishedSide) {
  Initiator client = initiator();
  Acceptor server = acceptor();
  const auto m1 = client.begin(test_now);
  const auto m2 = server.on_message1(m1.value(), test_now);
  const auto m3 = client.on_message2(m2.value(), test_now);
  ASSERT_TRUE(server.on_message3(m3.value(), test_now));
  EXPECT_EQ(refusal_of(client.on_message2(*m2, test_now)), Refusal::malformed);
  EXPECT_EQ(refusal_of(server.on_message3(*m3, test_now)), Refusal::malformed);
  EXPECT_EQ(server.state(), Acceptor::State::failed);
}

TEST_F(HandshakeTest, MessagesInTheWrongOrderAreRefused) {
  Acceptor server = acceptor();
  EXPECT_EQ(refusal_of(server.on_message3(encode_message3(Bytes(100)), test_now)), Refusal::malformed);
  Initiator client = initiator();
  EXPECT_EQ(refusal_of(client.on_message2(encode(Message2{}), test_now)), Refusal::malformed);
  Initiator twice = initiator();
  ASSERT_TRUE(twice.begin(test_now));
  EXPECT_EQ(refusal_of(twice.begin(test_now)), Refusal::malformed);
}

TEST_F(HandshakeTest, AReflectedEphemeralIsRefused) {
  Initiator client = initiator();
  const auto m1 = decode_message1(client.begin(test_now).value());
  ASSERT_TRUE(m1);
  EXPECT_EQ(refusal_of(client.on_message2(encode(Message2{m1->ephemeral, Bytes(200)}), test_now)), Refusal::malformed);
}

TEST_F(HandshakeTest, ASharedSecretOfZeroIsRefusedOnEachSide) {
  // The points of small order of X25519 whose result is zero for every scalar.
  Fixed32 zero{}, one{};
  one[0] = 1;
  for (const Fixed32& point : {zero, one}) {
    Initiator client = initiator();
    ASSERT_TRUE(client.begin(test_now));
    EXPECT_EQ(refusal_of(client.on_message2(encode(Message2{point, Bytes(200)}), test_now)), Refusal::malformed);
    Acceptor server = acceptor();
    Message1 m1{0, point, to_string(Target{"web", test::test_authority(0xa1)}), {}};
    EXPECT_EQ(refusal_of(server.on_message1(encode(m1), test_now)), Refusal::malformed);
  }
}

TEST_F(HandshakeTest, OnesOwnSessionComingBackIsRefused) {
  store_.rows.push_back({"ada", test::test_sid(1001), ada_key_.blob()});
  Initiator client(ada_, Target{"ada", test::test_authority(0xa1)}, {}, 0, store_);
  Acceptor server(ada_, test::test_authority(0xa1), {}, store_);
  const auto m2 = server.on_message1(client.begin(test_now).value(), test_now);
  ASSERT_TRUE(m2);
  EXPECT_EQ(refusal_of(client.on_message2(*m2, test_now)), Refusal::malformed);
}

TEST_F(HandshakeTest, SwappedRolesAreRefused) {
  // An acceptor that proves itself with what it signed as an initiator: same keys, other role in label and MAC.
  Initiator client = initiator();
  const auto m1 = client.begin(test_now);
  const auto m1_fields = decode_message1(m1.value());
  const KeyPair ephemeral = make_x25519();
  const auto shared = x25519_shared(ephemeral.private_key, m1_fields->ephemeral);
  Bytes before = *m1;
  const Bytes header = message2_header(ephemeral.public_key);
  before.insert(before.end(), header.begin(), header.end());
  HandshakeKeys keys = derive_handshake_keys(shared.value(), before);

  const Bytes swapped_signature = [&] {
    // sealed and MACed as the acceptor, signed as the initiator
    Proof proof;
    proof.statement = web_->statement;
    proof.sshsig = web_->sshsig;
    const auto bytes = [&](Role role, View own) {
      return Writer().raw(handshake_label).u8(static_cast<std::uint8_t>(role)).raw(sha256({before, own})).take();
    };
    const Bytes own = Writer().string(proof.statement).string(proof.sshsig).take();
    proof.signature = *ed25519_sign(web_->session_private, bytes(Role::initiator, own));
    const Bytes with_signature = Writer().raw(own).raw(proof.signature).take();
    proof.mac = hmac_sha256(keys.mac_acceptor.reveal(), bytes(Role::acceptor, with_signature));
    return aead_seal_once(keys.aead_acceptor, sha256({before}), encode(proof));
  }();
  EXPECT_EQ(refusal_of(client.on_message2(encode(Message2{ephemeral.public_key, swapped_signature}), test_now)),
            Refusal::peer_refused);
}

TEST_F(HandshakeTest, EveryFlippedByteOfEveryMessageEndsTheHandshake) {
  Initiator probe = initiator();
  const std::size_t m1_size = probe.begin(test_now).value().size();
  for (std::size_t i = 0; i < m1_size; ++i) {
    Initiator client = initiator();
    Acceptor server = acceptor();
    Bytes m1 = client.begin(test_now).value();
    m1[i] ^= 0x80;
    const auto m2 = server.on_message1(m1, test_now);
    if (m2) {
      EXPECT_FALSE(client.on_message2(*m2, test_now)) << "M1 byte " << i;
    }
  }
  Initiator client = initiator();
  Acceptor server = acceptor();
  const Bytes m1 = client.begin(test_now).value();
  const Bytes m2 = server.on_message1(m1, test_now).value();
  for (std::size_t i = 0; i < m2.size(); i += 3) {
    Bytes changed = m2;
    changed[i] ^= 0x80;
    Initiator victim = initiator();
    ASSERT_TRUE(victim.begin(test_now));
    EXPECT_FALSE(victim.on_message2(changed, test_now)) << "M2 byte " << i;
  }
}

TEST_F(HandshakeTest, EmptyAndRandomMessagesAreRefused) {
  for (int i = 0; i < 200; ++i) {
    Bytes noise(static_cast<std::size_t>(i));
    fill_random(noise);
    Acceptor server = acceptor();
    EXPECT_FALSE(server.on_message1(noise, test_now));
    Initiator client = initiator();
    ASSERT_TRUE(client.begin(test_now));
    EXPECT_FALSE(client.on_message2(noise, test_now));
  }
}

TEST(Target, ParsesAccountAndAuthorityAndNothingElse) {
  const auto target = parse_target("a@b@" + std::string(64, 'F'));
  ASSERT_TRUE(target);
  EXPECT_EQ(target->account, "a@b");
  EXPECT_EQ(target->authority_id, test::test_authority(0xff));
  for (const std::string& bad : {std::string("web"), "@" + std::string(64, 'a'), "web@" + std::string(63, 'a'),
                                 "web@" + std::string(65, 'a'), "web@" + std::string(64, 'x')})
    EXPECT_FALSE(parse_target(bad)) << bad;
}

}  // namespace
}  // namespace sshkey
