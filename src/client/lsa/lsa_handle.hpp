// LSA handles of the application: the authority's handle with the epoch of the client that got it, so that a handle
// from before a fork or from another life of the authority never names another one.
#pragma once

#include <openlsa/ntsecapi.h>

#include "client/connection/current_client.hpp"

namespace openlsa::client {

// The authority is not there, or went away during the call.
inline constexpr nt::Status authority_lost = STATUS_PORT_DISCONNECTED;

// Of a call that names a handle: it is none any more when the authority that gave it has gone before the call.
inline constexpr wire::FailureStatus handle_lost{authority_lost, STATUS_INVALID_HANDLE};

struct LsaHandle {
  std::shared_ptr<ProcessClient> client;  // nullptr: STATUS_INVALID_HANDLE
  std::uint32_t value = 0;

  template <class Reply, class Request>
  Reply call(Reply (seam::AuthorityCalls::*function)(Request), std::type_identity_t<Request> request) const {
    return client->call(function, std::move(request), handle_lost);
  }
};

inline HANDLE make_lsa_handle(std::uint32_t epoch, std::uint32_t value) {
  return reinterpret_cast<HANDLE>(std::uintptr_t{epoch & 0x7fffffff} << 32 | value);
}

inline LsaHandle find_lsa_handle(HANDLE handle) {
  const auto packed = reinterpret_cast<std::uintptr_t>(handle);
  const auto epoch = static_cast<std::uint32_t>(packed >> 32);
  const auto value = static_cast<std::uint32_t>(packed);
  if (epoch == 0 || value == 0) return {};
  return {ProcessClient::of_epoch(epoch), value};
}

// LsaRegisterLogonProcess and LsaConnectUntrusted.
nt::Status connect_to_lsa(bool logon_process, std::string_view name, HANDLE* handle);

// LogonProcessName and PackageName are at most 127 bytes.
inline constexpr std::size_t max_lsa_name_bytes = 127;
nt::Status copy_lsa_name(const STRING* name, std::string& copy);

// The submit buffer of LsaLogonUser and LsaCallAuthenticationPackage. False when it is NULL with a length, or longer
// than a message can carry.
bool copy_submit_buffer(const void* buffer, ULONG size_bytes, base::Secret& copy);

}  // namespace openlsa::client
