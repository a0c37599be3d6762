// Handshakes through the table of SpLsaModeInitialize: two accounts of one authority, each with a session key.
#include <openlsa/windows.h>

#include <thread>

#include "package_fixture.hpp"
#include "protocol/packed_context.hpp"

namespace sshkey::test {
namespace {

Bytes binding_of(std::string_view data) {
  SEC_CHANNEL_BINDINGS head{};
  head.cbApplicationDataLength = static_cast<ULONG>(data.size());
  head.dwApplicationDataOffset = sizeof head;
  Bytes bytes(sizeof head + data.size());
  std::memcpy(bytes.data(), &head, sizeof head);
  std::memcpy(bytes.data() + sizeof head, data.data(), data.size());
  return bytes;
}

class ContextTest : public PackageTest {
 protected:
  template <class Body>
  auto as_ada(Body&& body) {
    act_as(u"ada", ada_session_);
    return body();
  }
  template <class Body>
  auto as_web(Body&& body) {
    act_as(u"web", web_session_);
    return body();
  }
  ContextTest() {
    act_as(u"ada");
    enrol(ada_key_.line());
    ada_session_ = log_on(u"ada", ada_key_);
    act_as(u"web");
    enrol(web_key_.line());
    web_session_ = log_on(u"web", web_key_, SSHKEY_PURPOSE_ACCEPT);
    EXPECT_EQ(as_ada([&] { return acquire(SECPKG_CRED_OUTBOUND, client_); }), SEC_E_OK);
    EXPECT_EQ(as_web([&] { return acquire(SECPKG_CRED_INBOUND, server_); }), SEC_E_OK);
  }
  struct Handshake {
    Leg client, server;
  };
  // All four legs; the statuses of the last ones that ran.
  Handshake handshake(ULONG client_requirements = 0, ULONG server_requirements = 0, View client_binding = {},
                      View server_binding = {}) {
    Handshake h;
    h.client = initiate(client_, 0, {}, client_requirements, target("web"), client_binding);
    if (h.client.status != SEC_I_CONTINUE_NEEDED) return h;
    h.server = accept(server_, 0, h.client.token, server_requirements, server_binding);
    if (h.server.status != SEC_I_CONTINUE_NEEDED) return h;
    h.client = initiate(client_, h.client.context, h.server.token, client_requirements);
    if (h.client.status != SEC_E_OK) return h;
    h.server = accept(server_, h.server.context, h.client.token, server_requirements);
    return h;
  }
  const FakeToken& only_token() { return lsa_.client_tokens.begin()->second; }

