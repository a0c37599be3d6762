// A package's host for the tests of SSPI: a thread per channel, and answers that a test sets.
#pragma once

#include <functional>
#include <thread>

#include "client/fake_authority.hpp"
#include "seam/sspi_calls.hpp"
#include "wire/proxy.hpp"

namespace openlsa::client {

// The test half's file as lsactl would have installed it: in directories that only the owner can change.
const std::string& installed_half();

// Every call is answered with SEC_E_UNSUPPORTED_FUNCTION.
class NoSspiCalls : public seam::SspiCalls {
 public:
#define OPENLSA_NO_CALL(number, function, Message, permission, duration) \
  seam::Message##Reply function(seam::Message##Request) override {       \
    seam::Message##Reply reply{};                                        \
    reply.status = SEC_E_UNSUPPORTED_FUNCTION;                           \
    return reply;                                                        \
  }
  OPENLSA_SSPI_CALLS(OPENLSA_NO_CALL)
#undef OPENLSA_NO_CALL
};

class FakeHost final : public NoSspiCalls {
 public:
  // Answers the authority's open_channel for the package "half", id 9, whose user-mode half is this file.
  FakeHost(FakeAuthority& authority, const std::string& half);
  ~FakeHost() override;

  void die();  // every channel is closed, as when its process ends

  std::function<void(seam::AcquireCredentialsRequest&)> on_acquire;
  std::function<seam::ContextReply(seam::InitializeContextRequest&)> on_initialize;
  std::function<seam::ContextReply(seam::AcceptContextRequest&)> on_accept;
  std::function<seam::QueryAttributesReply(seam::QueryContextAttributesRequest&)> on_query;
  std::function<seam::AddCredentialsReply(seam::AddCredentialsRequest&)> on_add;
  std::function<nt::Status(seam::SetContextAttributesRequest&)> on_set_context;
  std::function<nt::Status(seam::SetCredentialsAttributesRequest&)> on_set_credential;
  std::function<seam::ChangeAccountPasswordReply(seam::ChangeAccountPasswordRequest&)> on_password;
  std::function<seam::QueryMetaDataReply(seam::QueryMetaDataRequest&)> on_query_meta_data;
  std::function<seam::ExchangeMetaDataReply(seam::ExchangeMetaDataRequest&)> on_exchange_meta_data;
  std::function<seam::GetUserInfoReply(seam::GetUserInfoRequest&)> on_user_info;
  std::function<seam::GetCredUiContextReply(seam::GetCredUiContextRequest&)> on_cred_ui;
  std::function<nt::Status(seam::UpdateContextCredentialsRequest&)> on_update;
  std::function<nt::Status(seam::SaveCredentialsRequest&)> on_save;
  std::function<seam::GetSavedCredentialsReply(seam::GetSavedCredentialsRequest&)> on_get_saved;
  std::function<nt::Status(seam::DeleteSavedCredentialsRequest&)> on_delete_saved;
  // The client's thread that waits in the current call.
  std::function<seam::ClientCallbackReply(seam::ClientCallbackRequest)> call_back;

  std::atomic<int> channels{0};
  std::atomic<int> freed_credentials{0};
  std::atomic<int> deleted_contexts{0};
  std::uint64_t next = 1;
  seam::PackageInfo package;
  std::array<std::uint8_t, 32> hash{};

  // A leg that ends the handshake: mapped with this key and token.
  seam::ContextReply finished(std::uint8_t key, std::uint8_t token = 0);

  seam::AcquireCredentialsReply acquire_credentials(seam::AcquireCredentialsRequest request) override;
  seam::FreeCredentialsReply free_credentials(seam::FreeCredentialsRequest) override;
  seam::QueryCredentialsAttributesReply query_credentials_attributes(
      seam::QueryCredentialsAttributesRequest request) override;
  seam::InitializeContextReply initialize_context(seam::InitializeContextRequest request) override;
  seam::AcceptContextReply accept_context(seam::AcceptContextRequest request) override;
  seam::DeleteContextReply delete_context(seam::DeleteContextRequest) override;
  seam::ApplyControlTokenReply apply_control_token(seam::ApplyControlTokenRequest request) override;
  seam::QueryContextAttributesReply query_context_attributes(seam::QueryContextAttributesRequest request) override;
  seam::AddCredentialsReply add_credentials(seam::AddCredentialsRequest request) override;
  seam::SetContextAttributesReply set_context_attributes(seam::SetContextAttributesRequest request) override;
  seam::SetCredentialsAttributesReply set_credentials_attributes(
      seam::SetCredentialsAttributesRequest request) override;
  seam::ChangeAccountPasswordReply change_account_password(seam::ChangeAccountPasswordRequest request) override;
  seam::QueryMetaDataReply query_meta_data(seam::QueryMetaDataRequest request) override;
  seam::ExchangeMetaDataReply exchange_meta_data(seam::ExchangeMetaDataRequest request) override;
  seam::GetUserInfoReply get_user_info(seam::GetUserInfoRequest request) override;
  seam::GetCredUiContextReply get_cred_ui_context(seam::GetCredUiContextRequest request) override;
  seam::UpdateContextCredentialsReply update_context_credentials(
      seam::UpdateContextCredentialsRequest request) override;
  seam::SaveCredentialsReply save_credentials(seam::SaveCredentialsRequest request) override;
  seam::GetSavedCredentialsReply get_saved_credentials(seam::GetSavedCredentialsRequest request) override;
  seam::DeleteSavedCredentialsReply delete_saved_credentials(seam::DeleteSavedCredentialsRequest request) override;

 private:
  void serve(int socket);

  base::Mutex mutex_;
  std::vector<int> sockets_ OPENLSA_GUARDED_BY(mutex_);
  std::vector<std::thread> threads_ OPENLSA_GUARDED_BY(mutex_);
};

}  // namespace openlsa::client
