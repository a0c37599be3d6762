#include "client/bare/bare_handles.hpp"

#include "client/handles/free_quietly.hpp"

namespace openlsa::client {
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
