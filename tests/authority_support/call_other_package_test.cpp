// CallPackage between packages: who is whose client, how deep, and who may.
#include "authority_support/support_test.hpp"

namespace openlsa::authority {
namespace {

constexpr std::uint64_t host_window = 0x700000;
// SECPKG_CALL_RECURSIVE, _IN_PROC, _IS_TCB (ntsecpkg.h)
constexpr std::uint32_t recursive = 0x8, in_process = 0x10, is_tcb = 0x200;

class CallOther : public SupportTest {
 protected:
  void SetUp() override {
    SupportTest::SetUp();
    packages_.at("alpha").call_package = [this](seam::CallPackageRequest request) {
      const seam::CallOtherPackageReply answer = call(*alpha_, of(request.origin, request.package), u"beta");
      seam::CallPackageReply reply;
      reply.status = answer.status;
      reply.protocol_status = answer.protocol_status;
      return reply;
    };
  }
  static seam::CallOtherPackageReply call(HostSupport& host, const seam::SupportCaller& caller,
                                          const std::u16string& name, seam::ChainId waiting = {}) {
    seam::CallOtherPackageRequest request;
    request.caller = caller;
    request.waiting = waiting;
    request.thread_id = 4242;
    request.package_name = name;
    request.submit_buffer = base::Secret(base::as_bytes("question"));
    request.window = {host_window, 0x1000};
    return host.call_other_package(std::move(request));
  }
  static seam::LsaCallPackageRequest lsa_call(const TestClient& user, seam::PackageId package) {
    seam::LsaCallPackageRequest request;
    request.lsa_handle = user.lsa;
    request.package = package;
    request.frame.window = {window_base, 0x1000};
    return request;
  }
};

TEST_F(CallOther, TheOriginalCallerIsNamedAndTheWindowIsTheCallingHosts) {
  TestClient user = client(user_uid, false);
  seam::CallOrigin seen;
  nt::Luid session_in_beta;
  packages_.at("beta").call_package = [&](seam::CallPackageRequest request) {
    seen = request.origin;
    const seam::SupportCaller caller = of(request.origin, request.package);
    session_in_beta = beta_->query_host_token({caller, seam::current_client_token}).data.logon_id;
    // The user-mode half is of the package that the client called.
    EXPECT_EQ(beta_->route_client_callback({caller, {}}).status, STATUS_ACCESS_DENIED);
    seam::CallPackageReply reply;
    reply.protocol_status = STATUS_MORE_ENTRIES;
    return reply;
  };
  const seam::LsaCallPackageReply reply = user.connection->lsa_call_package(lsa_call(user, id_of("alpha")));
  EXPECT_EQ(reply.status, STATUS_SUCCESS);
  EXPECT_EQ(reply.protocol_status, STATUS_MORE_ENTRIES);
  EXPECT_EQ(seen.view.client, user.connection->client());
  EXPECT_EQ(seen.view.uid, user_uid);
  EXPECT_TRUE(seen.view.in_process);
  EXPECT_EQ(seen.window.base, host_window);
  EXPECT_EQ(seen.call_count, 2u);
  EXPECT_EQ(seen.thread_id, 4242u) << "of the client, as the host says it";
  EXPECT_EQ(seen.call_attributes, in_process | recursive);
  EXPECT_EQ(session_in_beta, user.connection->query_token({0}).data.logon_id);
}

TEST_F(CallOther, WorksFromADirectChannelAndFromNoCallAtAll) {
  TestClient user = client(user_uid, false);
  std::vector<seam::ClientId> clients;
  seam::SupportCaller kept;
  packages_.at("beta").call_package = [&](seam::CallPackageRequest request) {
    clients.push_back(request.origin.view.client);
    const seam::SupportCaller caller = of(request.origin, request.package);
    if (caller.chain) kept = caller;
    EXPECT_EQ(beta_->query_host_token({caller, 0}).status, STATUS_SUCCESS);
    return seam::CallPackageReply{};
  };
  EXPECT_EQ(call(*alpha_, on_channel(user, "alpha"), u"Beta").status, STATUS_SUCCESS);
  EXPECT_EQ(call(*alpha_, nobody("alpha"), u"Beta").status, STATUS_SUCCESS);
  EXPECT_EQ(clients, (std::vector<seam::ClientId>{user.connection->client(), seam::ClientId{}}));
  EXPECT_EQ(beta_->query_host_token({kept, seam::current_client_token}).status, STATUS_ACCESS_DENIED)
      << "the nested call is over";
}

TEST_F(CallOther, EndsBeforeTheCallAroundItDoes) {
  TestClient user = client(user_uid, false);
  seam::SupportCaller in_beta;
  packages_.at("beta").call_package = [&](seam::CallPackageRequest request) {
    in_beta = of(request.origin, request.package);
    return seam::CallPackageReply{};
  };
  packages_.at("alpha").call_package = [&](seam::CallPackageRequest request) {
    const seam::SupportCaller in_alpha = of(request.origin, request.package);
    EXPECT_EQ(call(*alpha_, in_alpha, u"Beta").status, STATUS_SUCCESS);
    EXPECT_EQ(beta_->query_host_token({in_beta, seam::current_client_token}).status, STATUS_ACCESS_DENIED);
    EXPECT_EQ(alpha_->query_host_token({in_alpha, seam::current_client_token}).status, STATUS_SUCCESS);
    return seam::CallPackageReply{};
  };
  EXPECT_EQ(user.connection->lsa_call_package(lsa_call(user, id_of("alpha"))).status, STATUS_SUCCESS);
}

TEST_F(CallOther, NeedsTheRight) {
  packages_.at("alpha").call_package = [](seam::CallPackageRequest) {
    ADD_FAILURE() << "was reached without the right";
    return seam::CallPackageReply{};
  };
  EXPECT_EQ(call(*beta_, nobody("beta"), u"Alpha").status, STATUS_ACCESS_DENIED);
  EXPECT_TRUE(refused("may not call package Alpha"));
  EXPECT_EQ(call(*beta_, nobody("beta"), u"Gamma").status, STATUS_NO_SUCH_PACKAGE);
}

TEST_F(CallOther, DepthIsBounded) {
  TestClient user = client(user_uid, false);
  std::uint32_t deepest = 0;
  nt::Status last = STATUS_SUCCESS;
  // Beta has no right of its own; a hijacked one that shares the chain asks as alpha would.
  packages_.at("beta").call_package = [&](seam::CallPackageRequest request) {
    deepest = std::max(deepest, request.origin.call_count);
    seam::SupportCaller as_alpha{id_of("alpha"), request.origin.view.client, {}, request.origin.chain};
    const nt::Status status = call(*alpha_, as_alpha, u"Beta").status;
    if (status != STATUS_SUCCESS) last = status;
    return seam::CallPackageReply{};
  };
  EXPECT_EQ(user.connection->lsa_call_package(lsa_call(user, id_of("alpha"))).status, STATUS_SUCCESS);
  EXPECT_EQ(deepest, CallTable::max_depth);
  EXPECT_EQ(last, STATUS_STACK_OVERFLOW);

  deepest = 0;
  last = STATUS_SUCCESS;
  packages_.at("beta").call_package = [&](seam::CallPackageRequest) {
    ++deepest;
    const nt::Status status = call(*alpha_, nobody("alpha"), u"Beta").status;
    if (status != STATUS_SUCCESS) last = status;
    return seam::CallPackageReply{};
  };
  EXPECT_EQ(call(*alpha_, nobody("alpha"), u"Beta").status, STATUS_SUCCESS);
  EXPECT_EQ(deepest, HostSupport::max_detached_calls) << "threads of the package's own, at once";
  EXPECT_EQ(last, STATUS_QUOTA_EXCEEDED);
}

// Beta answers with a call to alpha, whose rights open that: alpha's thread waits under the chain's name.
TEST_F(CallOther, AChainFromAChannelOrAThreadHasTheNameThatItsThreadWaitsBy) {
  TestClient user = client(user_uid, false);
  const seam::ChainId waiting{0xabcdef0123456789};
  std::vector<seam::CallOrigin> seen;
  packages_.at("beta").call_package = [&](seam::CallPackageRequest request) {
    seen.push_back(request.origin);
    return seam::CallPackageReply{};
  };
  EXPECT_EQ(call(*alpha_, on_channel(user, "alpha"), u"Beta", waiting).status, STATUS_SUCCESS);
  EXPECT_EQ(call(*alpha_, nobody("alpha"), u"Beta", waiting).status, STATUS_SUCCESS) << "the name is free again";
  ASSERT_EQ(seen.size(), 2u);
  EXPECT_EQ(seen[0].chain, waiting);
  EXPECT_EQ(seen[0].call_count, 2u) << "within the client's call";
  EXPECT_EQ(seen[0].call_attributes, in_process | recursive);
  EXPECT_EQ(seen[1].chain, waiting);
  EXPECT_EQ(seen[1].call_count, 1u) << "a call of its own";
  EXPECT_EQ(seen[1].call_attributes, in_process);
  EXPECT_TRUE(seen[1].view.in_process);
  EXPECT_EQ(seen[1].view.process_id, 1u) << "the client is the host";
}

TEST_F(CallOther, AChainsNameOpensNothingAndIsTakenOnce) {
  TestClient user = client(user_uid, false);
  seam::ChainId first, second;
  packages_.at("beta").call_package = [&](seam::CallPackageRequest request) {
    if (first) {
      second = request.origin.chain;
      return seam::CallPackageReply{};
    }
    first = request.origin.chain;
    // Another thread of alpha asks for the chain that runs, and a host that is not in it claims it.
    EXPECT_EQ(call(*alpha_, nobody("alpha"), u"Beta", first).status, STATUS_SUCCESS);
    const seam::SupportCaller foreign{id_of("alpha"), {}, {}, first};
    EXPECT_EQ(alpha_->query_host_token({foreign, 0}).status, STATUS_ACCESS_DENIED);
    return seam::CallPackageReply{};
  };
  EXPECT_EQ(call(*alpha_, nobody("alpha"), u"Beta", {77}).status, STATUS_SUCCESS);
  EXPECT_EQ(first, seam::ChainId{77});
  EXPECT_TRUE(second);
  EXPECT_NE(second, first);
  // Names that the authority gives skip those that hosts have taken.
  CallTable& calls = authority_->calls();
  const seam::ChainId given = calls.begin(nullptr, nullptr);
  const seam::ChainId taken = calls.begin(nullptr, nullptr, {given.value + 1});
  EXPECT_EQ(taken.value, given.value + 1);
  EXPECT_EQ(calls.begin(nullptr, nullptr).value, given.value + 2);
  EXPECT_NE(calls.begin(nullptr, nullptr, taken), taken);
}

TEST_F(CallOther, InAChainOfAThreadTheClientIsTheHost) {
  nt::Status own_token = 1, session = 1;
  nt::Luid impersonated;
  std::uint32_t given = 0;
  packages_.at("beta").call_package = [&](seam::CallPackageRequest request) {
    const seam::SupportCaller caller = of(request.origin, request.package);
    const auto token = beta_->query_host_token({caller, seam::current_client_token});
    own_token = token.status;
    impersonated = token.data.logon_id;
    const nt::Luid made = make_session(*beta_, caller);
    const auto placed = beta_->duplicate_into_client({caller, make_token(*beta_, caller, made)});
    EXPECT_EQ(placed.status, STATUS_SUCCESS);
    given = placed.client_token;
    EXPECT_EQ(beta_->route_client_callback({caller, {}}).status, STATUS_NOT_SUPPORTED) << "it has no user-mode half";
    // What the call leaves behind without a token goes with it.
    session = beta_->create_logon_session({caller, {0x123456789}}).status;
    return seam::CallPackageReply{};
  };
  EXPECT_EQ(call(*alpha_, nobody("alpha"), u"Beta").status, STATUS_SUCCESS);
  EXPECT_EQ(own_token, STATUS_SUCCESS) << "ImpersonateClient acts as the host";
  EXPECT_EQ(impersonated, alpha_->query_host_token({nobody("alpha"), 0}).data.logon_id);
  EXPECT_EQ(alpha_->query_host_token({nobody("alpha"), given}).status, STATUS_SUCCESS);
  EXPECT_EQ(session, STATUS_SUCCESS);
  EXPECT_EQ(authority_->sessions().state({0x123456789}), std::nullopt);
}

TEST_F(CallOther, PackagesOfOneFileNeedNoRight) {
  int calls = 0;
  packages_.at("beta").call_package = [&](seam::CallPackageRequest request) {
    ++calls;
    if (calls == 1) {
      EXPECT_EQ(call(*beta_, of(request.origin, request.package), u"Beta").status, STATUS_SUCCESS);
    }
    return seam::CallPackageReply{};
  };
  EXPECT_EQ(call(*beta_, nobody("beta"), u"Beta").status, STATUS_SUCCESS) << "which calls itself";
  EXPECT_EQ(calls, 2);
}

// Of nested calls the innermost has the least time, so that a hang costs the host that hangs and no other.
TEST_F(CallOther, DeadlinesNest) {
  const auto now = RunningCalls::Clock::now();
  const auto inner = Registry::deadline_within(now + std::chrono::hours(8));
  EXPECT_GT(inner, now);
  EXPECT_LE(inner, RunningCalls::Clock::now() + std::chrono::hours(4));
  EXPECT_GT(inner, now + std::chrono::hours(3));
  const auto over = Registry::deadline_within(now - std::chrono::hours(1));
  EXPECT_LE(over, RunningCalls::Clock::now()) << "already";

  std::vector<RunningCalls::Clock::time_point> until;
  CallTable& calls = authority_->calls();
  packages_.at("beta").call_package = [&](seam::CallPackageRequest request) {
    const seam::SupportCaller in_beta = of(request.origin, request.package);
    const auto context = this->context("beta");
    until.push_back(calls.find(context->id, in_beta)->until);
    if (until.size() < 3) {
      EXPECT_EQ(call(*beta_, in_beta, u"Beta").status, STATUS_SUCCESS);
    }
    return seam::CallPackageReply{};
  };
  EXPECT_EQ(call(*alpha_, nobody("alpha"), u"Beta").status, STATUS_SUCCESS);
  ASSERT_EQ(until.size(), 3u);
  EXPECT_GT(until[0], until[1]);
  EXPECT_GT(until[1], until[2]);
}

TEST_F(CallOther, WhatIsReturnedLiesInTheWindow) {
  packages_.at("beta").call_package = [](seam::CallPackageRequest request) {
    seam::CallPackageReply reply;
    reply.return_address = request.origin.window.base + request.origin.window.size_bytes - 4;
    reply.return_size_bytes = 8;
    return reply;
  };
  EXPECT_EQ(call(*alpha_, nobody("alpha"), u"Beta").status, STATUS_ACCESS_VIOLATION);
}

TEST_F(CallOther, DuplicateHandleGoesToTheHostThatCalls) {
  TestClient user = client(user_uid, false);
  nt::Luid session;
  std::uint32_t given = 0;
  packages_.at("beta").call_package = [&](seam::CallPackageRequest request) {
    const seam::SupportCaller caller = of(request.origin, request.package);
    session = make_session(*beta_, caller);
    const seam::DuplicateIntoClientReply reply =
        beta_->duplicate_into_client({caller, make_token(*beta_, caller, session)});
    EXPECT_EQ(reply.status, STATUS_SUCCESS);
    given = reply.client_token;
    return seam::CallPackageReply{};
  };
  EXPECT_EQ(user.connection->lsa_call_package(lsa_call(user, id_of("alpha"))).status, STATUS_SUCCESS);
  EXPECT_EQ(alpha_->query_host_token({nobody("alpha"), given}).data.logon_id, session);
  EXPECT_EQ(user.connection->query_token({given}).status, STATUS_INVALID_HANDLE);
}

// Alpha calls two packages on two threads; the one that it called first ends first.
TEST_F(CallOther, AnEndedCallTakesNoOtherWithIt) {
  TestClient user = client(user_uid, false);
  CallTable& calls = authority_->calls();
  const std::shared_ptr<Client> owner = authority_->clients().find(user.connection->client());
  const seam::ChainId chain = calls.begin(owner, nullptr);
  const seam::HostId alpha{101}, beta{102}, gamma{103};
  for (const auto& [host, package] : {std::pair{alpha, 1u}, {beta, 65u}, {gamma, 129u}})
    ASSERT_EQ(calls.enter(chain, {host, package, {}, nullptr, {}, nullptr}), STATUS_SUCCESS);
  calls.leave(chain, beta, 65);
  EXPECT_TRUE(calls.find(gamma, {129, owner->id(), {}, chain}));
  EXPECT_FALSE(calls.find(beta, {65, owner->id(), {}, chain}));
  calls.leave(chain, gamma, 129);
  EXPECT_FALSE(calls.find(gamma, {129, owner->id(), {}, chain}));
  EXPECT_TRUE(calls.find(alpha, {1, owner->id(), {}, chain}));
  calls.end(chain);
}

}  // namespace
}  // namespace openlsa::authority
