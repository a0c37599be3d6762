// Messages that are well-formed and wrong: a documented status, and nothing changes.
#include <gtest/gtest.h>

#include "hostile/census.hpp"
#include "hostile/requests.hpp"
#include "support/authority_environment.hpp"
#include "support/ownership.hpp"
#include "support/text.hpp"

namespace openlsa::test {
namespace {

bool within(const seam::ClientWindow& window, std::uint64_t address, std::uint64_t size) {
  return address >= window.base && size <= window.size_bytes && address - window.base <= window.size_bytes - size;
}

class Messages : public testing::Test {
 protected:
  void SetUp() override { before_ = census(); }
  void TearDown() override {
    {
      Attacker fresh;
      EXPECT_STATUS(STATUS_SUCCESS, fresh.connection.authority().lsa_call_package(fresh.call("echo x")).status);
    }
    attacker_.reset();
    EXPECT_EQ(leftovers({before_.clients, before_.sessions}), "");
    EXPECT_TRUE(lsad()->alive());
  }
  wire::AuthorityProxy& authority() {
    if (!attacker_) attacker_ = std::make_unique<Attacker>();
    return attacker_->connection.authority();
  }
  Attacker& attacker() { return authority(), *attacker_; }

  Census before_;
  std::unique_ptr<Attacker> attacker_;
};

// Windows that wrap around, begin at NULL or hold nothing: no memory there, and never an address outside.
TEST_F(Messages, AWindowThatIsNoneGetsNoMemory) {
  const seam::ClientWindow windows[] = {{0, 0},
                                        {0, 1 << 20},
                                        {window_base, 0},
                                        {window_base, 15},
                                        {UINT64_MAX - 7, 4096},
                                        {UINT64_MAX - 4095, 4096},
                                        {window_base, UINT64_MAX},
                                        {1, UINT64_MAX},
                                        {UINT64_MAX, UINT64_MAX}};
  for (const seam::ClientWindow& window : windows) {
    auto call = attacker().call("embedded text");
    call.frame.window = window;
    const auto reply = authority().lsa_call_package(std::move(call));
    if (nt::succeeded(reply.status)) {
      EXPECT_TRUE(within(window, reply.return_address, reply.return_size_bytes)) << window.base;
    } else {
      const bool wraps = window.size_bytes > UINT64_MAX - window.base;
      EXPECT_STATUS(wraps ? STATUS_INVALID_PARAMETER : STATUS_NO_MEMORY, reply.status)
          << window.base << " " << window.size_bytes;
    }
    auto logon = attacker().logon("user=alice\nprofile=text");
    logon.frame.window = window;
    const auto logged_on = authority().lsa_logon_user(std::move(logon));
    for (const auto& write : logged_on.writes.writes) EXPECT_TRUE(within(window, write.address, write.bytes.size()));
    if (nt::succeeded(logged_on.status)) authority().close_token({logged_on.token});
  }
}

TEST_F(Messages, WritesStayWithinTheWindow) {
  expect_wrong_frees("Probe refused_frees");  // "overrun" frees its buffer twice
  for (const char* script : {"embedded text", "return-pattern 60000", "overrun 100000", "allocate 4294967295",
                             "write-at 0x1000 text", "write-at 18446744073709551615 text", "write-own text"}) {
    const auto reply = authority().lsa_call_package(attacker().call(script));
    for (const auto& write : reply.writes.writes)
      EXPECT_TRUE(within({window_base, window_size}, write.address, write.bytes.size())) << script;
    for (const auto& block : reply.writes.allocations)
      EXPECT_TRUE(within({window_base, window_size}, block.address, block.size_bytes)) << script;
  }
}

TEST_F(Messages, AReturnBufferOutsideTheWindowIsRefused) {
  for (const char* script : {"return-address 0x1000", "return-address 18446744073709551615", "return-submit"}) {
    const auto reply = authority().lsa_call_package(attacker().call(script));
    EXPECT_LT(reply.status, 0) << script;
    EXPECT_EQ(reply.return_address, 0u) << script;
    EXPECT_TRUE(reply.writes.writes.empty()) << script;
  }
}

TEST_F(Messages, ASubmitAddressThatLiesReachesNothing) {
  for (const std::uint64_t address :
       {std::uint64_t{0}, std::uint64_t{1}, UINT64_MAX, UINT64_MAX - 8, std::uint64_t{1} << 63}) {
    auto call = attacker().call("read 0 16\nread 4 4294967295\nread 18446744073709551600 64");
    call.submit_address = address;
    const auto reply = authority().lsa_call_package(std::move(call));
    EXPECT_STATUS(STATUS_SUCCESS, reply.status) << address;
  }
}

TEST_F(Messages, ASubmitBufferAboveTheLimitIsRefused) {
  auto call = attacker().call(std::string((1 << 20) + 1, '\n'));
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, authority().lsa_call_package(std::move(call)).status);
  auto logon = attacker().logon(std::string((1 << 20) + 1, '\n'));
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, authority().lsa_logon_user(std::move(logon)).status);
}

