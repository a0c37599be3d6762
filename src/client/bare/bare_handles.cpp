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
BareContextHandle::~BareContextHandle() { free_quietly(*this); }

nt::Status BareCredential::free() {
  if (!std::exchange(owned, false)) return SEC_E_OK;
  return bare_call(package.provider->wide().FreeCredentialsHandle, &handle);
}

nt::Status BareContextHandle::free() {
  if (!owned_.exchange(false)) return SEC_E_OK;
  CtxtHandle own = value_;
  return bare_call(provider_->wide().DeleteSecurityContext, &own);
}

void BareContext::set_handle(const CtxtHandle& handle) {
  std::shared_ptr<BareContextHandle> old;  // goes outside of the lock
  const base::MutexLock lock(mutex_);
  const CtxtHandle& now = handle_->value();
  if (now.dwLower == handle.dwLower && now.dwUpper == handle.dwUpper) return;
  old = std::exchange(handle_, std::make_shared<BareContextHandle>(package_.provider, handle));
}

}  // namespace openlsa::client
