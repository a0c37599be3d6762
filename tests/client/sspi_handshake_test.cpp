#include <sys/wait.h>

#include <cstring>

#include "client/sspi_fixture.hpp"
#include "support/ownership.hpp"

namespace openlsa::client {
namespace {

TEST_F(Sspi, AHandshakeOfTwoLegsAndItsEnd) {
  CredHandle credential{};
  ASSERT_EQ(acquire(credential), SEC_E_OK);
  std::vector<seam::InitializeContextRequest> legs;
  host_.on_initialize = [&](seam::InitializeContextRequest& request) {
    legs.push_back(request);
    seam::ContextReply reply = legs.size() == 1 ? seam::ContextReply{} : host_.finished(0x20);
    if (legs.size() == 1) reply.status = SEC_I_CONTINUE_NEEDED;
    reply.context = {5, 2};
    reply.attributes = ISC_RET_CONFIDENTIALITY;
    reply.output = {token_of(legs.size() == 1 ? "hello" : "bye")};
    return reply;
  };
  CtxtHandle context{}, again{};
  ASSERT_EQ(initialize(credential, nullptr, context), SEC_I_CONTINUE_NEEDED);
  EXPECT_EQ(std::string(out_bytes_, out_.cbBuffer), "hello");
  char text[] = "abc";
  EXPECT_EQ(encrypt(context, text, 3), SEC_E_INVALID_HANDLE);  // not mapped yet
  ASSERT_EQ(initialize(credential, &context, again), SEC_E_OK);
  EXPECT_EQ(again.dwLower, context.dwLower);
  EXPECT_EQ(std::string(out_bytes_, out_.cbBuffer), "bye");
  EXPECT_EQ(attributes_, ULONG{ISC_RET_CONFIDENTIALITY});
  ASSERT_EQ(legs.size(), 2u);
  EXPECT_EQ(legs[0].target_name, u"target");
  EXPECT_EQ(legs[0].frame.call_attributes, std::uint32_t{SECPKG_CALL_ANSI});
  EXPECT_EQ(legs[0].output[0].size_bytes, sizeof out_bytes_);
  EXPECT_TRUE(legs[0].input.empty());
  EXPECT_EQ(legs[1].input[0].data, base::to_bytes(base::as_bytes("token")));
  EXPECT_EQ(legs[1].context.lower, 5u);

  ASSERT_EQ(encrypt(context, text, 3), SEC_E_OK);
  EXPECT_STREQ(text, "ABC");
  EXPECT_EQ(DeleteSecurityContext(&context), SEC_E_OK);
  EXPECT_EQ(DeleteSecurityContext(&context), SEC_E_INVALID_HANDLE);
  EXPECT_EQ(encrypt(context, text, 3), SEC_E_INVALID_HANDLE);
  EXPECT_EQ(host_.deleted_contexts, 1);
  EXPECT_EQ(FreeCredentialsHandle(&context), SEC_E_INVALID_HANDLE);  // the other kind
  EXPECT_EQ(FreeCredentialsHandle(&credential), SEC_E_OK);
  EXPECT_EQ(FreeCredentialsHandle(&credential), SEC_E_INVALID_HANDLE);
  EXPECT_EQ(host_.freed_credentials, 1);
}

// One block for two buffers would be read after it was freed, or be freed twice by the application.
TEST_F(Sspi, ABlockIsTheAnswerOfOneBufferOnly) {
  CredHandle credential{};
  ASSERT_EQ(acquire(credential), SEC_E_OK);
  host_.on_initialize = [&](seam::InitializeContextRequest& request) {
    const std::uint64_t block = request.frame.window.base;
    seam::ContextReply reply = host_.finished(1);
    reply.writes.allocations = {{block, 4}};
    reply.writes.writes = {{block, {1, 2, 3, 4}}};
    reply.output.assign(2, {SECBUFFER_TOKEN, 4, std::nullopt, block});
    return reply;
  };
  for (const ULONG requirements : {ULONG{0}, ULONG{ISC_REQ_ALLOCATE_MEMORY}}) {
    char first[8] = {}, second[8] = {};
    SecBuffer buffers[2] = {{8, SECBUFFER_TOKEN, first}, {8, SECBUFFER_TOKEN, second}};
    SecBufferDesc output{SECBUFFER_VERSION, 2, buffers};
    CtxtHandle context{};
    EXPECT_EQ(InitializeSecurityContextA(&credential, nullptr, nullptr, requirements, 0, 0, nullptr, 0, &context,
                                         &output, &attributes_, &expiry_),
              SEC_E_INTERNAL_ERROR);
    EXPECT_EQ(buffers[0].pvBuffer, first);
    EXPECT_EQ(first[0], 0);
  }
  EXPECT_EQ(FreeCredentialsHandle(&credential), SEC_E_OK);
}

TEST_F(Sspi, OutputNeverLeavesItsBufferAndNothingIsLeftBehind) {
  CredHandle credential{};
  ASSERT_EQ(acquire(credential), SEC_E_OK);
  host_.on_initialize = [&](seam::InitializeContextRequest&) {
    seam::ContextReply reply = host_.finished(1);
    reply.output = {token_of("seventeen bytes!!")};
    return reply;
  };
  CtxtHandle context{};
  std::memset(out_bytes_, 'x', sizeof out_bytes_);
  EXPECT_EQ(initialize(credential, nullptr, context), SEC_E_BUFFER_TOO_SMALL);
  EXPECT_EQ(out_bytes_[0], 'x');
  EXPECT_EQ(host_.deleted_contexts, 1);
  EXPECT_EQ(of_half<int>("half_contexts"), 0);
  EXPECT_EQ(context.dwUpper, 0u);

  ASSERT_EQ(initialize(credential, nullptr, context, ISC_REQ_ALLOCATE_MEMORY), SEC_E_OK);
  ASSERT_NE(out_.pvBuffer, out_bytes_);
  EXPECT_EQ(std::memcmp(out_.pvBuffer, "seventeen bytes!!", 17), 0);
  EXPECT_EQ(FreeContextBuffer(out_.pvBuffer), SEC_E_OK);
  openlsa::test::expect_wrong_frees("refused_frees");
  EXPECT_EQ(FreeContextBuffer(out_.pvBuffer), SEC_E_INVALID_HANDLE);
  EXPECT_EQ(DeleteSecurityContext(&context), SEC_E_OK);
}

TEST_F(Sspi, TheInputSaysWhatIsLeftOrMissing) {
  CredHandle credential{};
  ASSERT_EQ(acquire(credential), SEC_E_OK);
  std::uint32_t type = SECBUFFER_EXTRA, size = 2;
  host_.on_initialize = [&](seam::InitializeContextRequest& request) {
    seam::ContextReply reply = host_.finished(1);
    reply.context = {5, 2};
    reply.output = {token_of("")};
    if (!request.input.empty()) reply.input = {{type, size, std::nullopt, 0}};
    return reply;
  };
  CtxtHandle context{};
  ASSERT_EQ(initialize(credential, nullptr, context), SEC_E_OK);
  ASSERT_EQ(initialize(credential, &context, context), SEC_E_OK);
  EXPECT_EQ(in_.BufferType, ULONG{SECBUFFER_EXTRA});
  EXPECT_EQ(in_.cbBuffer, 2u);
  type = SECBUFFER_MISSING, size = 1000;
  ASSERT_EQ(initialize(credential, &context, context), SEC_E_OK);
  EXPECT_EQ(in_.cbBuffer, 1000u);
  type = SECBUFFER_TOKEN;  // a token that became longer than its memory
  EXPECT_EQ(initialize(credential, &context, context), SEC_E_INTERNAL_ERROR);
  EXPECT_EQ(in_.cbBuffer, 5u);
  EXPECT_EQ(DeleteSecurityContext(&context), SEC_E_OK);
}

TEST_F(Sspi, AFailedLegMayCarryAMessageForThePeer) {
  CredHandle credential{};
  ASSERT_EQ(acquire(credential), SEC_E_OK);
  host_.on_initialize = [&](seam::InitializeContextRequest&) {
    seam::ContextReply reply;
    reply.status = STATUS_LOGON_FAILURE;
    reply.output = {token_of("alert")};
    return reply;
  };
  CtxtHandle context{};
  EXPECT_EQ(initialize(credential, nullptr, context), SEC_E_LOGON_DENIED);
  EXPECT_EQ(std::string(out_bytes_, out_.cbBuffer), "alert");
}

TEST_F(Sspi, BadArgumentsAreAnsweredHere) {
  CredHandle credential{};
  EXPECT_EQ(AcquireCredentialsHandleA(nullptr, const_cast<char*>("none"), 1, nullptr, nullptr, nullptr, nullptr,
                                      &credential, nullptr),
            SEC_E_SECPKG_NOT_FOUND);
  EXPECT_EQ(AcquireCredentialsHandleW(nullptr, nullptr, 1, nullptr, nullptr, nullptr, nullptr, &credential, nullptr),
            SEC_E_SECPKG_NOT_FOUND);
  ASSERT_EQ(acquire(credential), SEC_E_OK);
  CtxtHandle context{};
  EXPECT_EQ(
      InitializeSecurityContextA(nullptr, nullptr, nullptr, 0, 0, 0, nullptr, 0, &context, nullptr, nullptr, nullptr),
      SEC_E_INVALID_HANDLE);
  EXPECT_EQ(InitializeSecurityContextA(&credential, nullptr, nullptr, 0, 0, 0, nullptr, 0, nullptr, nullptr, nullptr,
                                       nullptr),
            SEC_E_INVALID_PARAMETER);
  SecBuffer buffers[65] = {};
  SecBufferDesc too_many{SECBUFFER_VERSION, 65, buffers}, version{1, 1, buffers},
      no_array{SECBUFFER_VERSION, 1, nullptr};
  for (SecBufferDesc* bad : {&too_many, &version, &no_array}) {
    EXPECT_EQ(AcceptSecurityContext(&credential, nullptr, bad, 0, 0, &context, nullptr, nullptr, nullptr),
              SEC_E_INVALID_PARAMETER);
    EXPECT_EQ(EncryptMessage(&context, 0, bad, 0), SEC_E_INVALID_PARAMETER);
  }
  EXPECT_EQ(MakeSignature(&context, 0, nullptr, 0), SEC_E_INVALID_PARAMETER);
  buffers[0] = {4, SECBUFFER_TOKEN, nullptr};
  SecBufferDesc no_memory{SECBUFFER_VERSION, 1, buffers};
  EXPECT_EQ(AcceptSecurityContext(&credential, nullptr, &no_memory, 0, 0, &context, nullptr, nullptr, nullptr),
            SEC_E_INVALID_PARAMETER);
  EXPECT_EQ(RevertSecurityContext(&context), SEC_E_INVALID_HANDLE);
}

TEST_F(Sspi, ALostHostCostsWhatNeedsItAndNothingElse) {
  CredHandle credential{};
  ASSERT_EQ(acquire(credential), SEC_E_OK);
  bool map = true;
  host_.on_initialize = [&](seam::InitializeContextRequest&) {
    seam::ContextReply reply = map ? host_.finished(0x20) : seam::ContextReply{.status = SEC_I_CONTINUE_NEEDED};
    if (!map) reply.context = {50, 2};
    reply.output = {token_of("x")};
    return reply;
  };
  CtxtHandle finished{}, half_open{};
  ASSERT_EQ(initialize(credential, nullptr, finished), SEC_E_OK);
  map = false;
  ASSERT_EQ(initialize(credential, nullptr, half_open), SEC_I_CONTINUE_NEEDED);
  host_.on_initialize = [&](seam::InitializeContextRequest&) {
    host_.die();
    return seam::ContextReply{};
  };
  CtxtHandle none{};
  EXPECT_EQ(initialize(credential, nullptr, none), SEC_E_INTERNAL_ERROR);  // in flight
  EXPECT_EQ(out_.cbBuffer, 0u);
  EXPECT_EQ(initialize(credential, nullptr, none), SEC_E_INVALID_HANDLE);
  EXPECT_EQ(initialize(credential, &half_open, none), SEC_E_INVALID_HANDLE);
  char text[] = "abc";
  EXPECT_EQ(encrypt(finished, text, 3), SEC_E_OK);
  EXPECT_STREQ(text, "ABC");
  EXPECT_EQ(encrypt(half_open, text, 3), SEC_E_INVALID_HANDLE);
  EXPECT_EQ(host_.channels, 1);  // nothing acquired anew
  CredHandle fresh{};
  EXPECT_EQ(acquire(fresh), SEC_E_OK);
  EXPECT_EQ(host_.channels, 2);
  for (CtxtHandle* context : {&finished, &half_open}) EXPECT_EQ(DeleteSecurityContext(context), SEC_E_OK);
  for (CredHandle* handle : {&credential, &fresh}) EXPECT_EQ(FreeCredentialsHandle(handle), SEC_E_OK);
  EXPECT_EQ(host_.freed_credentials, 1);
}

TEST_F(Sspi, AChildDoesNotKnowItsParentsHandles) {
  CredHandle credential{};
  ASSERT_EQ(acquire(credential), SEC_E_OK);
  host_.on_initialize = [&](seam::InitializeContextRequest&) {
    seam::ContextReply reply = host_.finished(0x20);
    reply.output = {token_of("x")};
    return reply;
  };
  CtxtHandle context{};
  ASSERT_EQ(initialize(credential, nullptr, context), SEC_E_OK);
  char text[] = "abc";
  const pid_t child = ::fork();
  if (child == 0)
    ::_exit(encrypt(context, text, 3) == SEC_E_INVALID_HANDLE &&
                    DeleteSecurityContext(&context) == SEC_E_INVALID_HANDLE &&
                    FreeCredentialsHandle(&credential) == SEC_E_INVALID_HANDLE
                ? 0
                : 1);
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  EXPECT_EQ(encrypt(context, text, 3), SEC_E_OK);
  EXPECT_EQ(DeleteSecurityContext(&context), SEC_E_OK);
  EXPECT_EQ(host_.deleted_contexts, 1);
}

}  // namespace
}  // namespace openlsa::client