TEST_F(Messages, CallAttributesOfTheSystemAreNotTheClientsToSet) {
  for (const std::uint32_t attributes : {0x1u, 0x20u, 0x100u, 0x120u, 0x80000000u, 0xffffffffu}) {
    auto call = attacker().call("call-info");
    call.frame.call_attributes = attributes;
    EXPECT_LT(authority().lsa_call_package(std::move(call)).status, 0) << attributes;
    const auto channel = open_probe_channel(attacker().connection);
    ASSERT_NE(channel, nullptr);
    auto acquire = probe_credentials();
    acquire.frame.call_attributes = attributes;
    EXPECT_LT(wire::SspiProxy(*channel).acquire_credentials(std::move(acquire)).status, 0) << attributes;
  }
}

TEST_F(Messages, LogonTypesThatAreNoneAreRefused) {
  for (const std::uint32_t type : {0u, 1u, 6u, 14u, 99u, 0x80000000u, 0xffffffffu}) {
    auto logon = attacker().logon("user=alice");
    logon.logon_type = type;
    EXPECT_STATUS(STATUS_INVALID_LOGON_TYPE, authority().lsa_logon_user(std::move(logon)).status) << type;
  }
}

TEST_F(Messages, PackagesThatAreNoneAreRefused) {
  for (const seam::PackageId package : {0u, 999u, 0x7fffffffu, 0xffffffffu}) {
    auto call = attacker().call("echo x");
    call.package = package;
    // 0 is Negotiate, which has messages of its own and logons that any package may serve.
    EXPECT_STATUS(package == 0 ? STATUS_INVALID_PARAMETER : STATUS_NO_SUCH_PACKAGE,
                  authority().lsa_call_package(std::move(call)).status)
        << package;
    if (package == 0) continue;
    auto logon = attacker().logon("user=alice");
    logon.package = package;
    const nt::Status status = authority().lsa_logon_user(std::move(logon)).status;
    EXPECT_LT(status, 0) << package;
  }
  const std::u16string names[] = {u"", u"None", std::u16string(20000, u'x'), std::u16string(1, char16_t{0xd800})};
  for (const std::u16string& name : names)
    EXPECT_STATUS(SEC_E_SECPKG_NOT_FOUND, authority().open_channel({0, name}).status);
}

