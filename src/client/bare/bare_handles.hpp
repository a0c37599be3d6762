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

// A provider's handle of a context, deleted through the provider when the last call with it is done.
class BareContextHandle {
 public:
  BareContextHandle(std::shared_ptr<const BareProvider> provider, const CtxtHandle& value)
      : provider_(std::move(provider)), value_(value) {}
  ~BareContextHandle();
  BareContextHandle(const BareContextHandle&) = delete;
  BareContextHandle& operator=(const BareContextHandle&) = delete;

  const CtxtHandle& value() const { return value_; }
  // The provider has deleted it itself.
  void disown() { owned_ = false; }
  nt::Status free();

 private:
  const std::shared_ptr<const BareProvider> provider_;
  const CtxtHandle value_;
  std::atomic<bool> owned_{true};
};

class BareContext {
 public:
  static constexpr std::uint8_t handle_kind = 0x78;

  BareContext(BarePackage package, const CtxtHandle& handle)
      : package_(std::move(package)), handle_(std::make_shared<BareContextHandle>(package_.provider, handle)) {}

  const BarePackage& package() const { return package_; }
  // The provider's handle, which a later leg may change: a call keeps the one that it names.
  std::shared_ptr<BareContextHandle> handle() OPENLSA_EXCLUDES(mutex_) {
    const base::MutexLock lock(mutex_);
    return handle_;
  }
  void set_handle(const CtxtHandle& handle) OPENLSA_EXCLUDES(mutex_);
  nt::Status free() { return handle()->free(); }

  SaslState sasl;

 private:
  const BarePackage package_;
  base::Mutex mutex_;
  std::shared_ptr<BareContextHandle> handle_ OPENLSA_GUARDED_BY(mutex_);
};
using BareContextTable = HandleTable<BareContext>;

// A function of the context's provider that takes the context first: slot is a member of SecurityFunctionTableW. The
// context lives until the call is done.
template <class Slot, class... Arguments>
nt::Status bare_context_call(PCtxtHandle handle, Slot slot, Arguments... arguments) {
  return sspi_edge([&]() -> nt::Status {
    const auto context = BareContextTable::of_process().find(handle);
    if (!context) return SEC_E_INVALID_HANDLE;
    const auto held = context->handle();
    CtxtHandle own = held->value();
    return bare_call(context->package().provider->wide().*slot, &own, arguments...);
  });
}

}  // namespace openlsa::client
