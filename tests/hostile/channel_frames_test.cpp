// The same on a direct channel: the host closes that channel only, and its other channels go on.
#include <gtest/gtest.h>

#include "hostile/requests.hpp"
#include "hostile/spoilt.hpp"
#include "support/authority_environment.hpp"

namespace openlsa::test {
namespace {

constexpr std::uint16_t sspi_methods = 29;

class ChannelFrames : public testing::Test {
 protected:
  void SetUp() override {
    main_.greet();
    neighbour_ = open_probe_channel(main_);
    ASSERT_NE(neighbour_, nullptr);
    ASSERT_EQ(acquire(*neighbour_), STATUS_SUCCESS);
  }
  void TearDown() override {
    EXPECT_EQ(acquire(*neighbour_), STATUS_SUCCESS) << "a channel of the same client is gone";
    EXPECT_EQ(bystander_.complaint(), "");
    const auto fresh = open_probe_channel(main_);
    ASSERT_NE(fresh, nullptr);
    EXPECT_EQ(acquire(*fresh), STATUS_SUCCESS);
  }
  static nt::Status acquire(RawConnection& channel) {
    return wire::SspiProxy(channel, STATUS_PORT_DISCONNECTED).acquire_credentials(probe_credentials()).status;
  }
  // Of a client of its own: one may have 256 channels, closed ones included.
  std::unique_ptr<RawConnection> channel() {
    attacker_ = std::make_unique<RawConnection>();
    attacker_->greet();
    return open_probe_channel(*attacker_);
  }

  Bystander bystander_;
  RawConnection main_;
  std::unique_ptr<RawConnection> attacker_;
  std::unique_ptr<RawConnection> neighbour_;
};

TEST_F(ChannelFrames, TruncatedOnesClose) {
  for (const Spoilt& spoilt : truncations(datagram_of(acquire_credentials_method, probe_credentials()))) {
    const auto attacked = channel();
    ASSERT_NE(attacked, nullptr);
    ASSERT_EQ(attacked->send_and_wait(spoilt.datagram), Outcome::closed) << spoilt.how;
  }
}

TEST_F(ChannelFrames, ATurnedBitIsAnsweredOrCloses) {
  for (const Spoilt& spoilt : bit_flips(datagram_of(acquire_credentials_method, probe_credentials()))) {
    const auto attacked = channel();
    ASSERT_NE(attacked, nullptr);
    ASSERT_NE(attacked->send_and_wait(spoilt.datagram), Outcome::silent) << spoilt.how;
  }
}

TEST_F(ChannelFrames, OfAnotherKindOrMethodClose) {
  for (const std::uint16_t kind : {0, 2, 3, 4, 5, 0xffff}) {
    const auto attacked = channel();
    ASSERT_NE(attacked, nullptr);
    Datagram datagram = datagram_of(acquire_credentials_method, probe_credentials());
    wire::FrameHeader header = header_of(datagram);
    header.kind = static_cast<wire::FrameKind>(kind);
    set_header(datagram, header);
    EXPECT_EQ(attacked->send_and_wait(datagram), Outcome::closed) << "kind " << kind;
  }
  for (const std::uint16_t method : {0, sspi_methods + 1, 0x7fff, 0xffff}) {
    const auto attacked = channel();
    ASSERT_NE(attacked, nullptr);
    EXPECT_EQ(attacked->send_and_wait(datagram_of(method, wire::Message{})), Outcome::closed) << "method " << method;
  }
}

// The methods of the authority and of packages have numbers too; on a channel they are SSPI calls and nothing else.
TEST_F(ChannelFrames, CallsOfOtherInterfacesClose) {
  Attacker model;
  seam::LoadRequest load;
  load.path = "/usr/lib/openlsa/packages/sshkey.so";
  seam::LogonUserRequest logon;
  logon.logon_type = 2;
  logon.submit_buffer = base::Secret(base::as_bytes("user=alice"));
  for (const Datagram& datagram :
       {datagram_of(logon_method, model.logon("user=" + alice().sid)), datagram_of(hello_method, seam::HelloRequest{}),
        datagram_of(1, load), datagram_of(2, std::move(logon))}) {
    const auto attacked = channel();
    ASSERT_NE(attacked, nullptr);
    EXPECT_EQ(attacked->send_and_wait(datagram), Outcome::closed) << "method " << header_of(datagram).method;
  }
}

TEST_F(ChannelFrames, DescriptorsClose) {
  for (const std::size_t count : {1u, 16u, 17u, 253u}) {
    const auto attacked = channel();
    ASSERT_NE(attacked, nullptr);
    EXPECT_EQ(attacked->send_and_wait(datagram_of(acquire_credentials_method, probe_credentials()),
                                      std::vector<int>(count, 1)),
              Outcome::closed);
  }
}

}  // namespace
}  // namespace openlsa::test
