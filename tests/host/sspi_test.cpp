#include "host/lsa_heap.hpp"
#include "host/support.hpp"
#include "host/support/support_table.hpp"

namespace openlsa::host::test {
namespace {

class SspiTest : public HostTest {
 protected:
  void SetUp() override {
    ASSERT_EQ(load("test_echo").status, STATUS_SUCCESS);
    channel = open_channel();
    ASSERT_NE(channel, nullptr);
    const auto acquired = channel->acquire_credentials({});
    ASSERT_EQ(acquired.status, SEC_E_OK);
    EXPECT_EQ(acquired.expiry.ticks, 42);
    credential = acquired.credential;
  }
  // The channel goes before its runtime.
  void TearDown() override {
    channel.reset();
    HostTest::TearDown();
  }

  seam::InitializeContextRequest first_leg(seam::OptionalText target = std::nullopt) {
    seam::InitializeContextRequest request;
    request.credential = credential;
    request.target_name = std::move(target);
    request.output = {{SECBUFFER_TOKEN, 64, std::nullopt, 0}};
    return request;
  }
  seam::SecBufferValue token(std::string_view text) {
    return {SECBUFFER_TOKEN, static_cast<std::uint32_t>(text.size()), base::to_bytes(base::as_bytes(text)), 0};
  }

