// The credential functions of a bare SSP.
#pragma once

#include "client/bare/bare_handles.hpp"

namespace openlsa::client {

// Identities and key functions go to the provider as they are: it runs in this process, and alone knows their types.
struct BareCredentialArguments {
  ULONG use = 0;
  void* logon_id = nullptr;
  void* identity = nullptr;
  SEC_GET_KEY_FN get_key = nullptr;
  void* get_key_argument = nullptr;
  PTimeStamp expiry = nullptr;
};

template <class Char>
nt::Status acquire_bare_credentials(BarePackage package, Char* principal, Char* name,
                                    const BareCredentialArguments& arguments, PCredHandle handle);
template <class Char>
nt::Status add_bare_credentials(PCredHandle handle, Char* principal, Char* name,
                                const BareCredentialArguments& arguments);

}  // namespace openlsa::client
