// Both engines against each other: who selects what, when mechListMIC is exchanged, and what an attacker between them
// gets (S-03, S-04, S-10).
#include <gtest/gtest.h>

#include <functional>

#include "client_negotiate/fake_mechanism.hpp"

namespace openlsa::client::negotiate {
namespace {

// What the attacker makes of each message; `number` counts from 1, odd ones are the initiator's.
using Tamper = std::function<base::Bytes(unsigned number, base::Bytes token)>;

struct Exchange {
  Exchange(std::vector<FakeKind> client, std::vector<FakeKind> server, const Tamper& tamper = {})
      : initiator(std::move(client)), acceptor(std::move(server)) {
    Turn turn = initiator.side.step({});
    initiated = turn.status;
    while (nt::succeeded(turn.status) && !turn.token.empty()) {
      const base::Bytes token = tamper ? tamper(++messages, turn.token) : (++messages, turn.token);
      const bool to_acceptor = messages % 2 == 1;
      turn = to_acceptor ? acceptor.side.step(token) : initiator.side.step(token);
      (to_acceptor ? accepted : initiated) = turn.status;
      if (to_acceptor) last_reply = turn.token;
    }
  }
  bool complete() const { return initiated == SEC_E_OK && accepted == SEC_E_OK; }

  FakeInitiator initiator;
  FakeAcceptor acceptor;
  nt::Status initiated = -1, accepted = -1;
  unsigned messages = 0;
  base::Bytes last_reply;
};

TEST(Exchange, TheFirstMechanismOfBothNeedsNoMic) {
  for (unsigned messages = 1; messages <= 7; ++messages) {
    const Exchange exchange({{"A", messages}}, {{"A", messages}});
    EXPECT_TRUE(exchange.complete()) << messages << std::hex << " " << exchange.initiated << " " << exchange.accepted;
    EXPECT_EQ(exchange.initiator.side.progress(), Progress::complete);
    // The acceptor always has the last word.
    EXPECT_EQ(exchange.messages, messages + messages % 2);
  }
}

TEST(Exchange, AnotherMechanismNeedsOne) {
  for (unsigned messages = 1; messages <= 6; ++messages) {
    const Exchange exchange({{"A"}, {"B", messages}}, {{"B", messages}, {"C"}});
    EXPECT_TRUE(exchange.complete()) << messages << std::hex << " " << exchange.initiated << " " << exchange.accepted;
    EXPECT_EQ(exchange.initiator.source.started, "AB");
    EXPECT_EQ(exchange.acceptor.source.started, "B");
  }
}

// Takes the signature out of every message.
base::Bytes without_mic(unsigned, base::Bytes token) {
  auto response = read_neg_token_resp(token);
  if (!response || !response->mic) return token;
  response->mic.reset();
  return write_neg_token_resp(*response);
}

TEST(Exchange, AMissingMicIsRefusedWhereOneIsNeeded) {
  for (unsigned messages = 1; messages <= 4; ++messages) {
    const Exchange exchange({{"A"}, {"B", messages}}, {{"B", messages}}, without_mic);
    EXPECT_TRUE(exchange.initiated < 0 || exchange.accepted < 0) << messages;
    EXPECT_TRUE(exchange.accepted == SEC_E_MESSAGE_ALTERED || exchange.initiated == SEC_E_MESSAGE_ALTERED ||
                exchange.initiated == SEC_E_INVALID_TOKEN)
        << messages << std::hex << " " << exchange.initiated << " " << exchange.accepted;
  }
}

TEST(Exchange, AWrongMicIsRefused) {
  for (unsigned messages = 1; messages <= 4; ++messages) {
    base::Bytes mic;
    const Exchange exchange({{"A"}, {"B", messages}}, {{"B", messages}}, [&](unsigned, base::Bytes token) {
      auto response = read_neg_token_resp(token);
      if (!response || !response->mic) return token;
      mic = base::to_bytes(*response->mic);
      mic.back() ^= 1;
      response->mic = mic;
      return write_neg_token_resp(*response);
    });
    EXPECT_TRUE(exchange.initiated == SEC_E_MESSAGE_ALTERED || exchange.accepted == SEC_E_MESSAGE_ALTERED) << messages;
  }
}

TEST(Exchange, AMicOfAnotherKeyIsRefused) {
  const Exchange exchange({{"A"}, {"B", 3}}, {{"B", 3, true, SEC_E_OK, "other"}});
  EXPECT_EQ(exchange.accepted, SEC_E_MESSAGE_ALTERED);
}

// S-10: an attacker strips the stronger mechanism.
TEST(Exchange, ADowngradeIsSeen) {
  const Tamper strip = [](unsigned number, base::Bytes token) {
    if (number != 1) return token;
    const base::Bytes weak = FakeSource::identifier("Weak");
    return write_neg_token_init(make_mechanism_list({weak}), {});
  };
  for (const unsigned messages : {2u, 3u, 4u}) {
    const Exchange exchange({{"Strong"}, {"Weak", messages}}, {{"Strong"}, {"Weak", messages}}, strip);
    EXPECT_FALSE(exchange.complete()) << messages;
    EXPECT_TRUE(exchange.accepted == SEC_E_MESSAGE_ALTERED || exchange.initiated == SEC_E_MESSAGE_ALTERED)
        << messages << std::hex << " " << exchange.initiated << " " << exchange.accepted;
  }
}

TEST(Exchange, AMechanismWithoutIntegrityIsTheFirstOrNone) {
  EXPECT_TRUE(Exchange({{"A", 2, false}}, {{"A", 2, false}}).complete());
  EXPECT_TRUE(Exchange({{"A", 3, false}}, {{"A", 3, false}}).complete());
  const Exchange exchange({{"A"}, {"B", 2, false}}, {{"B", 2, false}});
  EXPECT_EQ(exchange.accepted, SEC_E_QOP_NOT_SUPPORTED);
}

TEST(Exchange, NothingInCommonIsRefused) {
  const Exchange exchange({{"A"}}, {{"B"}});
  EXPECT_EQ(exchange.accepted, SEC_E_INVALID_TOKEN);
  const auto refusal = read_neg_token_resp(exchange.last_reply);
  ASSERT_TRUE(refusal);
  EXPECT_EQ(refusal->state, NegState::reject);
  EXPECT_EQ(exchange.acceptor.source.started, "");
}

TEST(Exchange, AMechanismThatCannotStartIsNotOffered) {
  const std::vector<FakeKind> server{{"A", 3}, {"B", 3}};
  const Exchange exchange({{"A", 3, true, SEC_E_TARGET_UNKNOWN}, {"B", 3}}, server);
  EXPECT_TRUE(exchange.complete());
  EXPECT_EQ(exchange.initiator.source.started, "AB");
  EXPECT_EQ(exchange.acceptor.source.started, "B");
  const Exchange none({{"A", 3, true, SEC_E_TARGET_UNKNOWN}, {"B", 3, true, SEC_E_NO_CREDENTIALS}}, server);
  EXPECT_EQ(none.initiated, SEC_E_NO_CREDENTIALS);
  const Exchange denied({{"A", 3, true, SEC_E_LOGON_DENIED}, {"B", 3}}, server);
  EXPECT_EQ(denied.initiated, SEC_E_LOGON_DENIED) << "no second guess with the same credentials";
  EXPECT_EQ(denied.initiator.source.started, "A");
}

}  // namespace
}  // namespace openlsa::client::negotiate
