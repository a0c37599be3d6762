// The legs of a handshake in a bare SSP.
#pragma once

#include "client/bare/bare_handles.hpp"

namespace openlsa::client {

// What InitializeSecurityContext and AcceptSecurityContext have in common.
struct BareLeg {
  PCredHandle credential = nullptr;
  PCtxtHandle context = nullptr;
  PSecBufferDesc input = nullptr;
  ULONG requirements = 0;
  ULONG data_representation = 0;
  PCtxtHandle new_context = nullptr;
  PSecBufferDesc output = nullptr;
  ULONG* attributes = nullptr;
  PTimeStamp expiry = nullptr;
};

// Whether one of the two handles is a bare SSP's; then the leg goes there.
inline bool is_bare_leg(const SecHandle* credential, const SecHandle* context) {
  return BareCredentialTable::is_kind(credential) || BareContextTable::is_kind(context);
}

template <class Char>
nt::Status initialize_in_bare(const BareLeg& leg, Char* target);
nt::Status accept_in_bare(const BareLeg& leg);

}  // namespace openlsa::client