TEST_F(Messages, GroupsOfALogonAreChecked) {
  for (const std::size_t count : {2000u, 100'000u}) {
    auto logon = attacker().logon("user=alice");
    for (std::size_t i = 0; i < count; ++i)
      logon.local_groups.push_back({nt::Sid{5, {21, 1, 2, 3, static_cast<std::uint32_t>(i)}}, 7});
    EXPECT_LT(authority().lsa_logon_user(std::move(logon)).status, 0) << count;
  }
  auto none = attacker().logon("user=alice");
  none.local_groups.push_back({nt::Sid{}, 7});
  EXPECT_LT(authority().lsa_logon_user(std::move(none)).status, 0);
}

TEST_F(Messages, LuidsAreGivenInBlocksOfAtMost4096) {
  for (const std::uint32_t count : {0u, 4097u, 0x80000000u, 0xffffffffu})
    EXPECT_STATUS(STATUS_INVALID_PARAMETER, authority().allocate_luids({count}).status) << count;
  EXPECT_STATUS(STATUS_SUCCESS, authority().allocate_luids({4096}).status);
}

TEST_F(Messages, TokensHaveTwoTypesAndFourLevels) {
  for (const std::uint32_t type : {0u, 3u, 0x80000000u, 0xffffffffu})
    EXPECT_STATUS(STATUS_INVALID_PARAMETER,
                  authority().duplicate_token({0, false, static_cast<nt::TokenType>(type)}).status)
        << type;
  for (const std::uint32_t level : {4u, 0x80000000u, 0xffffffffu}) {
    const auto reply = authority().duplicate_token(
        {0, false, nt::TokenType::impersonation, static_cast<nt::ImpersonationLevel>(level)});
    EXPECT_STATUS(STATUS_BAD_IMPERSONATION_LEVEL, reply.status) << level;
  }
}

TEST_F(Messages, BuffersOfALegAreChecked) {
  const auto channel = open_probe_channel(attacker().connection);
  ASSERT_NE(channel, nullptr);
  wire::SspiProxy sspi(*channel, STATUS_PORT_DISCONNECTED);
  const auto credential = sspi.acquire_credentials(probe_credentials(1 /* SECPKG_CRED_INBOUND */));
  ASSERT_STATUS(SEC_E_OK, credential.status);
  const auto leg = [&](std::vector<seam::SecBufferValue> input, std::vector<seam::SecBufferValue> output) {
    return sspi.accept_context({probe_credentials().frame, credential.credential, {}, 0, 0, input, output}).status;
  };
  const base::Bytes text{'P', '1', '\n'};
  constexpr std::uint32_t token = 2;  // SECBUFFER_TOKEN
  // Too many, sizes that lie, capacities that nobody has.
  EXPECT_STATUS(SEC_E_INVALID_PARAMETER, leg(std::vector<seam::SecBufferValue>(100'000, seam::SecBufferValue{}), {}));
  EXPECT_STATUS(SEC_E_INVALID_PARAMETER, leg({}, std::vector<seam::SecBufferValue>(100'000, seam::SecBufferValue{})));
  for (const std::uint32_t size : {0u, 2u, 4u, 0x80000000u, 0xffffffffu})
    EXPECT_STATUS(SEC_E_INVALID_PARAMETER, leg({{token, size, text, 0}}, {})) << size;
  EXPECT_STATUS(SEC_E_INVALID_PARAMETER, leg({}, {{token, 2, text, 0}}));
  EXPECT_STATUS(SEC_E_INVALID_TOKEN, leg({{token, 3, text, 0}}, {{token, 0xffffffff, std::nullopt, 0}}));
  EXPECT_STATUS(SEC_E_INVALID_TOKEN, leg({{token, 0x80000000, std::nullopt, 0}}, {}));
  EXPECT_STATUS(SEC_E_INVALID_TOKEN, leg({}, {}));
  EXPECT_STATUS(SEC_E_INVALID_TOKEN, leg({{0xffffffff, 3, text, UINT64_MAX}}, {{0xffffffff, 16, std::nullopt, 1}}));
}

TEST_F(Messages, AttributeQueriesAreBounded) {
  const auto channel = open_probe_channel(attacker().connection);
  ASSERT_NE(channel, nullptr);
  wire::SspiProxy sspi(*channel, STATUS_PORT_DISCONNECTED);
  const auto credential = sspi.acquire_credentials(probe_credentials());
  const auto frame = probe_credentials().frame;
  for (const std::uint32_t size : {0x10001u, 0x7fffffffu, 0x80000000u, 0xffffffffu})
    EXPECT_STATUS(SEC_E_INVALID_PARAMETER,
                  sspi.query_credentials_attributes({frame, credential.credential, 1, size}).status)
        << size;
  for (const std::uint32_t attribute : {0x7fffffffu, 0x80000000u, 0xffffffffu})
    EXPECT_LT(sspi.query_credentials_attributes({frame, credential.credential, attribute, 16}).status, 0) << attribute;
}

// An identity whose pointers leave what the call submitted.
TEST_F(Messages, EmbeddedPointersReachOnlyWhatWasSubmitted) {
  struct Identity {  // SEC_WINNT_AUTH_IDENTITY_W
    std::uint64_t user;
    std::uint32_t user_length;
    std::uint64_t domain;
    std::uint32_t domain_length;
    std::uint64_t password;
    std::uint32_t password_length;
    std::uint32_t flags;
  };
  constexpr std::uint64_t place = 0x5000;
  const auto channel = open_probe_channel(attacker().connection);
  ASSERT_NE(channel, nullptr);
  const auto acquire = [&](const Identity& identity, std::uint64_t address, std::uint64_t pointer) {
    auto request = probe_credentials();
    request.submitted.push_back({address, base::to_bytes(base::as_bytes(&identity, sizeof identity))});
    request.authorization_data = pointer;
    return wire::SspiProxy(*channel, STATUS_PORT_DISCONNECTED).acquire_credentials(std::move(request)).status;
  };
  const Identity inside{place, 2, place, 2, place, 2, 2};
  EXPECT_STATUS(SEC_E_OK, acquire(inside, place, place));
  for (const std::uint64_t outside : {std::uint64_t{0}, place - 1, place + sizeof(Identity) - 1, place + 0x1000,
                                      UINT64_MAX, std::uint64_t{0x7fff'ffff'f000}})
    EXPECT_LT(acquire({outside, 2, place, 2, place, 2, 2}, place, place), 0) << outside;
  EXPECT_LT(acquire({place, 0x80000000, place, 2, place, 2, 2}, place, place), 0);
  EXPECT_LT(acquire({place, 0x7fffffff, place, 2, place, 2, 2}, place, place), 0);
  EXPECT_LT(acquire(inside, place, place + 8), 0) << "the structure itself must lie inside";
  EXPECT_LT(acquire(inside, UINT64_MAX - 8, UINT64_MAX - 8), 0) << "a piece that wraps around";
  EXPECT_LT(acquire(inside, 0, 0x1000), 0);
}

}  // namespace
}  // namespace openlsa::test
