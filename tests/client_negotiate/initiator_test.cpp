// The initiator against acceptors that do not keep to the protocol (S-02 to S-05, S-09).
#include <gtest/gtest.h>

#include "client_negotiate/fake_mechanism.hpp"

namespace openlsa::client::negotiate {
namespace {

const base::Bytes name_a = FakeSource::identifier("A"), name_b = FakeSource::identifier("B"),
                  name_c = FakeSource::identifier("C");

// An acceptor's first answer that goes on with A.
base::Bytes first_reply(std::string_view token = "A2") {
  const base::Bytes bytes = bytes_of(token);
  return write_neg_token_resp({NegState::accept_incomplete, name_a, bytes, {}});
}

struct Started : FakeInitiator {
  explicit Started(unsigned messages = 5) : FakeInitiator({{"A", messages}, {"B", 2}}) {
    EXPECT_EQ(side.step({}).status, SEC_I_CONTINUE_NEEDED);
  }
  nt::Status answer(const NegTokenResp& response) { return side.step(write_neg_token_resp(response)).status; }
};

TEST(Initiator, OffersAllAndIsOptimistic) {
  FakeInitiator initiator({{"A", 2}, {"B", 2}});
  const Turn turn = initiator.side.step({});
  const auto init = read_neg_token_init(turn.token);
  ASSERT_TRUE(init);
  EXPECT_EQ(init->mechanisms.size(), 2u);
  EXPECT_EQ(text(*init->token), "A1");
  EXPECT_EQ(initiator.side.progress(), Progress::optimistic);
}

TEST(Initiator, TakesHintsAndDecidesItself) {
  FakeInitiator initiator({{"A", 2}, {"B", 2}});
  const Turn turn = initiator.side.step(write_neg_hints(make_mechanism_list({name_b})));
  ASSERT_EQ(turn.status, SEC_I_CONTINUE_NEEDED);
  EXPECT_EQ(text(*read_neg_token_init(turn.token)->token), "A1") << "what nobody protects changes nothing";
  FakeInitiator other({{"A", 2}});
  EXPECT_EQ(other.side.step(base::as_bytes("nonsense")).status, SEC_E_INVALID_TOKEN);
}

TEST(Initiator, TheAcceptorSelectsAmongWhatWasOffered) {
  EXPECT_EQ(Started().answer({NegState::request_mic, name_c, {}, {}}), SEC_E_INVALID_TOKEN);
  EXPECT_EQ(Started().answer({NegState::accept_incomplete, {}, name_a, {}}), SEC_E_INVALID_TOKEN) << "none named";
  EXPECT_EQ(Started().answer({NegState::request_mic, name_b, {}, {}}), SEC_I_CONTINUE_NEEDED);
  EXPECT_EQ(Started().answer({NegState::request_mic, name_b, name_b, {}}), SEC_E_INVALID_TOKEN)
      << "a token of a mechanism that it has had none of";
  EXPECT_EQ(Started().answer({NegState::accept_completed, name_b, {}, {}}), SEC_E_INVALID_TOKEN);
}

TEST(Initiator, TheMechanismStays) {
  Started started;
  ASSERT_EQ(started.side.step(first_reply()).status, SEC_I_CONTINUE_NEEDED);
  const base::Bytes fourth = bytes_of("A4");
  EXPECT_EQ(started.answer({NegState::accept_incomplete, name_b, fourth, {}}), SEC_E_INVALID_TOKEN);
  EXPECT_EQ(started.side.step(first_reply()).status, SEC_E_OUT_OF_SEQUENCE) << "it is over";
}

TEST(Initiator, EmptyTokensAreNone) {
  Started started;
  EXPECT_EQ(started.side.step({}).status, SEC_E_INVALID_TOKEN);
  const base::ByteView empty;
  EXPECT_EQ(Started().answer({NegState::accept_incomplete, name_a, empty, {}}), SEC_E_INVALID_TOKEN);
  EXPECT_EQ(Started().answer({NegState::accept_incomplete, name_a, {}, {}}), SEC_E_INVALID_TOKEN);
  EXPECT_EQ(Started().answer({NegState::accept_incomplete, name_a, bytes_of("A2"), empty}), SEC_E_INVALID_TOKEN);
}

TEST(Initiator, AMicBeforeTheEndIsTooEarly) {
  const base::Bytes second = bytes_of("A2"), mic = bytes_of("Akey<");
  EXPECT_EQ(Started().answer({NegState::accept_incomplete, name_a, second, mic}), SEC_E_INVALID_TOKEN);
}

TEST(Initiator, CompletedMeansCompleted) {
  const base::Bytes second = bytes_of("A2");
  EXPECT_EQ(Started(2).answer({NegState::accept_completed, name_a, second, {}}), SEC_E_OK);
  EXPECT_EQ(Started(3).answer({NegState::accept_completed, name_a, second, {}}), SEC_E_INVALID_TOKEN)
      << "this side still has something to say";
  EXPECT_EQ(Started(5).answer({NegState::accept_completed, name_a, second, {}}), SEC_E_INVALID_TOKEN);
}

TEST(Initiator, ARefusalIsTheMechanismsOrALogonThatWasDenied) {
  EXPECT_EQ(Started().answer({NegState::reject, {}, {}, {}}), SEC_E_LOGON_DENIED);
  const base::Bytes error = bytes_of("what it does not understand"), second = bytes_of("A2");
  EXPECT_EQ(Started().answer({NegState::reject, name_a, error, {}}), SEC_E_INVALID_TOKEN);
  EXPECT_EQ(Started().answer({NegState::reject, name_a, second, {}}), SEC_E_LOGON_DENIED);
}

TEST(Initiator, ARequestForAMicComesFirstOrNever) {
  Started started;
  ASSERT_EQ(started.side.step(first_reply()).status, SEC_I_CONTINUE_NEEDED);
  EXPECT_EQ(started.answer({NegState::request_mic, {}, bytes_of("A4"), {}}), SEC_E_INVALID_TOKEN);
}

TEST(Initiator, AnEndlessMechanismEnds) {
  FakeInitiator initiator({{"A", 1000}});
  ASSERT_EQ(initiator.side.step({}).status, SEC_I_CONTINUE_NEEDED);
  nt::Status status = initiator.side.step(first_reply()).status;
  unsigned legs = 2;
  for (unsigned number = 4; status == SEC_I_CONTINUE_NEEDED; number += 2, ++legs) {
    const base::Bytes token = bytes_of("A" + std::to_string(number));
    status = initiator.side.step(write_neg_token_resp({NegState::accept_incomplete, {}, token, {}})).status;
  }
  EXPECT_EQ(status, SEC_E_INVALID_TOKEN);
  EXPECT_EQ(legs, 17u) << "the sixteenth was the last";
}

TEST(Initiator, AnotherFormIsNoReply) {
  Started raw, init;
  EXPECT_EQ(raw.side.step(base::as_bytes("NTLMSSP")).status, SEC_E_INVALID_TOKEN) << "raw after a SPNEGO start";
  EXPECT_EQ(init.side.step(write_neg_token_init(make_mechanism_list({name_a}), {})).status, SEC_E_INVALID_TOKEN);
}

}  // namespace
}  // namespace openlsa::client::negotiate
