// OpenLsaSaveCredentials, OpenLsaGetCredentials, OpenLsaDeleteCredentials: what a package keeps for a user.
#include <openlsa/openlsa.h>

#include <cstring>

#include "client/connection/process_client.hpp"
#include "client/handles/credential.hpp"
#include "client/memory/client_buffers.hpp"
#include "client/memory/client_window.hpp"
#include "client/sspi/buffers.hpp"
#include "client/sspi/sspi_edge.hpp"

using namespace openlsa::client;
namespace base = openlsa::base;
namespace nt = openlsa::nt;
namespace seam = openlsa::seam;

namespace {

// call(channel, request) for a credential that lives, with the fields that all three requests have.
template <class Request, class Call>
nt::Status with_credential(PCredHandle handle, const SecBuffer* buffer, Call&& call) {
  const auto credential = CredentialTable::of_process().find(handle);
  if (!credential || !credential->channel->alive()) return SEC_E_INVALID_HANDLE;
  if (buffer == nullptr) return SEC_E_INVALID_PARAMETER;
  const ClientWindow window;
  if (!window.valid()) return SEC_E_INSUFFICIENT_MEMORY;
  Request request;
  request.frame = call_frame(window.view());
  request.credential = credential->name;
  request.type = buffer->BufferType;
  return call(*credential->channel, std::move(request));
}

bool copy_in(const SecBuffer& buffer, base::Secret& bytes) {
  if ((buffer.pvBuffer == nullptr && buffer.cbBuffer != 0) || buffer.cbBuffer > max_input_bytes) return false;
  bytes = base::Secret(base::as_bytes(buffer.pvBuffer, buffer.cbBuffer));
  return true;
}

nt::Status deliver(const seam::GetSavedCredentialsReply& reply, SecBuffer& buffer) {
  const base::ByteView bytes = reply.credentials.reveal();
  if (!nt::succeeded(reply.status)) {
    const bool too_small = reply.status == SEC_E_BUFFER_TOO_SMALL || reply.status == STATUS_BUFFER_TOO_SMALL;
    if (too_small) buffer.cbBuffer = reply.needed_bytes;
    return reply.status;
  }
  if (buffer.pvBuffer == nullptr) {
    void* const block = allocate_buffer(bytes.size(), FreedBy::free_context_buffer);
    if (block == nullptr) return SEC_E_INSUFFICIENT_MEMORY;
    buffer.pvBuffer = block;
  } else if (bytes.size() > buffer.cbBuffer) {
    return SEC_E_BUFFER_TOO_SMALL;
  }
  if (!bytes.empty()) std::memcpy(buffer.pvBuffer, bytes.data(), bytes.size());
  buffer.cbBuffer = static_cast<ULONG>(bytes.size());
  buffer.BufferType = reply.type;
  return reply.status;
}

}  // namespace

SECURITY_STATUS OpenLsaSaveCredentials(PCredHandle Credential, PSecBuffer Credentials) {
  return sspi_edge([&] {
    return with_credential<seam::SaveCredentialsRequest>(
        Credential, Credentials, [&](DirectChannel& channel, seam::SaveCredentialsRequest request) -> nt::Status {
          if (!copy_in(*Credentials, request.credentials)) return SEC_E_INVALID_PARAMETER;
          return channel.call(std::move(request)).status;
        });
  });
}

SECURITY_STATUS OpenLsaGetCredentials(PCredHandle Credential, PSecBuffer Credentials) {
  return sspi_edge([&] {
    return with_credential<seam::GetSavedCredentialsRequest>(
        Credential, Credentials, [&](DirectChannel& channel, seam::GetSavedCredentialsRequest request) {
          request.capacity_bytes = Credentials->pvBuffer == nullptr ? 0 : Credentials->cbBuffer;
          return deliver(channel.call(std::move(request)), *Credentials);
        });
  });
}

SECURITY_STATUS OpenLsaDeleteCredentials(PCredHandle Credential, PSecBuffer Key) {
  return sspi_edge([&] {
    return with_credential<seam::DeleteSavedCredentialsRequest>(
        Credential, Key, [&](DirectChannel& channel, seam::DeleteSavedCredentialsRequest request) -> nt::Status {
          if (!copy_in(*Key, request.key)) return SEC_E_INVALID_PARAMETER;
          return channel.call(std::move(request)).status;
        });
  });
}
