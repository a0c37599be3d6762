// The functions of openlsa_sspi.h, and what credential providers call.
#include <openlsa/openlsa.h>

#include <cstring>

#include "client/sspi_fixture.hpp"

namespace openlsa::client {
namespace {

const SEC_WCHAR* wide(const char16_t* text) { return reinterpret_cast<const SEC_WCHAR*>(text); }

base::Secret secret_of(std::string_view text) { return base::Secret(base::as_bytes(text)); }
std::string text_of(const base::Secret& secret) {
  const auto bytes = secret.reveal();
  return {bytes.begin(), bytes.end()};
}
// The text of a block that the library gave; freed.
std::string take(void* block, ULONG size) {
  const std::string text(static_cast<const char*>(block), size);
  EXPECT_EQ(FreeContextBuffer(block), SEC_E_OK);
  return text;
}

class OpenLsaSspi : public Sspi {
 protected:
  void SetUp() override {
    host_.on_initialize = [&](seam::InitializeContextRequest& request) {
      seam::ContextReply reply = host_.finished('k');
      reply.output = {token_of("")};
      if (request.context != seam::SecHandleValue{}) reply.context = request.context;
      return reply;
    };
    ASSERT_EQ(acquire(credential_), SEC_E_OK);
  }
  void TearDown() override { FreeCredentialsHandle(&credential_); }

