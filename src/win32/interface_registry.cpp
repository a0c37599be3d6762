#include "win32/interface_registry.hpp"

#include <array>
#include <atomic>
#include <cstring>

#include "base/mutex.hpp"

namespace openlsa::win32 {
namespace {

struct Interface {
  Side side = Side::client;
  const char* name = nullptr;
  std::uint32_t version = 0;
  const void* table = nullptr;
};

constinit base::Mutex mutex;
constinit std::array<Interface, 16> interfaces OPENLSA_GUARDED_BY(mutex){};
constinit std::atomic<openlsa_context_impersonator> impersonator{nullptr};

// The entry of that side, name and version, or the first free one; nullptr when there is neither.
Interface* entry_for(Side side, const char* name, std::uint32_t version) OPENLSA_REQUIRES(mutex) {
  for (Interface& entry : interfaces) {
    if (entry.name == nullptr) return &entry;
    if (entry.side == side && entry.version == version && std::strcmp(entry.name, name) == 0) return &entry;
  }
  return nullptr;
}

}  // namespace

const void* find_interface(Side side, const char* name, std::uint32_t version) {
  if (name == nullptr) return nullptr;
  const base::MutexLock lock(mutex);
  const Interface* entry = entry_for(side, name, version);
  return entry == nullptr ? nullptr : entry->table;
}

openlsa_context_impersonator context_impersonator() { return impersonator.load(std::memory_order_acquire); }

}  // namespace openlsa::win32

using namespace openlsa::win32;

bool openlsa_private_register_interface(Side side, const char* name, std::uint32_t version, const void* table) {
  if (name == nullptr || table == nullptr) return false;
  const openlsa::base::MutexLock lock(mutex);
  Interface* entry = entry_for(side, name, version);
  if (entry == nullptr || entry->name != nullptr) return false;
  *entry = {side, name, version, table};
  return true;
}

bool openlsa_private_install_context_impersonator(openlsa_context_impersonator impersonate) {
  openlsa_context_impersonator none = nullptr;
  return impersonate != nullptr && impersonator.compare_exchange_strong(none, impersonate, std::memory_order_acq_rel);
}
