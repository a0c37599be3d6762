// Frames that break the protocol: that connection only is closed, the audit trail says so, everybody else goes on.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

#include "hostile/requests.hpp"
#include "hostile/spoilt.hpp"
#include "support/authority_environment.hpp"
#include "support/child.hpp"
#include "support/composition.hpp"
#include "support/lsa_client.hpp"

namespace openlsa::test {
namespace {

std::size_t refusals() {
  const std::string audit = installation().audit();
  std::size_t count = 0;
  for (std::size_t at = 0; (at = audit.find("connection-refused", at)) != std::string::npos; ++at) ++count;
  return count;
}

class Frames : public testing::Test {
 protected:
  void TearDown() override { EXPECT_EQ(bystander_.complaint(), ""); }
  Bystander bystander_;
};

TEST_F(Frames, GoodOnesAreAnswered) {
  RawConnection connection;
  ASSERT_EQ(connection.send_and_wait(datagram_of(hello_method, seam::HelloRequest{})), Outcome::answered);
  EXPECT_EQ(connection.reply_status(), STATUS_SUCCESS);
  Attacker attacker;
  ASSERT_EQ(attacker.connection.send_and_wait(datagram_of(logon_method, attacker.logon("user=" + alice().sid))),
            Outcome::answered);
  EXPECT_EQ(attacker.connection.reply_status(), STATUS_SUCCESS);
  ASSERT_EQ(attacker.connection.send_and_wait(datagram_of(open_channel_method, probe_channel())), Outcome::answered);
  EXPECT_EQ(attacker.connection.reply_status(), STATUS_SUCCESS);
}

TEST_F(Frames, ATruncatedHelloClosesTheConnection) {
  for (const Spoilt& spoilt : truncations(datagram_of(hello_method, seam::HelloRequest{}))) {
    RawConnection connection;
    EXPECT_EQ(connection.send_and_wait(spoilt.datagram), Outcome::closed) << spoilt.how;
  }
}

TEST_F(Frames, ATruncatedLogonClosesTheConnection) {
  Attacker model;
  for (const Spoilt& spoilt : truncations(datagram_of(logon_method, model.logon("user=" + alice().sid)))) {
    RawConnection connection;
    connection.greet();
    ASSERT_EQ(connection.send_and_wait(spoilt.datagram), Outcome::closed) << spoilt.how;
  }
}

TEST_F(Frames, ATruncatedOpenChannelClosesTheConnection) {
  for (const Spoilt& spoilt : truncations(datagram_of(open_channel_method, probe_channel()))) {
    RawConnection connection;
    connection.greet();
    ASSERT_EQ(connection.send_and_wait(spoilt.datagram), Outcome::closed) << spoilt.how;
  }
}

// A turned bit may still be a message; then it has an answer, and nothing else happens.
TEST_F(Frames, ATurnedBitIsAnsweredOrCloses) {
  for (const Spoilt& spoilt : bit_flips(datagram_of(hello_method, seam::HelloRequest{}))) {
    RawConnection connection;
    EXPECT_NE(connection.send_and_wait(spoilt.datagram), Outcome::silent) << spoilt.how;
  }
  for (const Spoilt& spoilt : bit_flips(datagram_of(open_channel_method, probe_channel()))) {
    RawConnection connection;
    connection.greet();
    EXPECT_NE(connection.send_and_wait(spoilt.datagram), Outcome::silent) << spoilt.how;
  }
  const std::size_t sessions = session_list().size();
  {
    Attacker model;
    const Datagram good = datagram_of(logon_method, model.logon("user=" + alice().sid));
    for (const Spoilt& spoilt : bit_flips(good)) {
      Attacker attacker;
      ASSERT_NE(attacker.connection.send_and_wait(spoilt.datagram), Outcome::silent) << spoilt.how;
      ASSERT_TRUE(lsad()->alive()) << spoilt.how;
    }
  }
  EXPECT_TRUE(eventually([&] { return session_list().size() <= sessions; })) << "a session of a dead client stays";
}

TEST_F(Frames, ACallNobodyKnowsCloses) {
  for (const std::uint16_t method : {0, 29, 255, 256, 0x7fff, 0xffff}) {
    RawConnection connection;
    connection.greet();
    const std::size_t before = refusals();
    EXPECT_EQ(connection.send_and_wait(datagram_of(method, wire::Message{})), Outcome::closed) << method;
    EXPECT_TRUE(eventually([&] { return refusals() > before; })) << "not in the audit trail";
  }
}

TEST_F(Frames, OnlyRequestsAreTakenFromAClient) {
  for (const std::uint16_t kind : {0, 2, 3, 4, 5, 0xffff}) {
    RawConnection connection;
    connection.greet();
    Datagram datagram = datagram_of(ping_method, seam::PingRequest{});
    wire::FrameHeader header = header_of(datagram);
    header.kind = static_cast<wire::FrameKind>(kind);
    set_header(datagram, header);
    const std::size_t before = refusals();
    EXPECT_EQ(connection.send_and_wait(datagram), Outcome::closed) << "kind " << kind;
    EXPECT_TRUE(eventually([&] { return refusals() > before; })) << "not in the audit trail";
  }
}

TEST_F(Frames, ALengthThatIsNotTheBodysCloses) {
  for (const std::uint32_t size :
       {1u, 31u, 0x10000u, 0x10001u, 0x1000000u, 0x1000001u, 0x7fffffffu, 0x80000000u, 0xffffffe0u, 0xffffffffu}) {
    RawConnection connection;
    connection.greet();
    Datagram datagram = datagram_of(ping_method, seam::PingRequest{});
    wire::FrameHeader header = header_of(datagram);
    header.body_size_bytes = size;
    set_header(datagram, header);
    EXPECT_EQ(connection.send_and_wait(datagram), Outcome::closed) << "a body size of " << size;
  }
}

TEST_F(Frames, TrailingBytesClose) {
  for (const std::size_t extra : {1u, 4u, 4096u}) {
    wire::Message body = wire::encode(seam::HelloRequest{});
    body.bytes.resize(body.bytes.size() + extra);
    RawConnection connection;
    EXPECT_EQ(connection.send_and_wait(datagram_of(hello_method, body)), Outcome::closed);
  }
}

TEST_F(Frames, TheLargestDatagramIsReadAndOneMoreByteCloses) {
  const auto with_body = [](std::size_t size) {
    RawConnection connection;
    connection.greet();
    wire::Message body;
    body.bytes.resize(size);
    return connection.send_and_wait(datagram_of(ping_method, body));
  };
  EXPECT_EQ(with_body(wire::inline_limit_bytes), Outcome::closed);  // a ping has no body
  EXPECT_EQ(with_body(wire::inline_limit_bytes + 1), Outcome::closed);
  Attacker attacker;
  const std::size_t rest = wire::encode(attacker.call("")).bytes.size();
  std::string script = "echo x\n";
  script.resize(wire::inline_limit_bytes - rest, '\n');
  EXPECT_EQ(attacker.connection.send_and_wait(datagram_of(call_package_method, attacker.call(script))),
            Outcome::answered);
  EXPECT_EQ(attacker.connection.reply_status(), STATUS_SUCCESS);
}

TEST_F(Frames, CountsBeyondTheMessageClose) {
  // The submit buffer's count is the first thing in the body that a reader could believe.
  Attacker model;
  const std::string script = "user=" + alice().sid;
  const Datagram good = datagram_of(call_package_method, model.call(script));
  const auto at = std::search(good.begin(), good.end(), script.begin(), script.end()) - good.begin() - 4;
  for (const std::uint32_t count : {0u, 1u, 0x7fffffffu, 0x80000000u, 0xffffffffu}) {
    Datagram datagram = good;
    std::memcpy(datagram.data() + at, &count, sizeof count);
    RawConnection connection;
    connection.greet();
    EXPECT_EQ(connection.send_and_wait(datagram), Outcome::closed) << "a count of " << count;
  }
}

TEST_F(Frames, NothingButHelloWorksBeforeHello) {
  RawConnection connection;
  EXPECT_EQ(connection.authority().query_token({}).status, STATUS_ACCESS_DENIED);
  EXPECT_EQ(connection.authority().connect({}).status, STATUS_ACCESS_DENIED);
  EXPECT_EQ(connection.authority().open_channel(probe_channel()).status, STATUS_ACCESS_DENIED);
  EXPECT_EQ(connection.authority().allocate_luids({}).status, STATUS_ACCESS_DENIED);
  EXPECT_EQ(connection.authority().lsa_logon_user({}).status, STATUS_ACCESS_DENIED);
  EXPECT_EQ(connection.send_and_wait(datagram_of(admin_method, seam::AdminRequest{})), Outcome::closed);
}

TEST_F(Frames, HelloIsSaidOnceAndInAVersionThatIsKnown) {
  RawConnection connection;
  seam::HelloRequest other;
  other.version = 2;
  EXPECT_EQ(connection.authority().hello(other).status, STATUS_REVISION_MISMATCH);
  EXPECT_EQ(connection.greet(), STATUS_SUCCESS);
  EXPECT_EQ(connection.authority().hello({}).status, STATUS_ACCESS_DENIED);
  EXPECT_EQ(connection.authority().ping({}).status, STATUS_SUCCESS);
}

TEST_F(Frames, NobodyJoinsAnothersClient) {
  RawConnection mine;
  mine.greet();
  const std::uint64_t client = mine.client().value;
  const std::string said = in_child([client] {
    std::string refused;
    for (std::uint64_t id = client > 50 ? client - 50 : 1; id < client + 50; ++id) {
      RawConnection other;
      seam::HelloRequest join;
      join.join = {id};
      if (other.authority().hello(join).status != STATUS_ACCESS_DENIED) refused += std::to_string(id) + " ";
    }
    return refused.empty() ? std::string("all refused") : "joined " + refused;
  });
  EXPECT_EQ(said, "all refused");
}

TEST_F(Frames, AnAdministratorsCallOfAPlainUserClosesAndIsAudited) {
  OPENLSA_NEEDS_ROOT();
  const std::string said = in_child(
      [] {
        RawConnection connection;
        connection.greet();
        seam::AdminRequest request;
        request.verb = "status";
        return describe(connection.send_and_wait(datagram_of(admin_method, std::move(request)))) + " " +
               std::to_string(::getpid());
      },
      Identity{alice().uid, alice().gid});
  ASSERT_EQ(said.substr(0, 7), "closed ");
  const std::string pid = said.substr(7);
  EXPECT_TRUE(eventually([&] {
    const std::string audit = installation().audit();
    const std::size_t at = audit.find("method not permitted");
    return at != std::string::npos && audit.find(pid) != std::string::npos;
  }));
}

}  // namespace
}  // namespace openlsa::test
