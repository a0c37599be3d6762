// Handles that are stale, another's, or made up: they name nothing, and nothing changes.
#include <gtest/gtest.h>

#include <random>

#include "hostile/requests.hpp"
#include "support/authority_environment.hpp"
#include "support/text.hpp"

namespace openlsa::test {
namespace {

constexpr int guesses = 20'000;

std::uint32_t log_on(Attacker& attacker) {
  const auto reply = attacker.connection.authority().lsa_logon_user(attacker.logon("user=alice"));
  EXPECT_STATUS(STATUS_SUCCESS, reply.status);
  EXPECT_NE(reply.token, 0u);
  return reply.token;
}

nt::Status query(Attacker& attacker, std::uint32_t token) {
  return attacker.connection.authority().query_token({token}).status;
}

TEST(TokenHandles, OfAnotherClientNameNothing) {
  Attacker owner, thief;
  const std::uint32_t token = log_on(owner);
  auto& stolen = thief.connection.authority();
  EXPECT_STATUS(STATUS_INVALID_HANDLE, query(thief, token));
  EXPECT_STATUS(STATUS_INVALID_HANDLE, stolen.duplicate_token({token}).status);
  EXPECT_STATUS(STATUS_INVALID_HANDLE, stolen.export_token({token}).status);
  EXPECT_STATUS(STATUS_INVALID_HANDLE, stolen.close_token({token}).status);
  EXPECT_STATUS(STATUS_INVALID_HANDLE, stolen.get_session_data({token, {0x3e7}}).status);
  EXPECT_STATUS(SEC_E_INVALID_HANDLE, stolen.open_channel({token, u"Probe"}).status);
  auto call = thief.call("echo x");
  call.frame.token = token;
  EXPECT_STATUS(STATUS_INVALID_HANDLE, stolen.lsa_call_package(std::move(call)).status);
  auto logon = thief.logon("user=alice");
  logon.frame.token = token;
  EXPECT_STATUS(STATUS_INVALID_HANDLE, stolen.lsa_logon_user(std::move(logon)).status);
  EXPECT_STATUS(STATUS_SUCCESS, query(owner, token));
}

TEST(TokenHandles, AreClosedOnce) {
  Attacker owner;
  const std::uint32_t token = log_on(owner);
  EXPECT_STATUS(STATUS_SUCCESS, owner.connection.authority().close_token({token}).status);
  EXPECT_STATUS(STATUS_INVALID_HANDLE, owner.connection.authority().close_token({token}).status);
  EXPECT_STATUS(STATUS_INVALID_HANDLE, query(owner, token));
}

TEST(TokenHandles, ThatAreStaleNeverNameALaterToken) {
  Attacker owner;
  auto& authority = owner.connection.authority();
  const std::uint32_t first = authority.duplicate_token({0}).token;
  ASSERT_STATUS(STATUS_SUCCESS, authority.close_token({first}).status);
  for (int i = 0; i < guesses; ++i) {
    const std::uint32_t other = authority.duplicate_token({0}).token;
    ASSERT_NE(other, 0u);
    ASSERT_EQ(other % 8, 0u);
    ASSERT_EQ(other & 0x80000000, 0u);
    ASSERT_NE(other, first) << "after " << i << " handles";
    ASSERT_STATUS(STATUS_SUCCESS, authority.close_token({other}).status);
  }
  EXPECT_STATUS(STATUS_INVALID_HANDLE, query(owner, first));
}

TEST(TokenHandles, ThatAreGuessedNameNothing) {
  Attacker owner, guesser;
  const std::uint32_t token = log_on(owner);
  std::mt19937 random(7);
  for (int i = 0; i < guesses; ++i) {
    const std::uint32_t guess = i < 1000 ? token - 4000 + 8 * static_cast<std::uint32_t>(i) : random();
    if (guess == 0 || guess == token) continue;
    ASSERT_STATUS(STATUS_INVALID_HANDLE, query(guesser, guess)) << guess;
    ASSERT_STATUS(STATUS_INVALID_HANDLE, query(owner, guess)) << guess;
  }
}

TEST(LsaHandles, OfAnotherClientStaleOrGuessedNameNothing) {
  Attacker owner, thief;
  auto& stolen = thief.connection.authority();
  const std::uint32_t own = thief.lsa_handle;
  ASSERT_STATUS(STATUS_SUCCESS, stolen.disconnect({own}).status);
  for (const std::uint32_t handle :
       {owner.lsa_handle + 1, own, own + 4, 0u, 8u, 0x7fffffffu, 0x80000000u, 0xffffffffu}) {
    thief.lsa_handle = handle;
    EXPECT_STATUS(STATUS_INVALID_HANDLE, stolen.disconnect({handle}).status) << handle;
    EXPECT_STATUS(STATUS_INVALID_HANDLE, stolen.lookup_package({handle, "Probe"}).status) << handle;
    EXPECT_STATUS(STATUS_INVALID_HANDLE, stolen.lsa_logon_user(thief.logon("user=alice")).status) << handle;
    EXPECT_STATUS(STATUS_INVALID_HANDLE, stolen.lsa_call_package(thief.call("echo x")).status) << handle;
  }
  EXPECT_STATUS(STATUS_SUCCESS, owner.connection.authority().lookup_package({owner.lsa_handle, "Probe"}).status);
}

// SSPI handles over channels.
class ChannelHandles : public testing::Test {
 protected:
  void SetUp() override {
    main_.greet();
    mine_ = open_probe_channel(main_);
    other_client_.greet();
    others_ = open_probe_channel(other_client_);
    second_ = open_probe_channel(main_);
    ASSERT_TRUE(mine_ && others_ && second_);
    const auto reply = sspi(*mine_).acquire_credentials(probe_credentials());
    ASSERT_STATUS(SEC_E_OK, reply.status);
    credential_ = reply.credential;
    const auto leg = sspi(*mine_).initialize_context(first_leg(credential_));
    ASSERT_STATUS(SEC_I_CONTINUE_NEEDED, leg.status);
    context_ = leg.context;
  }
  static wire::SspiProxy sspi(RawConnection& channel) { return wire::SspiProxy(channel, STATUS_PORT_DISCONNECTED); }
  static seam::InitializeContextRequest first_leg(seam::SecHandleValue credential) {
    seam::InitializeContextRequest request;
    request.frame = probe_credentials().frame;
    request.credential = credential;
    request.target_name = u"a-user=alice";
    request.output = {{2 /* SECBUFFER_TOKEN */, 4096, std::nullopt, 0}};
    return request;
  }
  // What every call says of this pair of names on this channel.
  static void expect_invalid(RawConnection& channel, seam::SecHandleValue credential, seam::SecHandleValue context) {
    auto calls = sspi(channel);
    EXPECT_STATUS(SEC_E_INVALID_HANDLE, calls.free_credentials({credential}).status);
    EXPECT_STATUS(SEC_E_INVALID_HANDLE, calls.delete_context({context}).status);
    EXPECT_STATUS(SEC_E_INVALID_HANDLE, calls.initialize_context(first_leg(credential)).status);
    const auto frame = probe_credentials().frame;
    EXPECT_STATUS(SEC_E_INVALID_HANDLE, calls.accept_context({frame, credential, {}, 0, 0, {}, {}}).status);
    EXPECT_STATUS(SEC_E_INVALID_HANDLE, calls.accept_context({frame, {}, context, 0, 0, {}, {}}).status);
    EXPECT_STATUS(SEC_E_INVALID_HANDLE, calls.apply_control_token({frame, context, {}}).status);
    EXPECT_STATUS(SEC_E_INVALID_HANDLE, calls.query_context_attributes({frame, context, 2, 16}).status);
    EXPECT_STATUS(SEC_E_INVALID_HANDLE, calls.query_credentials_attributes({frame, credential, 1, 16}).status);
  }

