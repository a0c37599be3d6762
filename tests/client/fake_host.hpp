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

class FakeHost final : public seam::SspiCalls {
 public:
  // Answers the authority's open_channel for the package "half", id 9, whose user-mode half is this file.
  FakeHost(FakeAuthority& authority, const std::string& half);
  ~FakeHost() override;

  void die();  // every channel is closed, as when its process ends

  std::function<void(seam::AcquireCredentialsRequest&)> on_acquire;
  std::function<seam::ContextReply(seam::InitializeContextRequest&)> on_initialize;
  std::function<seam::ContextReply(seam::AcceptContextRequest&)> on_accept;
  std::function<seam::QueryAttributesReply(seam::QueryContextAttributesRequest&)> on_query;
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

 private:
  void serve(int socket);

  base::Mutex mutex_;
  std::vector<int> sockets_ OPENLSA_GUARDED_BY(mutex_);
  std::vector<std::thread> threads_ OPENLSA_GUARDED_BY(mutex_);
};

}  // namespace openlsa::client
