#include "client/bare/bare_handles.hpp"

namespace openlsa::client {
namespace {

// Destructors run where no exception may leave, and the provider's function is behind this.
template <class Object>
void free_quietly(Object& object) {
  try {
    object.free();
  } catch (const std::exception&) {
  }
}

}  // namespace

BareCredential::~BareCredential() { free_quietly(*this); }
BareContext::~BareContext() { free_quietly(*this); }

nt::Status BareCredential::free() {
  if (!std::exchange(owned, false)) return SEC_E_OK;
  return bare_call(package.provider->wide().FreeCredentialsHandle, &handle);
}

nt::Status BareContext::free() {
  if (!owned_.exchange(false)) return SEC_E_OK;
  CtxtHandle own = handle();
  return bare_call(package_.provider->wide().DeleteSecurityContext, &own);
}

}  // namespace openlsa::client