  std::uint64_t ada_session_ = 0, web_session_ = 0;
  LSA_SEC_HANDLE client_ = 0, server_ = 0;
};

TEST_F(ContextTest, BothSidesAreMappedAndTheServerGetsANetworkToken) {
  const Handshake h = handshake(ISC_REQ_SEQUENCE_DETECT | ISC_REQ_DELEGATE);
  ASSERT_EQ(h.client.status, SEC_E_OK);
  ASSERT_EQ(h.server.status, SEC_E_OK);
  ASSERT_TRUE(h.client.mapped && h.server.mapped);
  EXPECT_TRUE(h.server.token.empty());
  const ULONG expected =
      ISC_RET_MUTUAL_AUTH | ISC_RET_CONFIDENTIALITY | ISC_RET_INTEGRITY | ISC_RET_CONNECTION | ISC_RET_SEQUENCE_DETECT;
  EXPECT_EQ(h.client.attributes, expected);  // delegation is not among it
  EXPECT_TRUE((h.server.attributes & ASC_RET_SEQUENCE_DETECT) != 0 && (h.server.attributes & ASC_RET_DELEGATE) == 0);

  const auto client = decode_packed_context(h.client.packed);
  const auto server = decode_packed_context(h.server.packed);
  ASSERT_TRUE(client && server);
  EXPECT_TRUE(equal(client->seal_send.reveal(), server->seal_receive.reveal()));
  EXPECT_TRUE(equal(client->sign_receive.reveal(), server->sign_send.reveal()));
  EXPECT_EQ(server->peer_account, "ada");
  EXPECT_EQ(client->peer_account, "web");
  EXPECT_TRUE(server->sequence_detect);

  ASSERT_EQ(lsa_.client_tokens.size(), 1u);
  EXPECT_EQ(server->token_handle, lsa_.client_tokens.begin()->first);
  EXPECT_EQ(only_token().user, lsa_.account(u"ada").sid);
  EXPECT_EQ(only_token().type, Network);
  EXPECT_EQ(only_token().level, SecurityImpersonation);
  EXPECT_EQ(table_.DeleteContext(h.client.context), SEC_E_OK);
  EXPECT_EQ(table_.DeleteContext(h.client.context), SEC_E_INVALID_HANDLE);
  EXPECT_EQ(table_.DeleteContext(h.server.context), SEC_E_OK);
  expect_clean(3, 1);
}

TEST_F(ContextTest, IdentifyGivesAnIdentificationToken) {
  ASSERT_EQ(handshake(ISC_REQ_IDENTIFY).server.status, SEC_E_OK);
  EXPECT_EQ(only_token().level, SecurityIdentification);
}

TEST_F(ContextTest, AllocateMemoryPutsTheTokenInTheLsaHeap) {
  const Handshake h = handshake(ISC_REQ_ALLOCATE_MEMORY);
  ASSERT_EQ(h.server.status, SEC_E_OK);
  EXPECT_NE(h.client.attributes & ISC_RET_ALLOCATED_MEMORY, 0u);
  expect_clean(3, 1);
}

TEST_F(ContextTest, WhatIsNotOfferedIsRefusedBeforeAnyToken) {
  EXPECT_EQ(initiate(client_, 0, {}, ISC_REQ_DATAGRAM, target("web")).status, SEC_E_UNSUPPORTED_FUNCTION);
  const Leg first = initiate(client_, 0, {}, 0, target("web"));
  EXPECT_EQ(accept(server_, 0, first.token, ASC_REQ_DATAGRAM).status, SEC_E_UNSUPPORTED_FUNCTION);
  EXPECT_EQ(initiate(client_, 0, {}, 0, u"web").status, SEC_E_TARGET_UNKNOWN);
  EXPECT_EQ(initiate(client_, 0, {}).status, SEC_E_TARGET_UNKNOWN);
  EXPECT_EQ(initiate(server_, 0, {}, 0, target("web")).status, SEC_E_NO_CREDENTIALS);  // an inbound handle
  EXPECT_EQ(initiate(999, 0, {}, 0, target("web")).status, SEC_E_INVALID_HANDLE);
  const auto foreign = u"web@" + std::u16string(64, u'b');
  EXPECT_EQ(initiate(client_, 0, {}, 0, foreign).status, SEC_E_TARGET_UNKNOWN);
  const Leg for_bob = initiate(client_, 0, {}, 0, target("bob"));
  EXPECT_EQ(accept(server_, 0, for_bob.token).status, SEC_E_LOGON_DENIED);
}

TEST_F(ContextTest, ReplayedTokensAreRefusedEachWithItsStatus) {
  const Leg m1 = initiate(client_, 0, {}, 0, target("web"));
  const Leg m2 = accept(server_, 0, m1.token);
  const Leg m3 = initiate(client_, m1.context, m2.token);
  ASSERT_EQ(accept(server_, m2.context, m3.token).status, SEC_E_OK);
  EXPECT_EQ(accept(server_, m2.context, m3.token).status, SEC_E_INVALID_TOKEN);  // the same context again
  EXPECT_EQ(initiate(client_, m1.context, m2.token).status, SEC_E_INVALID_TOKEN);
  const Leg again = accept(server_, 0, m1.token);  // M1 is anybody's
  ASSERT_EQ(again.status, SEC_I_CONTINUE_NEEDED);
  EXPECT_EQ(accept(server_, again.context, m3.token).status, SEC_E_MESSAGE_ALTERED);
  const Leg other = initiate(client_, 0, {}, 0, target("web"));
  EXPECT_EQ(initiate(client_, other.context, m2.token).status, SEC_E_MESSAGE_ALTERED);
  EXPECT_EQ(initiate(client_, again.context, m2.token).status, SEC_E_INVALID_HANDLE);  // the other role's
}

TEST_F(ContextTest, ChannelBindings) {
  const Bytes one = binding_of("tls-server-end-point:one");
  const Bytes two = binding_of("tls-server-end-point:two");
  EXPECT_EQ(handshake(0, 0, one, one).server.status, SEC_E_OK);
  EXPECT_EQ(handshake(0, 0, one, two).server.status, SEC_E_BAD_BINDINGS);
  EXPECT_EQ(handshake(0, 0, {}, one).server.status, SEC_E_BAD_BINDINGS);
  EXPECT_EQ(handshake(0, ASC_REQ_ALLOW_MISSING_BINDINGS, {}, one).server.status, SEC_E_OK);
  EXPECT_EQ(handshake(0, ASC_REQ_ALLOW_MISSING_BINDINGS, two, one).server.status, SEC_E_BAD_BINDINGS);
  Bytes leaving = one;
  leaving.pop_back();
  EXPECT_EQ(initiate(client_, 0, {}, 0, target("web"), leaving).status, SEC_E_INVALID_PARAMETER);
}

TEST_F(ContextTest, ASessionWithoutAKeyOrForAnotherPurposeHasNoCredentials) {
  LSA_SEC_HANDLE handle = 0;
  act_as(u"ada", 42);
  EXPECT_EQ(acquire(SECPKG_CRED_OUTBOUND, handle), SEC_E_NO_CREDENTIALS);
  EXPECT_EQ(as_ada([&] { return acquire(SECPKG_CRED_INBOUND, handle); }), SEC_E_NO_CREDENTIALS);
  EXPECT_EQ(as_ada([&] {
              caller().level = SecurityIdentification;
              return acquire(SECPKG_CRED_OUTBOUND, handle);
            }),
            SEC_E_NO_CREDENTIALS);
  LUID other = luid_of(web_session_);
  TimeStamp expiration{};
  const auto of_other = [&] {
    return table_.AcquireCredentialsHandle(nullptr, SECPKG_CRED_INBOUND, &other, nullptr, nullptr, nullptr, &handle,
                                           &expiration);
  };
  EXPECT_EQ(as_ada(of_other), SEC_E_NOT_OWNER);
  caller().trusted = true;
  EXPECT_EQ(of_other(), SEC_E_OK);
}

TEST_F(ContextTest, TheNameOfACredentialIsTheTarget) {
  SecPkgCredentials_NamesW names{};
  ASSERT_EQ(table_.QueryCredentialsAttributes(server_, SECPKG_CRED_ATTR_NAMES, &names), SEC_E_OK);
  const Bytes bytes = lsa_.client_memory.at(names.sUserName);
  const std::u16string expected = target("web");
  ASSERT_EQ(bytes.size(), (expected.size() + 1) * 2);
  EXPECT_EQ(std::memcmp(bytes.data(), expected.c_str(), bytes.size()), 0);
  support_.FreeClientBuffer(nullptr, names.sUserName);
}

TEST_F(ContextTest, TheKeyDiesWithItsSession) {
  const Leg m1 = initiate(client_, 0, {}, 0, target("web"));
  const Leg m2 = accept(server_, 0, m1.token);
  LUID ended = luid_of(ada_session_);
  table_.LogonTerminated(&ended);
  EXPECT_EQ(initiate(client_, m1.context, m2.token).status, SEC_E_NO_CREDENTIALS);  // a handshake that had begun
  EXPECT_EQ(initiate(client_, 0, {}, 0, target("web")).status, SEC_E_NO_CREDENTIALS);
  EXPECT_TRUE(lsa_.sessions.at(ada_session_).empty());
  EXPECT_FALSE(package()->sessions.contains(ada_session_));
}

TEST_F(ContextTest, TheKeyDiesOneSecondAfterNotAfter) {
  const std::int64_t last = package()->sessions.at(ada_session_)->fields.not_after;
  unix_now = last;
  EXPECT_EQ(handshake().server.status, SEC_E_OK);
  unix_now = last + 1;
  EXPECT_EQ(initiate(client_, 0, {}, 0, target("web")).status, SEC_E_NO_CREDENTIALS);
  EXPECT_TRUE(lsa_.sessions.at(ada_session_).empty());
}

TEST_F(ContextTest, ARemovedKeyIsRefusedAtTheNextHandshake) {
  package()->change_keys(
      [&](KeyStore& keys) { return keys.remove(lsa_.account(u"ada").sid, ada_key_.public_key().fingerprint()); });
  EXPECT_EQ(handshake().server.status, SEC_E_LOGON_DENIED);
  EXPECT_EQ(lsa_.client_tokens.size(), 0u);
}

TEST_F(ContextTest, AfterARestartTheSessionStillHasItsKey) {
  stop();
  start();
  ASSERT_EQ(as_ada([&] { return acquire(SECPKG_CRED_OUTBOUND, client_); }), SEC_E_OK);
  ASSERT_EQ(as_web([&] { return acquire(SECPKG_CRED_INBOUND, server_); }), SEC_E_OK);
  EXPECT_EQ(handshake().server.status, SEC_E_OK);
}

// Every support function of the last leg fails once: no session, no token, no memory is left.
TEST_F(ContextTest, AFailureOfTheLastLegLeavesNothingBehind) {
  bool failed = true;
  int n = 0;
  while (failed) {
    const Leg m1 = initiate(client_, 0, {}, 0, target("web"));
    const Leg m2 = accept(server_, 0, m1.token);
    const Leg m3 = initiate(client_, m1.context, m2.token);
    lsa_.fail_at(++n);
    const Leg last = accept(server_, m2.context, m3.token);
    failed = lsa_.has_failed();
    lsa_.fail_at(0);
    EXPECT_EQ(last.status < 0, failed) << n;
    EXPECT_EQ(last.mapped, !failed);
    expect_clean(failed ? 2 : 3, failed ? 0 : 1);
  }
  EXPECT_GE(n, 6);
}

TEST_F(ContextTest, ManyThreadsAtOnce) {
  std::atomic<int> done = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      act_as(u"ada", ada_session_);
      for (int i = 0; i < 25; ++i) {
        const Handshake h = handshake();
        done += h.server.status == SEC_E_OK ? 1 : 0;
        table_.DeleteContext(h.client.context);
        table_.DeleteContext(h.server.context);
      }
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(done, 100);
  EXPECT_TRUE(package()->contexts.all().empty());
}

}  // namespace
}  // namespace sshkey::test
