// What the package's handles stand for. Numbers, so that a stale one is found out.
#include <memory>

#include "sspi.hpp"

namespace probe {
namespace {

std::mutex mutex;
std::map<LSA_SEC_HANDLE, std::unique_ptr<Context>> contexts;
std::map<LSA_SEC_HANDLE, std::unique_ptr<Credential>> credentials;
LSA_SEC_HANDLE next_handle = 0x1000;

template <class Table>
auto* find(Table& table, LSA_SEC_HANDLE handle) {
  const std::lock_guard lock(mutex);
  const auto found = table.find(handle);
  return found == table.end() ? nullptr : found->second.get();
}

template <class Table, class Value>
LSA_SEC_HANDLE insert(Table& table, Value value) {
  const std::lock_guard lock(mutex);
  table[++next_handle] = std::make_unique<Value>(std::move(value));
  return next_handle;
}

template <class Table>
bool erase(Table& table, LSA_SEC_HANDLE handle) {
  const std::lock_guard lock(mutex);
  return table.erase(handle) != 0;
}

}  // namespace

Credential* credential_of(LSA_SEC_HANDLE handle) { return find(credentials, handle); }
Context* context_of(LSA_SEC_HANDLE handle) { return find(contexts, handle); }
LSA_SEC_HANDLE keep(Context context) { return insert(contexts, std::move(context)); }
LSA_SEC_HANDLE keep(Credential credential) { return insert(credentials, std::move(credential)); }
bool forget_context(LSA_SEC_HANDLE handle) { return erase(contexts, handle); }
bool forget_credential(LSA_SEC_HANDLE handle) { return erase(credentials, handle); }

}  // namespace probe
