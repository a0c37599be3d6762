// The acceptor's doors, and initiators that do not keep to the protocol (S-02 to S-05, S-09, S-11).
#include <gtest/gtest.h>

#include "client/negotiate/der.hpp"
#include "client_negotiate/fake_mechanism.hpp"

namespace openlsa::client::negotiate {
namespace {

const base::Bytes name_a = FakeSource::identifier("A"), name_b = FakeSource::identifier("B");

base::Bytes init_of(std::string_view token, const std::vector<base::ByteView>& list = {name_a}) {
  return write_neg_token_init(make_mechanism_list(list), base::as_bytes(token));
}

struct Accepting : FakeAcceptor {
  explicit Accepting(unsigned messages = 3) : FakeAcceptor({{"A", messages}}) {}
  nt::Status answer(const NegTokenResp& response) { return side.step(write_neg_token_resp(response)).status; }
};

TEST(Acceptor, SpeaksFirstWhenNothingCame) {
  FakeAcceptor acceptor({{"A", 1}, {"B", 1}});
  const Turn hints = acceptor.side.step({});
  ASSERT_EQ(hints.status, SEC_I_CONTINUE_NEEDED);
  const auto init = read_neg_token_init(hints.token);
  ASSERT_TRUE(init && init->has_hints);
  EXPECT_EQ(init->mechanisms.size(), 2u);
  EXPECT_EQ(acceptor.side.step(init_of("A1")).status, SEC_E_OK);
}

TEST(Acceptor, AfterItsHintsNothingIsNoAnswer) {
  Accepting acceptor;
  ASSERT_EQ(acceptor.side.step({}).status, SEC_I_CONTINUE_NEEDED);
  EXPECT_EQ(acceptor.side.step({}).status, SEC_E_INVALID_TOKEN);
}

TEST(Acceptor, AsksForTheTokenOfTheFirstMechanism) {
  Accepting acceptor(1);
  const Turn turn = acceptor.side.step(write_neg_token_init(make_mechanism_list({name_a}), {}));
  ASSERT_EQ(turn.status, SEC_I_CONTINUE_NEEDED);
  EXPECT_EQ(read_neg_token_resp(turn.token)->state, NegState::accept_incomplete);
  EXPECT_EQ(acceptor.answer({{}, {}, bytes_of("A1"), {}}), SEC_E_OK);
}

TEST(Acceptor, SelectsTheFirstThatItHas) {
  Accepting acceptor;
  const Turn turn = acceptor.side.step(init_of("B1", {name_b, name_a}));
  ASSERT_EQ(turn.status, SEC_I_CONTINUE_NEEDED);
  const auto response = read_neg_token_resp(turn.token);
  EXPECT_EQ(response->state, NegState::request_mic);
  EXPECT_TRUE(base::equal(*response->mechanism, name_a));
  EXPECT_FALSE(response->token) << "the token was another mechanism's";
}

TEST(Acceptor, EmptyContinuationsAreNone) {
  Accepting none, empty, without;
  for (Accepting* acceptor : {&none, &empty, &without})
    ASSERT_EQ(acceptor->side.step(init_of("A1")).status, SEC_I_CONTINUE_NEEDED);
  EXPECT_EQ(none.side.step({}).status, SEC_E_INVALID_TOKEN);
  EXPECT_EQ(empty.answer({{}, {}, base::ByteView(), {}}), SEC_E_INVALID_TOKEN);
  EXPECT_EQ(without.answer({{}, {}, {}, {}}), SEC_E_INVALID_TOKEN);
}

TEST(Acceptor, AMicInTheFirstTokenIsTooEarly) {
  base::Bytes members = make_der(der_context_tag(0), make_mechanism_list({name_a})), inner;
  append_der(members, der_context_tag(2), make_der(DerTag::octet_string, base::as_bytes("A1")));
  append_der(members, der_context_tag(3), make_der(DerTag::octet_string, base::as_bytes("mic")));
  inner = {6, 6, 0x2b, 6, 1, 5, 5, 2};
  append_der(inner, der_context_tag(0), make_der(DerTag::sequence, members));
  Accepting acceptor;
  EXPECT_EQ(acceptor.side.step(make_der(DerTag::application_0, inner)).status, SEC_E_INVALID_TOKEN);
}

TEST(Acceptor, AMicBeforeTheLastTokenIsTooEarly) {
  Accepting acceptor(5);
  ASSERT_EQ(acceptor.side.step(init_of("A1")).status, SEC_I_CONTINUE_NEEDED);
  EXPECT_EQ(acceptor.answer({{}, {}, bytes_of("A3"), bytes_of("mic")}), SEC_E_INVALID_TOKEN);
}

TEST(Acceptor, TheMechanismStays) {
  Accepting named, again, raw;
  for (Accepting* acceptor : {&named, &again, &raw})
    ASSERT_EQ(acceptor->side.step(init_of("A1")).status, SEC_I_CONTINUE_NEEDED);
  EXPECT_EQ(named.answer({{}, name_b, bytes_of("A3"), {}}), SEC_E_INVALID_TOKEN);
  EXPECT_EQ(again.side.step(init_of("A1")).status, SEC_E_INVALID_TOKEN);
  EXPECT_EQ(raw.side.step(base::as_bytes("A3")).status, SEC_E_INVALID_TOKEN);
}

TEST(Acceptor, AnInitiatorThatGivesUpOrAsksForAMic) {
  Accepting gives_up, asks;
  for (Accepting* acceptor : {&gives_up, &asks})
    ASSERT_EQ(acceptor->side.step(init_of("A1")).status, SEC_I_CONTINUE_NEEDED);
  EXPECT_EQ(gives_up.answer({NegState::reject, {}, {}, {}}), SEC_E_LOGON_DENIED);
  EXPECT_EQ(asks.answer({NegState::request_mic, {}, bytes_of("A3"), {}}), SEC_E_INVALID_TOKEN);
}

TEST(Acceptor, ItsMechanismsFailureIsToldWithItsReason) {
  FakeAcceptor acceptor({{"A", 2, true, SEC_E_LOGON_DENIED}});
  const Turn turn = acceptor.side.step(init_of("A1"));
  EXPECT_EQ(turn.status, SEC_E_LOGON_DENIED);
  const auto refusal = read_neg_token_resp(turn.token);
  ASSERT_TRUE(refusal);
  EXPECT_EQ(refusal->state, NegState::reject);
  EXPECT_EQ(text(*refusal->token), "why");
}

TEST(Acceptor, AnEndlessMechanismEnds) {
  Accepting acceptor(1000);
  nt::Status status = acceptor.side.step(init_of("A1")).status;
  unsigned legs = 1;
  for (unsigned number = 3; status == SEC_I_CONTINUE_NEEDED; number += 2, ++legs)
    status = acceptor.answer({{}, {}, bytes_of("A" + std::to_string(number)), {}});
  EXPECT_EQ(status, SEC_E_INVALID_TOKEN);
  EXPECT_EQ(legs, 17u);
}

// S-11: a mechanism whose first message begins as NTLM's do.
struct RawNtlm : FakeAcceptor {
  RawNtlm() : FakeAcceptor({{"A", 3}, {std::string("NTLMSSP\0", 8), 3}}) {}
};

TEST(Acceptor, TakesRawNtlm) {
  RawNtlm acceptor;
  const std::string name("NTLMSSP\0", 8);
  const Turn challenge = acceptor.side.step(base::as_bytes(name + "1"));
  ASSERT_EQ(challenge.status, SEC_I_CONTINUE_NEEDED);
  EXPECT_EQ(text(challenge.token), name + "2") << "not wrapped";
  EXPECT_EQ(acceptor.side.progress(), Progress::direct);
  const Turn last = acceptor.side.step(base::as_bytes(name + "3"));
  EXPECT_EQ(last.status, SEC_E_OK);
  EXPECT_TRUE(last.token.empty());
}

TEST(Acceptor, RawNtlmStaysRaw) {
  RawNtlm acceptor;
  ASSERT_EQ(acceptor.side.step(base::as_bytes(std::string("NTLMSSP\0", 8) + "1")).status, SEC_I_CONTINUE_NEEDED);
  EXPECT_EQ(acceptor.side.step(init_of("A1")).status, SEC_E_INVALID_TOKEN) << "SPNEGO after a raw start";
  Accepting without;
  EXPECT_EQ(without.side.step(base::as_bytes(std::string("NTLMSSP\0", 8) + "1")).status, SEC_E_INVALID_TOKEN);
}

// A token of RFC 2743's framing goes to its mechanism as it is.
TEST(Acceptor, TakesAMechanismsOwnInitialToken) {
  base::Bytes inner = make_der(DerTag::object_identifier, name_a);
  inner.push_back('1');
  const base::Bytes token = make_der(DerTag::application_0, inner);
  Accepting acceptor;
  acceptor.side.step(token);
  EXPECT_EQ(acceptor.source.started, "A");
  EXPECT_EQ(acceptor.side.progress(), Progress::direct);
}

}  // namespace
}  // namespace openlsa::client::negotiate