  RawConnection main_, other_client_;
  std::unique_ptr<RawConnection> mine_, second_, others_;
  seam::SecHandleValue credential_, context_;
};

TEST_F(ChannelHandles, OfAnotherChannelNameNothing) {
  expect_invalid(*others_, credential_, context_);
  expect_invalid(*second_, credential_, context_);
  EXPECT_STATUS(SEC_E_OK, sspi(*mine_).delete_context({context_}).status);
  EXPECT_STATUS(SEC_E_OK, sspi(*mine_).free_credentials({credential_}).status);
}

TEST_F(ChannelHandles, OfTheOtherKindNameNothing) {
  expect_invalid(*mine_, context_, credential_);
  EXPECT_STATUS(SEC_E_OK, sspi(*mine_).delete_context({context_}).status);
}

TEST_F(ChannelHandles, AreFreedOnce) {
  ASSERT_STATUS(SEC_E_OK, sspi(*mine_).delete_context({context_}).status);
  ASSERT_STATUS(SEC_E_OK, sspi(*mine_).free_credentials({credential_}).status);
  expect_invalid(*mine_, credential_, context_);
}

TEST_F(ChannelHandles, ThatAreGuessedNameNothing) {
  std::mt19937_64 random(7);
  for (int i = 0; i < guesses / 20; ++i) {
    const std::uint64_t lower = i < 100 ? credential_.lower + 1 + static_cast<std::uint64_t>(i) + 1 : random();
    const std::uint64_t upper = i % 3 == 0 ? credential_.upper : i % 3 == 1 ? context_.upper : random();
    const seam::SecHandleValue guess{lower, upper};
    if (guess == context_) continue;
    ASSERT_STATUS(SEC_E_INVALID_HANDLE, sspi(*mine_).free_credentials({guess}).status) << lower << " " << upper;
    ASSERT_STATUS(SEC_E_INVALID_HANDLE, sspi(*mine_).delete_context({guess}).status) << lower << " " << upper;
  }
}

TEST_F(ChannelHandles, WithBitsBeyondTheNameNameNothing) {
  for (const std::uint64_t bits : {std::uint64_t{1} << 28, std::uint64_t{1} << 32, std::uint64_t{1} << 63}) {
    expect_invalid(*mine_, {credential_.lower | bits, credential_.upper}, {context_.lower | bits, context_.upper});
    expect_invalid(*mine_, {credential_.lower, credential_.upper | bits}, {context_.lower, context_.upper | bits});
  }
}

TEST_F(ChannelHandles, ALegNeedsOne) {
  EXPECT_STATUS(SEC_E_INVALID_HANDLE, sspi(*mine_).initialize_context(first_leg({})).status);
}

}  // namespace
}  // namespace openlsa::test
