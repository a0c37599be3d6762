// Names of the parties of a call. The authority gives them out; none is ever reused while it runs.
#pragma once

#include <compare>
#include <cstdint>

#include "base/fields.hpp"
#include "nt/luid.hpp"
#include "nt/token_data.hpp"

namespace openlsa::seam {

template <class Tag>
struct Id {
  std::uint64_t value = 0;  // 0: none
  auto operator<=>(const Id&) const = default;
  explicit operator bool() const { return value != 0; }
  OPENLSA_FIELDS(value)
};

using ClientId = Id<struct ClientTag>;    // one client process
using ChannelId = Id<struct ChannelTag>;  // one client process with one effective token, towards one host
using HostId = Id<struct HostTag>;        // one running host of a package file
using ChainId = Id<struct ChainTag>;      // a chain of nested calls: A calls B calls A
using PackageId = std::uint32_t;          // documented as ULONG; valid for the life of the authority

// Where a call may place what it returns to the client: an address range that the client reserved for this call.
struct ClientWindow {
  std::uint64_t base = 0;
  std::uint64_t size_bytes = 0;
  OPENLSA_FIELDS(base, size_bytes)
};

// A piece of the client's memory that the call submitted, or that the reply writes.
struct ClientMemory {
  std::uint64_t address = 0;
  base::Bytes bytes;
  OPENLSA_FIELDS(address, bytes)
};

// Who calls, as the authority knows it from the kernel. It comes with the mint of a channel or with a routed call,
// never from the client's own message.
struct ClientView {
  ClientId client;
  ChannelId channel;  // none for calls that the authority routes itself
  std::uint32_t process_id = 0;
  std::uint32_t uid = 0;
  std::uint32_t gid = 0;
  nt::Luid logon_id;  // of the effective token
  nt::ImpersonationLevel level = nt::ImpersonationLevel::anonymous;
  std::uint32_t logon_type = 0;  // of the effective token's session
  bool has_tcb = false;
  bool impersonating = false;
  bool restricted = false;
  bool in_process = false;         // the caller is a package (CallPackage)
  std::uint32_t client_flags = 0;  // SECPKG_CLIENT_*
  OPENLSA_FIELDS(client, channel, process_id, uid, gid, logon_id, level, logon_type, has_tcb, impersonating, restricted,
                 in_process, client_flags)
};

// What GetClientInfo, GetCallInfo and the client-buffer functions need for one call.
struct CallOrigin {
  ClientView view;
  ChainId chain;
  std::uint32_t thread_id = 0;        // as the client says; information only
  std::uint32_t call_attributes = 0;  // SECPKG_CALL_*
  std::uint32_t call_count = 0;       // how deep the call is nested (CallPackage); 1 is the client's own call
  ClientWindow window;
  OPENLSA_FIELDS(view, chain, thread_id, call_attributes, call_count, window)
};

// For whom a host works when it asks the authority for something. The authority believes it only for a channel or a
// routed call that this very host has, of a client that lives.
struct SupportCaller {
  seam::PackageId package = 0;
  ClientId client;
  ChannelId channel;
  ChainId chain;
  OPENLSA_FIELDS(package, client, channel, chain)
};

}  // namespace openlsa::seam
