#include "client/tokens/token_backend.hpp"

#include <new>

#include "client/connection/current_client.hpp"
#include "win32/token_backend.hpp"

namespace openlsa::client {
namespace {

using seam::AuthorityCalls;

// Nothing here throws into libopenlsa's callers, which may be C.
template <class Call>
nt::Status guarded(Call&& call) {
  try {
    CurrentClient client;
    return call(client);
  } catch (const std::bad_alloc&) {
    return STATUS_NO_MEMORY;
  }
}

win32::TokenHandleReply handle_reply(nt::Status status, std::uint32_t token) {
  return {status, nt::succeeded(status) ? token : 0};
}

class ClientTokens final : public win32::TokenBackend {
 public:
  nt::Status query(std::uint32_t token, nt::TokenData& data) override {
    return guarded([&](CurrentClient& client) {
      seam::QueryTokenReply reply = client.call(&AuthorityCalls::query_token, {token});
      if (nt::succeeded(reply.status)) data = std::move(reply.data);
      return reply.status;
    });
  }

  win32::TokenHandleReply duplicate(std::uint32_t token, bool same, nt::TokenType type,
                                    nt::ImpersonationLevel level) override {
    std::uint32_t made = 0;
    const nt::Status status = guarded([&](CurrentClient& client) {
      const seam::TokenReply reply = client.call(&AuthorityCalls::duplicate_token, {token, same, type, level});
      made = reply.token;
      return reply.status;
    });
    return handle_reply(status, made);
  }

  nt::Status close(std::uint32_t token) override {
    // A handle of a client that is gone went with it; only the client that there is now is asked.
    try {
      const auto client = ProcessClient::of_epoch(epoch());
      if (!client) return STATUS_INVALID_HANDLE;
      return client->call(&AuthorityCalls::close_token, {token}, {SEC_E_INTERNAL_ERROR, STATUS_INVALID_HANDLE}).status;
    } catch (const std::bad_alloc&) {
      return STATUS_NO_MEMORY;
    }
  }

  win32::LuidBlock allocate_luids(std::uint32_t count) override {
    win32::LuidBlock block;
    block.status = guarded([&](CurrentClient& client) {
      const seam::AllocateLuidsReply reply = client.call(&AuthorityCalls::allocate_luids, {count});
      block.first = reply.first;
      block.count = reply.count;
      return reply.status;
    });
    return block;
  }

  std::uint32_t epoch() override { return ProcessClient::current_epoch(); }

  nt::Status export_token(std::uint32_t token, base::UniqueFd& descriptor) override {
    return guarded([&](CurrentClient& client) -> nt::Status {
      seam::ExportTokenReply reply = client.call(&AuthorityCalls::export_token, {token});
      if (!nt::succeeded(reply.status)) return reply.status;
      if (!reply.descriptor) return SEC_E_INTERNAL_ERROR;
      descriptor = std::move(reply.descriptor);
      return reply.status;
    });
  }

  win32::TokenHandleReply import_token(base::UniqueFd descriptor) override {
    std::uint32_t made = 0;
    const nt::Status status = guarded([&](CurrentClient& client) {
      seam::ImportTokenRequest request;
      request.descriptor = std::move(descriptor);
      const seam::TokenReply reply = client.call(&AuthorityCalls::import_token, std::move(request));
      made = reply.token;
      return reply.status;
    });
    return handle_reply(status, made);
  }

  nt::Status authority_id(std::array<std::uint8_t, 32>& id) override {
    return guarded([&](CurrentClient&) -> nt::Status {
      const auto client = ProcessClient::current();
      if (!client) return SEC_E_INTERNAL_ERROR;
      id = client->authority_id();
      return STATUS_SUCCESS;
    });
  }
};

}  // namespace

void install_token_backend() {
  // Never destroyed: packages and applications close tokens until the very end of the process.
  static const bool installed = openlsa_private_install_backend(win32::Side::client, new ClientTokens);
  static_cast<void>(installed);
}

}  // namespace openlsa::client

// For libopenlsa, when a program asks for a token before it has called this library (win32/thread_state.cpp).
extern "C" void openlsa_private_start_client() { openlsa::client::install_token_backend(); }