  std::unique_ptr<Channel> channel;
  seam::SecHandleValue credential;
};

TEST_F(SspiTest, AHandshakeNamesItsContextAndHandsOverItsKeyOnce) {
  const std::size_t blocks = lsa_heap::live_blocks();
  auto first = channel->initialize_context(first_leg());
  ASSERT_EQ(first.status, SEC_I_CONTINUE_NEEDED);
  ASSERT_EQ(first.output.size(), 1u);
  EXPECT_EQ(text_of(first.output[0].data), "hello");
  EXPECT_EQ(first.output[0].size_bytes, 5u);
  EXPECT_FALSE(first.mapped);

  auto request = first_leg();
  request.context = first.context;
  request.input = {token("answerREST"), {SECBUFFER_EMPTY, 0, std::nullopt, 0}};
  auto second = channel->initialize_context(std::move(request));
  ASSERT_EQ(second.status, SEC_E_OK);
  EXPECT_EQ(second.context, first.context);
  EXPECT_TRUE(second.mapped);
  EXPECT_TRUE(base::equal(second.context_data.reveal(), base::as_bytes("session key")));
  EXPECT_EQ(second.lsa_context, first.lsa_context);
  EXPECT_EQ(second.attributes, std::uint32_t{ISC_RET_CONFIDENTIALITY});
  ASSERT_EQ(second.input.size(), 2u);
  EXPECT_EQ(second.input[1].type, std::uint32_t{SECBUFFER_EXTRA});
  EXPECT_EQ(second.input[1].size_bytes, 5u);
  EXPECT_EQ(lsa_heap::live_blocks(), blocks);

  EXPECT_EQ(channel->delete_context({first.context}).status, SEC_E_OK);
  EXPECT_EQ(observed().DeletedContexts, 1u);
  EXPECT_EQ(observed().LastFreeAttributes & SECPKG_CALL_CLEANUP, 0u);
}

TEST_F(SspiTest, TheAcceptingSideReadsItsInput) {
  seam::AcceptContextRequest request;
  request.credential = credential;
  request.input = {token("knock")};
  request.output = {{SECBUFFER_TOKEN, 64, std::nullopt, 0}};
  const auto reply = channel->accept_context(std::move(request));
  ASSERT_EQ(reply.status, SEC_E_OK);
  EXPECT_EQ(text_of(reply.output[0].data), "knock");
}

TEST_F(SspiTest, MemoryThatThePackageAllocatedIsCopiedAndFreed) {
  const std::size_t blocks = lsa_heap::live_blocks();
  auto request = first_leg();
  request.requirements = ISC_REQ_ALLOCATE_MEMORY;
  request.output[0].size_bytes = 0;
  const auto reply = channel->initialize_context(std::move(request));
  ASSERT_EQ(reply.status, SEC_I_CONTINUE_NEEDED);
  EXPECT_EQ(text_of(reply.output[0].data), "hello");
  EXPECT_EQ(lsa_heap::live_blocks(), blocks);
}

TEST_F(SspiTest, ABlockThatIsNamedTwiceIsReadTwiceAndFreedOnce) {
  const std::size_t blocks = lsa_heap::live_blocks();
  auto request = first_leg(u"one block");
  request.requirements = ISC_REQ_ALLOCATE_MEMORY;
  request.output[0].size_bytes = 0;
  const auto reply = channel->initialize_context(std::move(request));
  ASSERT_EQ(reply.status, SEC_E_OK);
  EXPECT_EQ(text_of(reply.output[0].data), "hello");
  EXPECT_TRUE(base::equal(reply.context_data.reveal(), base::as_bytes("hello")));
  EXPECT_EQ(lsa_heap::live_blocks(), blocks);
}

TEST_F(SspiTest, AnOutputBufferThatIsTooSmallIsNotWritten) {
  auto request = first_leg();
  request.output[0].size_bytes = 3;
  const auto reply = channel->initialize_context(std::move(request));
  EXPECT_EQ(reply.status, SEC_E_BUFFER_TOO_SMALL);
  ASSERT_EQ(reply.output.size(), 1u);
  EXPECT_FALSE(reply.output[0].data.has_value());
}

TEST_F(SspiTest, OutputThatIsNotTheCallersFailsTheLegAndItsContextIsDeleted) {
  for (const char16_t* target : {u"wild", u"too long"}) {
    const auto reply = channel->initialize_context(first_leg(target));
    EXPECT_EQ(reply.status, SEC_E_INTERNAL_ERROR);
    EXPECT_TRUE(reply.output.empty());
    EXPECT_EQ(reply.context, seam::SecHandleValue{});
  }
  EXPECT_EQ(observed().DeletedContexts, 2u);
  EXPECT_EQ(runtime->host_health({}).context_handles, 0u);
}

TEST_F(SspiTest, AFailedLegLeavesNeitherContextNorToken) {
  EXPECT_EQ(channel->initialize_context(first_leg(u"fail")).status, SEC_E_LOGON_DENIED);
  EXPECT_EQ(observed().DeletedContexts, 1u);
  EXPECT_EQ(support->revoked_tokens, std::vector<std::uint32_t>{0x108});
}

TEST_F(SspiTest, AnExceptionFailsItsLegOnly) {
  EXPECT_EQ(channel->initialize_context(first_leg(u"throw")).status, SEC_E_INTERNAL_ERROR);
  EXPECT_EQ(channel->initialize_context(first_leg()).status, SEC_I_CONTINUE_NEEDED);
}

TEST_F(SspiTest, StaleAndForeignHandlesFindNothing) {
  ASSERT_EQ(channel->free_credentials({credential}).status, SEC_E_OK);
  EXPECT_EQ(channel->free_credentials({credential}).status, SEC_E_INVALID_HANDLE);
  EXPECT_EQ(channel->initialize_context(first_leg()).status, SEC_E_INVALID_HANDLE);
  EXPECT_EQ(observed().FreedCredentials, 1u);

  const auto again = channel->acquire_credentials({});
  ASSERT_EQ(again.status, SEC_E_OK);
  EXPECT_EQ(channel->delete_context({again.credential}).status, SEC_E_INVALID_HANDLE);  // of the other kind
  const auto other = open_channel(7, 8);
  EXPECT_EQ(other->free_credentials({again.credential}).status, SEC_E_INVALID_HANDLE);  // of another client

  auto neither = first_leg();
  neither.credential = {};
  EXPECT_EQ(channel->initialize_context(std::move(neither)).status, SEC_E_INVALID_HANDLE);
}

TEST_F(SspiTest, AClientCannotClaimFlagsOfTheSystem) {
  auto request = first_leg();
  request.frame.call_attributes = SECPKG_CALL_IS_TCB;
  EXPECT_EQ(channel->initialize_context(std::move(request)).status, STATUS_INVALID_PARAMETER);
}

TEST_F(SspiTest, AFailedAcquireGivesNoHandle) {
  seam::AcquireCredentialsRequest request;
  request.principal = u"nobody";
  EXPECT_EQ(channel->acquire_credentials(std::move(request)).status, SEC_E_NO_CREDENTIALS);
  EXPECT_EQ(runtime->host_health({}).credential_handles, 1u);  // that of SetUp
}

TEST_F(SspiTest, AttributesComeAsTheStructuresBytes) {
  const auto leg = channel->initialize_context(first_leg());
  seam::QueryContextAttributesRequest request;
  request.context = leg.context;
  request.attribute = SECPKG_ATTR_SIZES;
  request.buffer_size_bytes = sizeof(SecPkgContext_Sizes);
  const auto reply = channel->query_context_attributes(request);
  ASSERT_EQ(reply.status, SEC_E_OK);
  ASSERT_EQ(reply.buffer.size(), sizeof(SecPkgContext_Sizes));
  SecPkgContext_Sizes sizes;
  std::memcpy(&sizes, reply.buffer.data(), sizeof sizes);
  EXPECT_EQ(sizes.cbMaxToken, 77u);

  // The package writes its structure whatever the client claims; the client gets what it asked for.
  request.buffer_size_bytes = 1;
  EXPECT_EQ(channel->query_context_attributes(request).buffer.size(), 1u);
}

TEST_F(SspiTest, ADeadClientsHandlesAreFreedWithTheCleanupFlags) {
  const auto leg = channel->initialize_context(first_leg());
  ASSERT_EQ(leg.status, SEC_I_CONTINUE_NEEDED);
  const auto other = open_channel(7, 8);
  ASSERT_EQ(other->acquire_credentials({}).status, SEC_E_OK);

  EXPECT_EQ(runtime->client_gone({.client = {1}, .channel = {}, .process_terminated = true}).status, STATUS_SUCCESS);
  EXPECT_EQ(observed().DeletedContexts, 1u);
  EXPECT_EQ(observed().FreedCredentials, 1u);
  const ULONG expected = SECPKG_CALL_CLEANUP | SECPKG_CALL_PROCESS_TERM;
  EXPECT_EQ(observed().LastFreeAttributes & expected, expected);
  EXPECT_EQ(ended_channels, std::vector<std::uint64_t>{2});
  EXPECT_EQ(channel->free_credentials({credential}).status, SEC_E_INVALID_HANDLE);
  EXPECT_EQ(channel->acquire_credentials({}).status, SEC_E_INVALID_HANDLE);

  // The other client keeps its own until its channel ends.
  EXPECT_EQ(runtime->host_health({}).credential_handles, 1u);
  channel.reset();
  EXPECT_EQ(observed().FreedCredentials, 1u);
}

// The token that the channel was opened under is closed; the process goes on.
TEST_F(SspiTest, TheEndOfAChannelOfALivingClientIsNoTermination) {
  channel->initialize_context(first_leg());
  EXPECT_EQ(runtime->client_gone({.client = {1}, .channel = {2}, .process_terminated = false}).status, STATUS_SUCCESS);
  EXPECT_EQ(observed().DeletedContexts, 1u);
  EXPECT_EQ(observed().FreedCredentials, 1u);
  const ULONG mask = SECPKG_CALL_CLEANUP | SECPKG_CALL_PROCESS_TERM | SECPKG_CALL_THREAD_TERM;
  EXPECT_EQ(observed().LastFreeAttributes & mask, ULONG{SECPKG_CALL_CLEANUP});
}

// What runs for a client that ends meanwhile is told so; it is no call that cleans up.
TEST_F(SspiTest, ACallInFlightHearsOfItsClientsEnd) {
  const auto information = [] {
    SECPKG_CALL_INFO call{};
    SECPKG_CLIENT_INFO client{};
    EXPECT_TRUE(support_table().GetCallInfo(&call));
    EXPECT_EQ(support_table().GetClientInfo(&client), STATUS_SUCCESS);
    return std::pair{call.Attributes, ULONG{client.ClientFlags}};
  };
  const seam::CallOrigin origin = origin_with_window();
  CurrentCall call(*runtime, *runtime->first_package(), &origin);
  EXPECT_EQ(information(), (std::pair<ULONG, ULONG>{0, 0}));
  PVOID block = nullptr;
  EXPECT_EQ(support_table().AllocateClientBuffer(nullptr, 16, &block), STATUS_SUCCESS);
  runtime->client_gone({.client = {2}, .channel = {}, .process_terminated = true});
  EXPECT_EQ(information(), (std::pair<ULONG, ULONG>{0, 0})) << "another client";
  runtime->client_gone({.client = {1}, .channel = {}, .process_terminated = true});
  EXPECT_EQ(information(), (std::pair<ULONG, ULONG>{SECPKG_CALL_PROCESS_TERM, SECPKG_CLIENT_PROCESS_TERMINATED}));
  EXPECT_EQ(support_table().AllocateClientBuffer(nullptr, 16, &block), STATUS_INVALID_PARAMETER);
}

TEST_F(SspiTest, TheEndOfAChannelFreesItsHandles) {
  channel->initialize_context(first_leg());
  channel.reset();
  EXPECT_EQ(observed().DeletedContexts, 1u);
  EXPECT_EQ(observed().FreedCredentials, 1u);
  EXPECT_EQ(runtime->host_health({}).channels, 0u);
}

}  // namespace
}  // namespace openlsa::host::test
