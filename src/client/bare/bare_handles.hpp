// What CredHandle and CtxtHandle name when a bare SSP made them. The application never sees the provider's own handles:
// two providers may give out equal ones, and a stale one must find nothing.
#pragma once

#include "client/bare/bare_provider.hpp"
#include "client/handles/handle_table.hpp"
#include "client/sasl/sasl_state.hpp"
#include "client/sspi/sspi_edge.hpp"

namespace openlsa::client {

struct BareCredential {
  static constexpr std::uint8_t handle_kind = 0x63;

  BarePackage package;
  CredHandle handle{};  // the provider's
  bool owned = false;

  nt::Status free();
  ~BareCredential();
};
using BareCredentialTable = HandleTable<BareCredential>;

class BareContext {
 public:
  static constexpr std::uint8_t handle_kind = 0x78;

  BareContext(BarePackage package, const CtxtHandle& handle) : package_(std::move(package)), handle_(handle) {}
  ~BareContext();
  BareContext(const BareContext&) = delete;
  BareContext& operator=(const BareContext&) = delete;

  const BarePackage& package() const { return package_; }
  // The provider's handle, which a later leg may change.
  CtxtHandle handle() OPENLSA_EXCLUDES(mutex_) {
    const base::MutexLock lock(mutex_);
    return handle_;
  }
  void set_handle(const CtxtHandle& handle) OPENLSA_EXCLUDES(mutex_) {
    const base::MutexLock lock(mutex_);
    handle_ = handle;
  }
  // The provider has deleted it itself.
  void disown() { owned_ = false; }
  nt::Status free();

  SaslState sasl;

 private:
  const BarePackage package_;
  base::Mutex mutex_;
  CtxtHandle handle_ OPENLSA_GUARDED_BY(mutex_);
  std::atomic<bool> owned_{true};
};
using BareContextTable = HandleTable<BareContext>;

// A function of the context's provider that takes the context first: slot is a member of SecurityFunctionTableW. The
// context lives until the call is done.
template <class Slot, class... Arguments>
nt::Status bare_context_call(PCtxtHandle handle, Slot slot, Arguments... arguments) {
  return sspi_edge([&]() -> nt::Status {
    const auto context = BareContextTable::of_process().find(handle);
    if (!context) return SEC_E_INVALID_HANDLE;
    CtxtHandle own = context->handle();
    return bare_call(context->package().provider->wide().*slot, &own, arguments...);
  });
}

}  // namespace openlsa::client
