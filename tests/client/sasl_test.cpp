// SASL over a bare SSP: profiles, both forms of protection, the security layer's negotiation, options, hostile peers.
#include <cstring>
#include <functional>
#include <vector>

#include "client/bare_fixture.hpp"
#include "client/memory/client_buffers.hpp"
#include "client/sasl/sasl_context.hpp"
#include "client/sasl/sasl_cookie.hpp"
#include "client/sasl/sasl_leg.hpp"
#include "client/sasl/sasl_profiles.hpp"

namespace openlsa::client {
namespace {

TEST(SaslProfiles, AreMechanismNamesForPackages) {
  EXPECT_EQ(sasl_profile_of(u"Kerberos"), u"GSSAPI");
  EXPECT_EQ(sasl_profile_of(u"negotiate"), u"GSS-SPNEGO");
  EXPECT_EQ(sasl_profile_of(u"WDigest"), u"DIGEST-MD5");
  EXPECT_EQ(sasl_profile_of(u"NTLM"), u"NTLM");
  EXPECT_EQ(sasl_profile_of(u"Microsoft Unified Security Protocol Provider"), u"EXTERNAL");
  EXPECT_EQ(sasl_profile_of(u"Ssh-Key_2"), u"SSH-KEY_2");
  for (const char16_t* none :
       {u"", u"With Space", u"dots.", u"\u00e9clair", u"aaaaaaaaaaaaaaaaaaaaa", u"gssapi", u"External"})
    EXPECT_FALSE(sasl_profile_of(none));
}

TEST(SaslProfiles, OnlySomeMechanismsLeaveTheLayerToUs) {
  seam::PackageInfo package;
  package.name = u"Kerberos";
  EXPECT_FALSE(negotiates_layer(package)) << "nothing to protect it with";
  package.capabilities = SECPKG_FLAG_INTEGRITY;
  EXPECT_TRUE(negotiates_layer(package));
  package.name = u"WDigest";
  EXPECT_FALSE(negotiates_layer(package));
}

TEST(SaslCookie, IsFourOctetsAndAnIdentity) {
  const base::Bytes bytes = encode({sasl_privacy, 0x10203, base::to_bytes(base::as_bytes("me"))});
  EXPECT_EQ(bytes, (base::Bytes{4, 1, 2, 3, 'm', 'e'}));
  SaslCookie cookie;
  ASSERT_TRUE(decode(bytes, cookie));
  EXPECT_EQ(cookie.size_bytes, 0x10203u);
  EXPECT_FALSE(decode(base::ByteView(bytes).first(3), cookie));
}

// One side of an exchange.
struct Side {
  bool inbound;
  ULONG requirements = 0;
  CtxtHandle context{};
  bool exists = false;
  char room[256] = {};
  SecBuffer out{};
  ULONG attributes = 0;