  CredHandle credential_{};
};

TEST_F(OpenLsaSspi, MetaDataMakesTheContextThatTheFirstLegContinues) {
  seam::QueryMetaDataRequest asked;
  host_.on_query_meta_data = [&](seam::QueryMetaDataRequest& request) {
    asked = std::move(request);
    seam::QueryMetaDataReply reply;
    reply.context = asked.context != seam::SecHandleValue{} ? asked.context : seam::SecHandleValue{host_.next++, 2};
    reply.meta_data = secret_of("about me");
    return reply;
  };
  seam::ExchangeMetaDataRequest told;
  host_.on_exchange_meta_data = [&](seam::ExchangeMetaDataRequest& request) {
    told = std::move(request);
    return seam::ExchangeMetaDataReply{SEC_E_OK, told.context};
  };
  CtxtHandle context{};
  ULONG size = 0;
  PUCHAR data = nullptr;
  ASSERT_EQ(OpenLsaQueryMetaData(&credential_, nullptr, wide(u"target"), ISC_REQ_INTEGRITY, &context, &size, &data),
            SEC_E_OK);
  EXPECT_EQ(take(data, size), "about me");
  EXPECT_EQ(asked.target_name, u"target");
  EXPECT_EQ(asked.requirements, std::uint32_t{ISC_REQ_INTEGRITY});
  EXPECT_EQ(asked.credential.upper, 1u);
  UCHAR peer[] = {'p', 'e', 'e', 'r'};
  ASSERT_EQ(OpenLsaExchangeMetaData(nullptr, &context, nullptr, 0, nullptr, sizeof peer, peer), SEC_E_OK);
  EXPECT_EQ(text_of(told.meta_data), "peer");
  EXPECT_EQ(told.credential, seam::SecHandleValue{});
  SecBuffer packed{0, SECBUFFER_EMPTY, nullptr};
  EXPECT_EQ(ExportSecurityContext(&context, 0, &packed, nullptr), SEC_E_INVALID_HANDLE) << "it is not finished";
  EXPECT_EQ(host_.deleted_contexts, 0);
  ASSERT_EQ(initialize(credential_, &context, context), SEC_E_OK);
  SecBuffer in{4, SECBUFFER_TOKEN, in_bytes_};
  SecBufferDesc input{SECBUFFER_VERSION, 1, &in};
  EXPECT_EQ(AcceptSecurityContext(nullptr, &context, &input, 0, 0, &context, nullptr, nullptr, nullptr),
            SEC_E_INVALID_HANDLE)
      << "the first leg was an initiator's";
  EXPECT_EQ(DeleteSecurityContext(&context), SEC_E_OK);
  EXPECT_EQ(host_.deleted_contexts, 1);
}

TEST_F(OpenLsaSspi, MetaDataThatFailsLeavesNothing) {
  nt::Status status = SEC_E_UNSUPPORTED_FUNCTION;
  host_.on_query_meta_data = [&](seam::QueryMetaDataRequest&) { return seam::QueryMetaDataReply{status, {}, {}}; };
  CtxtHandle context{3, 4};
  ULONG size = 5;
  PUCHAR data = nullptr;
  EXPECT_EQ(OpenLsaQueryMetaData(&credential_, nullptr, nullptr, 0, &context, &size, &data),
            SEC_E_UNSUPPORTED_FUNCTION);
  status = SEC_E_OK;  // without a context
  EXPECT_EQ(OpenLsaQueryMetaData(&credential_, nullptr, nullptr, 0, &context, &size, &data), SEC_E_INTERNAL_ERROR);
  EXPECT_EQ(OpenLsaQueryMetaData(&credential_, nullptr, nullptr, 0, nullptr, &size, &data), SEC_E_INVALID_PARAMETER);
  EXPECT_EQ(OpenLsaQueryMetaData(&credential_, nullptr, nullptr, 0, &context, nullptr, &data), SEC_E_INVALID_PARAMETER);
  EXPECT_EQ(OpenLsaQueryMetaData(nullptr, nullptr, nullptr, 0, &context, &size, &data), SEC_E_INVALID_HANDLE);
  EXPECT_EQ(OpenLsaExchangeMetaData(&credential_, nullptr, nullptr, 0, &context, 4, nullptr), SEC_E_INVALID_PARAMETER);
  EXPECT_EQ(OpenLsaExchangeMetaData(nullptr, &context, nullptr, 0, nullptr, 0, nullptr), SEC_E_INVALID_HANDLE);
  EXPECT_EQ(size, 5u);
  EXPECT_EQ(data, nullptr);
  EXPECT_EQ(context.dwLower, 3u);
}

TEST_F(OpenLsaSspi, CredentialsAreSavedFetchedAndDeleted) {
  std::string saved;
  host_.on_save = [&](seam::SaveCredentialsRequest& request) {
    saved = text_of(request.credentials);
    return request.type == SECBUFFER_DATA ? SEC_E_OK : SEC_E_INVALID_TOKEN;
  };
  host_.on_get_saved = [&](seam::GetSavedCredentialsRequest& request) {
    seam::GetSavedCredentialsReply reply;
    reply.needed_bytes = static_cast<std::uint32_t>(saved.size());
    const bool fits = request.capacity_bytes == 0 || request.capacity_bytes >= saved.size();
    reply.status = saved.empty() ? SEC_E_NO_CREDENTIALS : fits ? SEC_E_OK : SEC_E_BUFFER_TOO_SMALL;
    reply.type = SECBUFFER_DATA;
    if (reply.status == SEC_E_OK) reply.credentials = secret_of(saved);
    return reply;
  };
  host_.on_delete_saved = [&](seam::DeleteSavedCredentialsRequest& request) {
    if (text_of(request.key) != saved) return SEC_E_NO_CREDENTIALS;
    saved.clear();
    return SEC_E_OK;
  };
  char secret[] = "hunter2";
  SecBuffer buffer{7, SECBUFFER_DATA, secret}, fetched{0, SECBUFFER_EMPTY, nullptr};
  EXPECT_EQ(OpenLsaGetCredentials(&credential_, &fetched), SEC_E_NO_CREDENTIALS);
  EXPECT_EQ(fetched.pvBuffer, nullptr);
  EXPECT_EQ(OpenLsaSaveCredentials(&credential_, &buffer), SEC_E_OK);
  ASSERT_EQ(OpenLsaGetCredentials(&credential_, &fetched), SEC_E_OK);
  EXPECT_EQ(fetched.BufferType, ULONG{SECBUFFER_DATA});
  EXPECT_EQ(take(fetched.pvBuffer, fetched.cbBuffer), "hunter2");
  char room[8] = "-------";
  fetched = {3, SECBUFFER_EMPTY, room};
  EXPECT_EQ(OpenLsaGetCredentials(&credential_, &fetched), SEC_E_BUFFER_TOO_SMALL);
  EXPECT_EQ(fetched.cbBuffer, 7u);
  EXPECT_STREQ(room, "-------");
  EXPECT_EQ(OpenLsaGetCredentials(&credential_, &fetched), SEC_E_OK);
  EXPECT_STREQ(room, "hunter2");
  SecBuffer other{3, SECBUFFER_DATA, secret};
  EXPECT_EQ(OpenLsaDeleteCredentials(&credential_, &other), SEC_E_NO_CREDENTIALS);
  EXPECT_EQ(OpenLsaDeleteCredentials(&credential_, &buffer), SEC_E_OK);
  EXPECT_TRUE(saved.empty());

  SecBuffer bad{4, SECBUFFER_DATA, nullptr};
  for (auto* function : {OpenLsaSaveCredentials, OpenLsaDeleteCredentials}) {
    EXPECT_EQ(function(&credential_, &bad), SEC_E_INVALID_PARAMETER);
    EXPECT_EQ(function(&credential_, nullptr), SEC_E_INVALID_PARAMETER);
    EXPECT_EQ(function(nullptr, &buffer), SEC_E_INVALID_HANDLE);
  }
  EXPECT_EQ(OpenLsaGetCredentials(nullptr, &buffer), SEC_E_INVALID_HANDLE);
}

TEST_F(OpenLsaSspi, MoreThanTheCapacityIsNeverWritten) {
  host_.on_get_saved = [&](seam::GetSavedCredentialsRequest&) {
    seam::GetSavedCredentialsReply reply;
    reply.credentials = secret_of("far too much");
    return reply;
  };
  char room[4] = "---";
  SecBuffer fetched{3, SECBUFFER_EMPTY, room};
  EXPECT_EQ(OpenLsaGetCredentials(&credential_, &fetched), SEC_E_BUFFER_TOO_SMALL);
  EXPECT_STREQ(room, "---");
}

TEST_F(OpenLsaSspi, UserInfoIsOneBlock) {
  seam::GetUserInfoRequest asked;
  seam::GetUserInfoReply reply;
  host_.on_user_info = [&](seam::GetUserInfoRequest& request) {
    asked = request;
    return reply;
  };
  reply.user_name = u"alice";
  reply.logon_server = u"";
  reply.sid = nt::well_known::administrators;
  PSECURITY_USER_DATA data = nullptr;
  LUID luid{5, 1};
  ASSERT_EQ(OpenLsaGetUserInfo(wide(u"Half"), &luid, UNDERSTANDS_LONG_NAMES, &data), SEC_E_OK);
  EXPECT_EQ(asked.logon_id, nt::Luid::from_parts(5, 1));
  EXPECT_EQ(asked.flags, std::uint32_t{UNDERSTANDS_LONG_NAMES});
  EXPECT_EQ(data->UserName.Length, 10u);
  EXPECT_EQ(std::u16string_view(reinterpret_cast<const char16_t*>(data->UserName.Buffer)), u"alice");
  EXPECT_EQ(data->LogonDomainName.Buffer, nullptr);
  EXPECT_NE(data->LogonServer.Buffer, nullptr) << "empty is not absent";
  EXPECT_EQ(data->LogonServer.Length, 0u);
  const auto sid = nt::well_known::administrators.to_bytes();
  EXPECT_EQ(std::memcmp(data->pSid, sid.data(), sid.size()), 0);
  EXPECT_EQ(FreeContextBuffer(data), SEC_E_OK);

  reply = {};
  ASSERT_EQ(OpenLsaGetUserInfo(wide(u"Half"), nullptr, 0, &data), SEC_E_OK);
  EXPECT_FALSE(asked.logon_id);
  EXPECT_EQ(data->pSid, nullptr);
  FreeContextBuffer(data);
  data = nullptr;
  reply.status = STATUS_NO_SUCH_LOGON_SESSION;
  EXPECT_EQ(OpenLsaGetUserInfo(wide(u"Half"), &luid, 0, &data), SEC_E_NO_CREDENTIALS);
  reply = {};
  reply.user_name = std::u16string(0x8000, u'x');  // no UNICODE_STRING holds it
  EXPECT_EQ(OpenLsaGetUserInfo(wide(u"Half"), &luid, 0, &data), SEC_E_INTERNAL_ERROR);
  EXPECT_EQ(OpenLsaGetUserInfo(wide(u"Other"), &luid, 0, &data), SEC_E_SECPKG_NOT_FOUND);
  EXPECT_EQ(OpenLsaGetUserInfo(nullptr, &luid, 0, &data), SEC_E_SECPKG_NOT_FOUND);
  EXPECT_EQ(data, nullptr);
  EXPECT_EQ(OpenLsaGetUserInfo(wide(u"Half"), &luid, 0, nullptr), SEC_E_INVALID_PARAMETER);
}

TEST_F(OpenLsaSspi, TheHalfFormatsAndMarshalsHere) {
  UCHAR secret[] = {'a', 'b', 'c', 'd'};
  SecBuffer in{4, SECBUFFER_DATA, secret}, out{9, SECBUFFER_EMPTY, nullptr};
  ASSERT_EQ(OpenLsaFormatCredentials(&credential_, &in, &out), SEC_E_OK);
  EXPECT_EQ(take(out.pvBuffer, out.cbBuffer), "Fbcd");
  ULONG size = 0;
  PVOID marshaled = nullptr;
  ASSERT_EQ(OpenLsaMarshalSupplementalCredentials(&credential_, 4, secret, &size, &marshaled), SEC_E_OK);
  EXPECT_EQ(take(marshaled, size), "Mabcd");
  PUCHAR data = nullptr;
  ASSERT_EQ(OpenLsaMarshalAttributeData(&credential_, 'i', 'a', 4, secret, &size, &data), SEC_E_OK);
  EXPECT_EQ(take(data, size), "iaabcd");

  out = {9, SECBUFFER_EMPTY, nullptr};
  SecBuffer empty{0, SECBUFFER_DATA, secret};
  EXPECT_EQ(OpenLsaFormatCredentials(&credential_, &empty, &out), SEC_E_NO_CREDENTIALS);
  EXPECT_EQ(OpenLsaFormatCredentials(&credential_, &in, nullptr), SEC_E_INVALID_PARAMETER);
  EXPECT_EQ(out.cbBuffer, 9u);
  UCHAR wild[] = {'w', 'i', 'l', 'd'};
  marshaled = nullptr;
  EXPECT_EQ(OpenLsaMarshalSupplementalCredentials(&credential_, 4, wild, &size, &marshaled), SEC_E_INTERNAL_ERROR);
  EXPECT_EQ(marshaled, nullptr);
  EXPECT_EQ(OpenLsaMarshalSupplementalCredentials(nullptr, 4, wild, &size, &marshaled), SEC_E_INVALID_HANDLE);
  EXPECT_EQ(OpenLsaMarshalAttributeData(&credential_, 0, 0, 4, nullptr, &size, &data), SEC_E_INVALID_PARAMETER);
}

class CredentialProvider : public OpenLsaSspi {
 protected:
  void SetUp() override {
    OpenLsaSspi::SetUp();
    host_.on_initialize = [&](seam::InitializeContextRequest&) {
      seam::ContextReply reply;
      reply.status = SEC_I_CONTINUE_NEEDED;
      reply.context = {host_.next++, 2};
      reply.output = {token_of("one")};
      return reply;
    };
    authority_.token = [](std::uint32_t) {
      nt::TokenData data;
      data.logon_id = nt::Luid::from_parts(77, 1);
      return data;
    };
    ASSERT_EQ(initialize(credential_, nullptr, context_), SEC_I_CONTINUE_NEEDED);
    ASSERT_EQ(OpenLsaMarshalCredUIContext(&context_, 1907, wide(u"server"), &size_, &marshaled_), SEC_E_OK);
  }
  void TearDown() override {
    FreeContextBuffer(marshaled_);
    FreeContextBuffer(provided_);
    DeleteSecurityContext(&context_);
    OpenLsaSspi::TearDown();
  }
  CtxtHandle context_{};
  ULONG size_ = 0;
  PUCHAR marshaled_ = nullptr;
  PSEC_WINNT_CREDUI_CONTEXT provided_ = nullptr;
  GUID type_ = SEC_WINNT_AUTH_DATA_TYPE_PASSWORD;
};

TEST_F(CredentialProvider, GetsAndUpdatesTheCredentialsOfTheContext) {
  seam::GetCredUiContextRequest asked;
  host_.on_cred_ui = [&](seam::GetCredUiContextRequest& request) {
    asked = request;
    return seam::GetCredUiContextReply{SEC_E_OK, secret_of("flat")};
  };
  seam::UpdateContextCredentialsRequest updated;
  host_.on_update = [&](seam::UpdateContextCredentialsRequest& request) {
    updated = std::move(request);
    return SEC_E_OK;
  };
  const auto* header = reinterpret_cast<CREDUIWIN_MARSHALED_CONTEXT*>(marshaled_);
  EXPECT_EQ(header->LogonId.LowPart, 77u);
  ASSERT_EQ(SspiUnmarshalCredUIContext(marshaled_, size_, &provided_), SEC_E_OK);
  EXPECT_EQ(provided_->dwAuthError, 1907u);
  EXPECT_EQ(std::u16string_view(reinterpret_cast<char16_t*>(provided_->TargetName->Buffer)), u"server");
  PSEC_WINNT_CREDUI_CONTEXT_VECTOR vector = nullptr;
  HANDLE token = nullptr;
  LUID own{77, 1};
  ASSERT_EQ(SspiGetCredUIContext(provided_, &type_, &own, &vector, &token), SEC_E_OK);
  EXPECT_EQ(std::memcmp(asked.type.data(), &type_, sizeof type_), 0);
  EXPECT_EQ(std::string(reinterpret_cast<char*>(vector) + vector->CredUIContextArrayOffset, vector->CredUIContextCount),
            "flat");
  EXPECT_NE(token, nullptr);
  EXPECT_EQ(FreeContextBuffer(vector), SEC_E_OK);
  UCHAR fresh[] = {'n', 'e', 'w'};
  EXPECT_EQ(SspiUpdateCredentials(provided_, &type_, 3, fresh), SEC_E_OK);
  EXPECT_EQ(text_of(updated.flat), "new");
  EXPECT_EQ(updated.context, asked.context);

  vector = nullptr;
  LUID other{78, 1};
  EXPECT_EQ(SspiGetCredUIContext(provided_, &type_, &other, &vector, nullptr), SEC_E_NOT_OWNER);
  EXPECT_EQ(SspiGetCredUIContext(provided_, nullptr, nullptr, &vector, nullptr), SEC_E_INVALID_PARAMETER);
  EXPECT_EQ(SspiUpdateCredentials(provided_, &type_, 3, nullptr), SEC_E_INVALID_PARAMETER);
  DeleteSecurityContext(&context_);
  EXPECT_EQ(SspiGetCredUIContext(provided_, &type_, nullptr, &vector, nullptr), SEC_E_INVALID_HANDLE);
  EXPECT_EQ(SspiUpdateCredentials(provided_, &type_, 3, fresh), SEC_E_INVALID_HANDLE);
  EXPECT_EQ(vector, nullptr);
}

TEST_F(CredentialProvider, WhatIsNoSerializationIsRefused) {
  for (ULONG size = 0; size < size_; ++size)
    EXPECT_EQ(SspiUnmarshalCredUIContext(marshaled_, size, &provided_), SEC_E_INVALID_TOKEN) << size;
  for (const std::size_t at : {std::size_t{0}, offsetof(CREDUIWIN_MARSHALED_CONTEXT, cbHeaderLength),
                               offsetof(CREDUIWIN_MARSHALED_CONTEXT, MarshaledDataType),
                               offsetof(CREDUIWIN_MARSHALED_CONTEXT, MarshaledDataOffset),
                               offsetof(CREDUIWIN_MARSHALED_CONTEXT, MarshaledDataLength)}) {
    marshaled_[at] ^= 0x80;
    EXPECT_EQ(SspiUnmarshalCredUIContext(marshaled_, size_, &provided_), SEC_E_INVALID_TOKEN) << at;
    marshaled_[at] ^= 0x80;
  }
  EXPECT_EQ(SspiUnmarshalCredUIContext(nullptr, size_, &provided_), SEC_E_INVALID_PARAMETER);
  EXPECT_EQ(SspiUnmarshalCredUIContext(marshaled_, size_, nullptr), SEC_E_INVALID_PARAMETER);
  EXPECT_EQ(provided_, nullptr);
  PSEC_WINNT_CREDUI_CONTEXT_VECTOR vector = nullptr;
  SEC_WINNT_CREDUI_CONTEXT forged{};
  forged.cbHeaderLength = sizeof forged;
  for (HANDLE handle : {HANDLE{nullptr}, static_cast<HANDLE>(&forged), static_cast<HANDLE>(marshaled_)}) {
    EXPECT_EQ(SspiGetCredUIContext(handle, &type_, nullptr, &vector, nullptr), SEC_E_INVALID_HANDLE);
    EXPECT_EQ(SspiUpdateCredentials(handle, &type_, 0, nullptr), SEC_E_INVALID_HANDLE);
  }
  DeleteSecurityContext(&context_);
  EXPECT_EQ(SspiUnmarshalCredUIContext(marshaled_, size_, &provided_), SEC_E_INVALID_HANDLE);
  ULONG size = 0;
  PUCHAR again = nullptr;
  EXPECT_EQ(OpenLsaMarshalCredUIContext(&context_, 0, nullptr, &size, &again), SEC_E_INVALID_HANDLE);
  EXPECT_EQ(OpenLsaMarshalCredUIContext(nullptr, 0, nullptr, &size, &again), SEC_E_INVALID_HANDLE);
}

}  // namespace
}  // namespace openlsa::client