  std::string token() const { return {static_cast<const char*>(out.pvBuffer), out.cbBuffer}; }
  SECURITY_STATUS leg(CredHandle& credential, std::string input, ULONG capacity = sizeof room) {
    SecBuffer in{static_cast<ULONG>(input.size()), SECBUFFER_TOKEN, input.data()};
    SecBufferDesc ins{SECBUFFER_VERSION, 1, &in}, outs{SECBUFFER_VERSION, 1, &out};
    out = {capacity, SECBUFFER_TOKEN, room};
    PCtxtHandle old = exists ? &context : nullptr;
    const SECURITY_STATUS status =
        inbound
            ? SaslAcceptSecurityContext(&credential, old, &ins, requirements, 0, &context, &outs, &attributes, nullptr)
            : SaslInitializeSecurityContextA(&credential, old, const_cast<char*>("peter"), requirements, 0, 0,
                                             exists ? &ins : nullptr, 0, &context, &outs, &attributes, nullptr);
    exists |= status >= 0;
    return status;
  }
  ULONG option(ULONG which) {
    ULONG value = 0;
    EXPECT_EQ(SaslGetContextOption(&context, which, &value, sizeof value, nullptr), SEC_E_OK);
    return value;
  }
  SECURITY_STATUS set(ULONG which, ULONG value) { return SaslSetContextOption(&context, which, &value, sizeof value); }
  ~Side() {
    if (exists) DeleteSecurityContext(&context);
  }
};

class Sasl : public Bare, public ::testing::WithParamInterface<const char*> {
 protected:
  void SetUp() override {
    Bare::SetUp();
    ASSERT_EQ(acquire_bare(credential_, GetParam()), SEC_E_OK);
  }
  void TearDown() override {
    FreeCredentialsHandle(&credential_);
    Bare::TearDown();
  }
  // Until the mechanism is complete on both sides, and the server's offer is in its token.
  void until_offer() {
    ASSERT_EQ(client_.leg(credential_, ""), SEC_I_CONTINUE_NEEDED);
    ASSERT_EQ(server_.leg(credential_, client_.token()), SEC_I_CONTINUE_NEEDED) << "its mechanism is complete";
    ASSERT_EQ(client_.leg(credential_, server_.token()), SEC_I_CONTINUE_NEEDED);
    EXPECT_EQ(client_.token(), "") << "an empty response (RFC 4752)";
    ASSERT_EQ(server_.leg(credential_, client_.token()), SEC_I_CONTINUE_NEEDED);
    ASSERT_NE(server_.token(), "");
  }
  // A leg of the server whose mechanism goes on under another handle each time; `result` says what it leaves in the
  // caller's buffer, and its status.
  SECURITY_STATUS odd_leg(ULONG requirements, SecBuffer& out, const std::function<SECURITY_STATUS()>& result) {
    std::string token = "B1peter";
    char room[80];
    SecBuffer in{static_cast<ULONG>(token.size()), SECBUFFER_TOKEN, token.data()},
        answer{sizeof room, SECBUFFER_TOKEN, room};
    SecBufferDesc ins{SECBUFFER_VERSION, 1, &in}, answers{SECBUFFER_VERSION, 1, &answer},
        outs{SECBUFFER_VERSION, 1, &out};
    const auto mechanism = [&](PCtxtHandle context, PCtxtHandle fresh, ULONG* attributes) {
      CtxtHandle old = context != nullptr ? *context : CtxtHandle{};
      const SECURITY_STATUS made =
          AcceptSecurityContext(&credential_, nullptr, &ins, 0, 0, fresh, &answers, attributes, nullptr);
      if (context != nullptr) DeleteSecurityContext(&old);
      return made == SEC_E_OK ? result() : made;
    };
    PCtxtHandle old = server_.exists ? &server_.context : nullptr;
    const SECURITY_STATUS status =
        run_sasl_leg({true, old, &ins, requirements, &server_.context, &outs, &server_.attributes, mechanism});
    server_.exists |= status >= 0;
    return status;
  }

  CredHandle credential_{};
  Side client_{false}, server_{true};
};

TEST_P(Sasl, AMechanismThatChangesTheBuffersTypeIsFollowed) {
  char room[256];
  SecBuffer out{sizeof room, SECBUFFER_TOKEN, room};
  const auto empty_extra = [&] {
    out.BufferType = SECBUFFER_EXTRA;
    out.cbBuffer = 0;
    return SEC_E_OK;
  };
  ASSERT_EQ(odd_leg(0, out, empty_extra), SEC_I_CONTINUE_NEEDED);
  EXPECT_EQ(out.BufferType, ULONG{SECBUFFER_TOKEN}) << "the offer";
  EXPECT_NE(out.cbBuffer, 0u);
}

TEST_P(Sasl, AMechanismThatChangesTheTypeAndFailsIsFollowed) {
  char room[256];
  SecBuffer out{sizeof room, SECBUFFER_TOKEN, room};
  const auto incomplete = [&] {
    out.BufferType = SECBUFFER_EXTRA;
    return SEC_I_COMPLETE_NEEDED;
  };
  EXPECT_EQ(odd_leg(0, out, incomplete), SEC_E_UNSUPPORTED_FUNCTION) << "it has no CompleteAuthToken";
  EXPECT_EQ(out.cbBuffer, 0u);
}

TEST_P(Sasl, TheHandleOfALegThatFailsIsNotLost) {
  char room[256];
  SecBuffer out{sizeof room, SECBUFFER_TOKEN, room};
  ASSERT_EQ(odd_leg(ASC_REQ_INTEGRITY, out, [] { return SEC_I_CONTINUE_NEEDED; }), SEC_I_CONTINUE_NEEDED);
  out = {2, SECBUFFER_TOKEN, room};
  const auto last = [&] {
    out.BufferType = SECBUFFER_EXTRA;
    out.cbBuffer = 0;
    return SEC_E_OK;
  };
  ASSERT_EQ(odd_leg(0, out, last), SEC_E_BUFFER_TOO_SMALL);
  EXPECT_EQ(out.BufferType, ULONG{SECBUFFER_TOKEN});
  EXPECT_GT(out.cbBuffer, 2u) << "how much is needed";
  ASSERT_EQ(server_.leg(credential_, ""), SEC_I_CONTINUE_NEEDED) << "with more room";
  ASSERT_EQ(client_.leg(credential_, ""), SEC_I_CONTINUE_NEEDED);
  ASSERT_EQ(client_.leg(credential_, "B2"), SEC_I_CONTINUE_NEEDED);
  ASSERT_EQ(client_.leg(credential_, server_.token()), SEC_E_OK);
  ASSERT_EQ(server_.leg(credential_, client_.token()), SEC_E_OK);
  EXPECT_EQ(server_.attributes & ASC_RET_INTEGRITY, ULONG{ASC_RET_INTEGRITY}) << "what the first leg required";
}

TEST_P(Sasl, TheHandleOfAnExchangeThatFailedCanBeDeleted) {
  char room[256];
  SecBuffer out{sizeof room, SECBUFFER_TOKEN, room};
  ASSERT_EQ(odd_leg(0, out, [] { return SEC_I_CONTINUE_NEEDED; }), SEC_I_CONTINUE_NEEDED);
  EXPECT_EQ(odd_leg(0, out, [] { return SEC_I_COMPLETE_NEEDED; }), SEC_E_UNSUPPORTED_FUNCTION);
  EXPECT_EQ(server_.leg(credential_, ""), SEC_E_OUT_OF_SEQUENCE);
  server_.exists = false;
  EXPECT_EQ(DeleteSecurityContext(&server_.context), SEC_E_OK);
}

TEST_P(Sasl, OneLegAtATime) {
  char room[256], other_room[256];
  SecBuffer out{sizeof room, SECBUFFER_TOKEN, room};
  ASSERT_EQ(odd_leg(0, out, [] { return SEC_I_CONTINUE_NEEDED; }), SEC_I_CONTINUE_NEEDED);
  ASSERT_EQ(find_sasl_context(&server_.context).state->phase(), SaslPhase::mechanism);
  SaslState& state = *find_sasl_context(&server_.context).state;
  SaslPhase phase = SaslPhase::none;
  ASSERT_TRUE(state.begin_leg(phase)) << "another thread's";
  SecBuffer again{sizeof other_room, SECBUFFER_TOKEN, other_room};
  bool entered = false;
  EXPECT_EQ(odd_leg(0, again,
                    [&] {
                      entered = true;
                      return SEC_I_CONTINUE_NEEDED;
                    }),
            SEC_E_OUT_OF_SEQUENCE);
  EXPECT_FALSE(entered);
  state.end_leg(phase);
}

TEST_P(Sasl, APeerThatTakesNoByteIsRefused) {
  ASSERT_EQ(client_.leg(credential_, ""), SEC_I_CONTINUE_NEEDED);
  ASSERT_EQ(client_.set(SASL_OPTION_RECV_SIZE, 17), SEC_E_OK) << "as much as the protection adds";
  client_.requirements = ISC_REQ_INTEGRITY;
  ASSERT_EQ(server_.leg(credential_, client_.token()), SEC_I_CONTINUE_NEEDED);
  ASSERT_EQ(client_.leg(credential_, server_.token()), SEC_I_CONTINUE_NEEDED);
  ASSERT_EQ(server_.leg(credential_, ""), SEC_I_CONTINUE_NEEDED);
  ASSERT_EQ(client_.leg(credential_, server_.token()), SEC_E_OK);
  EXPECT_EQ(server_.leg(credential_, client_.token()), SEC_E_QOP_NOT_SUPPORTED);
}

TEST_P(Sasl, WhatALegRequiredALaterOneDoesNotTakeBack) {
  client_.requirements = ISC_REQ_CONFIDENTIALITY;
  ASSERT_EQ(client_.leg(credential_, ""), SEC_I_CONTINUE_NEEDED);
  client_.requirements = 0;
  server_.requirements = ASC_REQ_INTEGRITY;
  ASSERT_EQ(server_.leg(credential_, client_.token()), SEC_I_CONTINUE_NEEDED);
  server_.requirements = 0;
  ASSERT_EQ(client_.leg(credential_, server_.token()), SEC_I_CONTINUE_NEEDED);
  ASSERT_EQ(server_.leg(credential_, ""), SEC_I_CONTINUE_NEEDED);
  EXPECT_EQ(find_sasl_context(&server_.context).state->offered, sasl_integrity | sasl_privacy);
  ASSERT_EQ(client_.leg(credential_, server_.token()), SEC_E_OK);
  EXPECT_EQ(client_.attributes & ISC_RET_CONFIDENTIALITY, ULONG{ISC_RET_CONFIDENTIALITY});
}

TEST_P(Sasl, AnEmptyBlockOfTheMechanismsGoesBeforeTheOffer) {
  const auto before = buffer_counts().blocks;
  SecBuffer out{0, SECBUFFER_TOKEN, nullptr};
  const auto empty_block = [&] {
    out.pvBuffer = allocate_buffer(1, FreedBy::free_context_buffer);
    out.cbBuffer = 0;
    return SEC_E_OK;
  };
  ASSERT_EQ(odd_leg(ASC_REQ_ALLOCATE_MEMORY, out, empty_block), SEC_I_CONTINUE_NEEDED);
  EXPECT_NE(out.cbBuffer, 0u) << "the offer";
  EXPECT_EQ(FreeContextBuffer(out.pvBuffer), SEC_E_OK);
  EXPECT_EQ(buffer_counts().blocks, before);
}

TEST_P(Sasl, ABlockThatTheCallerPassedInStaysTheCallers) {
  void* const own = allocate_buffer(8, FreedBy::free_context_buffer);
  const auto incomplete = [] { return SEC_I_COMPLETE_NEEDED; };
  SecBuffer out{8, SECBUFFER_TOKEN, own};
  ASSERT_EQ(odd_leg(ASC_REQ_ALLOCATE_MEMORY, out, incomplete), SEC_E_UNSUPPORTED_FUNCTION);
  EXPECT_EQ(out.pvBuffer, own);
  EXPECT_EQ(FreeContextBuffer(own), SEC_E_OK);
  const auto with_block = [&] {
    out.pvBuffer = allocate_buffer(1, FreedBy::free_context_buffer);
    return SEC_I_COMPLETE_NEEDED;
  };
  const auto before = buffer_counts().blocks;
  out = {0, SECBUFFER_TOKEN, nullptr};
  ASSERT_EQ(odd_leg(ASC_REQ_ALLOCATE_MEMORY, out, with_block), SEC_E_UNSUPPORTED_FUNCTION);
  EXPECT_EQ(out.pvBuffer, nullptr) << "the mechanism's goes";
  EXPECT_EQ(buffer_counts().blocks, before);
}

TEST_P(Sasl, ALayerIsAgreedOnInOneMoreRoundTrip) {
  client_.requirements = ISC_REQ_INTEGRITY;
  until_offer();
  ASSERT_EQ(client_.leg(credential_, server_.token()), SEC_E_OK);
  ASSERT_EQ(server_.leg(credential_, client_.token()), SEC_E_OK);
  EXPECT_EQ(server_.token(), "");
  EXPECT_EQ(client_.attributes & (ISC_RET_INTEGRITY | ISC_RET_CONFIDENTIALITY), ULONG{ISC_RET_INTEGRITY});
  EXPECT_EQ(server_.attributes & (ASC_RET_INTEGRITY | ASC_RET_CONFIDENTIALITY), ULONG{ASC_RET_INTEGRITY});
  EXPECT_EQ(client_.option(SASL_OPTION_SEND_SIZE), 0xffffu - 17) << "less block, trailer and signature";
  EXPECT_EQ(server_.option(SASL_OPTION_RECV_SIZE), 0xffffu);
  EXPECT_EQ(client_.leg(credential_, "more"), SEC_E_OUT_OF_SEQUENCE);
  EXPECT_EQ(client_.set(SASL_OPTION_RECV_SIZE, 7), SEC_E_OUT_OF_SEQUENCE) << "the peer has been told";
  // And the context's own functions go on.
  char text[] = "text", signature[8];
  SecBuffer buffers[] = {{4, SECBUFFER_DATA, text}, {sizeof signature, SECBUFFER_TOKEN, signature}};
  SecBufferDesc message{SECBUFFER_VERSION, 2, buffers};
  ASSERT_EQ(MakeSignature(&client_.context, 0, &message, 0), SEC_E_OK);
  EXPECT_EQ(VerifySignature(&server_.context, &message, 0, nullptr), SEC_E_OK);
}

TEST_P(Sasl, EachSideGetsNoLessThanItRequires) {
  struct Case {
    ULONG client, server;
    ULONG agreed;
  };
  for (const Case& one :
       {Case{0, 0, 0}, Case{ISC_REQ_CONFIDENTIALITY, 0, ISC_RET_CONFIDENTIALITY | ISC_RET_INTEGRITY},
        Case{0, ASC_REQ_INTEGRITY, ISC_RET_INTEGRITY},
        Case{ISC_REQ_INTEGRITY, ASC_REQ_CONFIDENTIALITY, ISC_RET_CONFIDENTIALITY | ISC_RET_INTEGRITY}}) {
    Side client{false, one.client}, server{true, one.server};
    ASSERT_EQ(client.leg(credential_, ""), SEC_I_CONTINUE_NEEDED);
    ASSERT_EQ(server.leg(credential_, client.token()), SEC_I_CONTINUE_NEEDED);
    ASSERT_EQ(client.leg(credential_, server.token()), SEC_I_CONTINUE_NEEDED);
    ASSERT_EQ(server.leg(credential_, ""), SEC_I_CONTINUE_NEEDED);
    ASSERT_EQ(client.leg(credential_, server.token()), SEC_E_OK) << one.client << " " << one.server;
    ASSERT_EQ(server.leg(credential_, client.token()), SEC_E_OK);
    EXPECT_EQ(client.attributes & (ISC_RET_INTEGRITY | ISC_RET_CONFIDENTIALITY), one.agreed);
  }
}

TEST_P(Sasl, SizesAreToldToThePeer) {
  ASSERT_EQ(client_.leg(credential_, ""), SEC_I_CONTINUE_NEEDED);
  EXPECT_EQ(client_.option(SASL_OPTION_SEND_SIZE), 0xffffu);
  EXPECT_EQ(client_.option(SASL_OPTION_AUTHZ_PROCESSING), ULONG{Sasl_AuthZIDProcessed});
  EXPECT_EQ(client_.set(SASL_OPTION_RECV_SIZE, 1000), SEC_E_OK);
  EXPECT_EQ(client_.set(SASL_OPTION_RECV_SIZE, 0x1000000), SEC_E_INVALID_PARAMETER) << "three octets";
  client_.requirements = ISC_REQ_INTEGRITY;
  ASSERT_EQ(server_.leg(credential_, client_.token()), SEC_I_CONTINUE_NEEDED);
  EXPECT_EQ(server_.set(SASL_OPTION_RECV_SIZE, 2000), SEC_E_OK);
  ASSERT_EQ(client_.leg(credential_, server_.token()), SEC_I_CONTINUE_NEEDED);
  ASSERT_EQ(server_.leg(credential_, ""), SEC_I_CONTINUE_NEEDED);
  ASSERT_EQ(client_.leg(credential_, server_.token()), SEC_E_OK);
  ASSERT_EQ(server_.leg(credential_, client_.token()), SEC_E_OK);
  EXPECT_EQ(client_.option(SASL_OPTION_SEND_SIZE), 2000u - 17);
  EXPECT_EQ(server_.option(SASL_OPTION_SEND_SIZE), 1000u - 17);
}

TEST_P(Sasl, TheClientSaysWhomItActsAs) {
  until_offer();
  char whom[] = "admin";
  ASSERT_EQ(SaslSetContextOption(&client_.context, SASL_OPTION_AUTHZ_STRING, whom, 5), SEC_E_OK);
  ASSERT_EQ(client_.leg(credential_, server_.token()), SEC_E_OK);
  ASSERT_EQ(server_.leg(credential_, client_.token()), SEC_E_OK);
  char heard[8] = {};
  ULONG needed = 0;
  EXPECT_EQ(SaslGetContextOption(&server_.context, SASL_OPTION_AUTHZ_STRING, heard, 4, &needed),
            SEC_E_BUFFER_TOO_SMALL);
  EXPECT_EQ(needed, 5u);
  ASSERT_EQ(SaslGetContextOption(&server_.context, SASL_OPTION_AUTHZ_STRING, heard, 8, nullptr), SEC_E_OK);
  EXPECT_STREQ(heard, "admin");
}

TEST_P(Sasl, AServerForbidsIt) {
  until_offer();
  char whom[] = "admin";
  ASSERT_EQ(server_.set(SASL_OPTION_AUTHZ_PROCESSING, Sasl_AuthZIDForbidden), SEC_E_OK);
  EXPECT_EQ(SaslSetContextOption(&server_.context, SASL_OPTION_AUTHZ_STRING, whom, 5), SEC_E_UNSUPPORTED_FUNCTION);
  EXPECT_EQ(SaslGetContextOption(&server_.context, SASL_OPTION_AUTHZ_STRING, whom, 5, nullptr),
            SEC_E_UNSUPPORTED_FUNCTION);
  ASSERT_EQ(SaslSetContextOption(&client_.context, SASL_OPTION_AUTHZ_STRING, whom, 5), SEC_E_OK);
  // The client may be told the same.
  ASSERT_EQ(client_.set(SASL_OPTION_AUTHZ_PROCESSING, Sasl_AuthZIDForbidden), SEC_E_OK);
  const std::string offer = server_.token();
  EXPECT_EQ(client_.leg(credential_, offer), SEC_E_ALGORITHM_MISMATCH);
  ASSERT_EQ(client_.set(SASL_OPTION_AUTHZ_PROCESSING, Sasl_AuthZIDProcessed), SEC_E_OK);
  ASSERT_EQ(client_.leg(credential_, offer), SEC_E_OK);
  EXPECT_EQ(server_.leg(credential_, client_.token()), SEC_E_ALGORITHM_MISMATCH);
  EXPECT_EQ(server_.leg(credential_, client_.token()), SEC_E_OUT_OF_SEQUENCE) << "a failed exchange is over";
}

TEST_P(Sasl, AnOfferThatWasChangedIsRefused) {
  until_offer();
  std::string offer = server_.token();
  offer.back() = static_cast<char>(offer.back() ^ 1);
  EXPECT_EQ(client_.leg(credential_, offer), SEC_E_INVALID_TOKEN);
  EXPECT_EQ(client_.leg(credential_, server_.token()), SEC_E_OUT_OF_SEQUENCE);
}

TEST_P(Sasl, ShortEmptyAndForeignTokensAreRefused) {
  for (const std::string& token : {std::string(), std::string("x"), std::string(12, '\xff'), std::string(4096, '\0')}) {
    Side client{false}, server{true};
    ASSERT_EQ(client.leg(credential_, ""), SEC_I_CONTINUE_NEEDED);
    ASSERT_EQ(server.leg(credential_, client.token()), SEC_I_CONTINUE_NEEDED);
    ASSERT_EQ(client.leg(credential_, server.token()), SEC_I_CONTINUE_NEEDED);
    ASSERT_EQ(server.leg(credential_, ""), SEC_I_CONTINUE_NEEDED);
    EXPECT_EQ(client.leg(credential_, token), SEC_E_INVALID_TOKEN) << token.size();
    EXPECT_EQ(server.leg(credential_, token), SEC_E_INVALID_TOKEN) << token.size();
  }
}

TEST_P(Sasl, AChoiceThatWasNotOfferedIsRefused) {
  server_.requirements = ASC_REQ_INTEGRITY;
  until_offer();
  // What a client answers to an honest server, made by hand: no layer.
  base::Bytes token;
  SecPkgContext_Sizes sizes{};
  ASSERT_EQ(QueryContextAttributesA(&client_.context, SECPKG_ATTR_SIZES, &sizes), SEC_E_OK);
  seam::PackageInfo package;
  package.capabilities = std::string(GetParam()) == "BareGss" ? SECPKG_FLAG_GSS_COMPATIBLE : 0;
  ASSERT_EQ(protect(&client_.context, package, sizes, encode({sasl_no_layer, 0, {}}), token), SEC_E_OK);
  EXPECT_EQ(server_.leg(credential_, std::string(token.begin(), token.end())), SEC_E_INVALID_TOKEN);
}

TEST_P(Sasl, WithTooLittleRoomTheCallerComesAgain) {
  until_offer();
  const std::string offer = server_.token();
  EXPECT_EQ(client_.leg(credential_, offer, 5), SEC_E_BUFFER_TOO_SMALL);
  EXPECT_GT(client_.out.cbBuffer, 5u) << "how much is needed";
  ASSERT_EQ(client_.leg(credential_, offer), SEC_E_OK);
  EXPECT_EQ(server_.leg(credential_, client_.token()), SEC_E_OK);
}

TEST_P(Sasl, MemoryIsAllocatedWhenAsked) {
  until_offer();
  client_.requirements = ISC_REQ_ALLOCATE_MEMORY;
  SecBuffer in = server_.out, out{0, SECBUFFER_TOKEN, nullptr};
  SecBufferDesc ins{SECBUFFER_VERSION, 1, &in}, outs{SECBUFFER_VERSION, 1, &out};
  ULONG attributes = 0;
  ASSERT_EQ(
      SaslInitializeSecurityContextA(&credential_, &client_.context, const_cast<char*>("peter"),
                                     ISC_REQ_ALLOCATE_MEMORY, 0, 0, &ins, 0, nullptr, &outs, &attributes, nullptr),
      SEC_E_OK);
  EXPECT_EQ(server_.leg(credential_, {static_cast<char*>(out.pvBuffer), out.cbBuffer}), SEC_E_OK);
  EXPECT_EQ(FreeContextBuffer(out.pvBuffer), SEC_E_OK);
}

TEST_P(Sasl, ContextsThatItDidNotMakeAreNotItsOwn) {
  const BarePair pair(GetParam());
  ASSERT_TRUE(pair.complete());
  Side strange{true};
  strange.context = pair.acceptor;
  strange.exists = true;
  EXPECT_EQ(strange.leg(credential_, "x"), SEC_E_INVALID_HANDLE);
  ULONG value = 0;
  EXPECT_EQ(SaslGetContextOption(&strange.context, SASL_OPTION_SEND_SIZE, &value, 4, nullptr), SEC_E_INVALID_HANDLE);
  EXPECT_EQ(strange.set(SASL_OPTION_SEND_SIZE, 9), SEC_E_INVALID_HANDLE);
  strange.exists = false;
  EXPECT_EQ(SaslGetContextOption(nullptr, SASL_OPTION_SEND_SIZE, &value, 4, nullptr), SEC_E_INVALID_HANDLE);
  until_offer();
  Side other_way{true};
  other_way.context = client_.context;
  other_way.exists = true;
  EXPECT_EQ(other_way.leg(credential_, server_.token()), SEC_E_INVALID_HANDLE) << "the other side's function";
  other_way.exists = false;
}

TEST_P(Sasl, ArgumentsAreChecked) {
  CtxtHandle context{};
  char text[4] = "";
  SecBuffer data{3, SECBUFFER_DATA, text};
  SecBufferDesc no_token{SECBUFFER_VERSION, 1, &data};
  ULONG attributes = 0, value = 0;
  EXPECT_EQ(SaslInitializeSecurityContextA(&credential_, nullptr, nullptr, 0, 0, 0, nullptr, 0, &context, nullptr,
                                           &attributes, nullptr),
            SEC_E_INVALID_TOKEN);
  EXPECT_EQ(SaslInitializeSecurityContextW(&credential_, nullptr, nullptr, 0, 0, 0, nullptr, 0, &context, &no_token,
                                           &attributes, nullptr),
            SEC_E_INVALID_TOKEN);
  data.BufferType = SECBUFFER_TOKEN;
  EXPECT_EQ(SaslAcceptSecurityContext(nullptr, nullptr, &no_token, 0, 0, &context, &no_token, nullptr, nullptr),
            SEC_E_INVALID_HANDLE);
  EXPECT_EQ(SaslAcceptSecurityContext(&credential_, nullptr, &no_token, 0, 0, nullptr, &no_token, nullptr, nullptr),
            SEC_E_INVALID_PARAMETER);
  until_offer();
  EXPECT_EQ(SaslGetContextOption(&client_.context, 5, &value, 4, nullptr), SEC_E_UNSUPPORTED_FUNCTION);
  EXPECT_EQ(SaslGetContextOption(&client_.context, SASL_OPTION_SEND_SIZE, nullptr, 4, nullptr),
            SEC_E_INVALID_PARAMETER);
  EXPECT_EQ(SaslGetContextOption(&client_.context, SASL_OPTION_SEND_SIZE, &value, 3, nullptr), SEC_E_BUFFER_TOO_SMALL);
  EXPECT_EQ(client_.set(0, 1), SEC_E_UNSUPPORTED_FUNCTION);
  EXPECT_EQ(client_.set(SASL_OPTION_AUTHZ_PROCESSING, 2), SEC_E_INVALID_PARAMETER);
  EXPECT_EQ(SaslSetContextOption(&client_.context, SASL_OPTION_SEND_SIZE, &value, 3), SEC_E_BUFFER_TOO_SMALL);
  EXPECT_EQ(SaslSetContextOption(&client_.context, SASL_OPTION_AUTHZ_STRING, nullptr, 3), SEC_E_INVALID_PARAMETER);
}

INSTANTIATE_TEST_SUITE_P(Protection, Sasl, ::testing::Values("Bare", "BareGss"));

TEST_F(Bare, ProfilesAreThoseOfThePackagesThatAreHere) {
  seam::PackageInfo kerberos;
  kerberos.name = u"Kerberos";
  kerberos.supports_sspi = true;
  kerberos.extended.gss_oid = {0x06, 0x03, 0x2a, 0x03, 0x04};
  authority_.packages = {kerberos};
  SEC_CHAR* list = nullptr;
  ULONG count = 0;
  ASSERT_EQ(SaslEnumerateProfilesA(&list, &count), SEC_E_OK);
  ASSERT_EQ(count, 3u);
  EXPECT_EQ(std::string(list, 20), std::string("GSSAPI\0BARE\0BAREGSS\0", 20));
  EXPECT_EQ(list[20], '\0') << "the list has an end";
  EXPECT_EQ(FreeContextBuffer(list), SEC_E_OK);
  SEC_WCHAR* wide = nullptr;
  ASSERT_EQ(SaslEnumerateProfilesW(&wide, &count), SEC_E_OK);
  EXPECT_EQ(std::u16string(reinterpret_cast<char16_t*>(wide)), u"GSSAPI");
  EXPECT_EQ(FreeContextBuffer(wide), SEC_E_OK);
  EXPECT_EQ(SaslEnumerateProfilesA(nullptr, &count), SEC_E_INVALID_PARAMETER);
  EXPECT_EQ(SaslEnumerateProfilesW(&wide, nullptr), SEC_E_INVALID_PARAMETER);

  PSecPkgInfoA info = nullptr;
  ASSERT_EQ(SaslGetProfilePackageA(const_cast<char*>("GSSAPI"), &info), SEC_E_OK);
  EXPECT_STREQ(info->Name, "Kerberos");
  EXPECT_EQ(FreeContextBuffer(info), SEC_E_OK);
  info = nullptr;
  EXPECT_EQ(SaslGetProfilePackageA(const_cast<char*>("GSS-SPNEGO"), &info), SEC_E_SECPKG_NOT_FOUND) << "not hosted";
  EXPECT_EQ(SaslGetProfilePackageA(nullptr, &info), SEC_E_SECPKG_NOT_FOUND);
  EXPECT_EQ(info, nullptr);
  PSecPkgInfoW wide_info = nullptr;
  char16_t wide_name[] = u"BAREGSS";
  ASSERT_EQ(SaslGetProfilePackageW(reinterpret_cast<SEC_WCHAR*>(wide_name), &wide_info), SEC_E_OK);
  EXPECT_EQ(std::u16string(reinterpret_cast<char16_t*>(wide_info->Name)), u"BareGss");
  EXPECT_EQ(FreeContextBuffer(wide_info), SEC_E_OK);

  const auto identify = [&](std::string token) -> std::string {
    SecBuffer buffer{static_cast<ULONG>(token.size()), SECBUFFER_TOKEN, token.data()};
    SecBufferDesc input{SECBUFFER_VERSION, 1, &buffer};
    PSecPkgInfoA found = nullptr;
    const SECURITY_STATUS status = SaslIdentifyPackageA(&input, &found);
    if (status != SEC_E_OK) return status == SEC_E_SECPKG_NOT_FOUND ? "none" : "invalid";
    const std::string text = found->Name;
    FreeContextBuffer(found);
    return text;
  };
  EXPECT_EQ(identify(std::string("\x60\x07\x06\x03\x2a\x03\x04xx")), "Kerberos") << "its own identifier";
  EXPECT_EQ(identify(std::string("\x60\x81\x80\x06\x09\x2a\x86\x48\x86\xf7\x12\x01\x02\x02", 14)), "Kerberos");
  EXPECT_EQ(identify(std::string("\x60\x08\x06\x06\x2b\x06\x01\x05\x05\x02", 10)), "none") << "not hosted";
  EXPECT_EQ(identify(std::string("NTLMSSP\0\1\0\0\0", 12)), "none");
  for (const std::string& strange :
       {std::string("\x60"), std::string("\x60\x84\xff\xff\xff\xff\x06\x09"), std::string("\x60\x07\x06\x7f\x2a"),
        std::string("\x60\xff\x06\x03"
                    "abc")})
    EXPECT_EQ(identify(strange), "none");
  EXPECT_EQ(identify(""), "invalid");
  EXPECT_EQ(SaslIdentifyPackageW(nullptr, &wide_info), SEC_E_INVALID_TOKEN);
  EXPECT_EQ(SaslIdentifyPackageA(nullptr, nullptr), SEC_E_INVALID_PARAMETER);
}

}  // namespace
}  // namespace openlsa::client
