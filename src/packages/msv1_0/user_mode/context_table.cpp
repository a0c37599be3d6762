#include "user_mode/context_table.hpp"

#include <shared_mutex>
#include <unordered_map>

namespace msv1_0 {
namespace {

struct Table {
  std::shared_mutex mutex;
  std::unordered_map<LSA_SEC_HANDLE, std::shared_ptr<UserContext>> contexts;
};

// Made at first use and never destroyed: the application may use contexts while it exits.
Table& table() {
  static Table& instance = *new Table;
  return instance;
}

}  // namespace

bool add_user_context(LSA_SEC_HANDLE handle, std::shared_ptr<UserContext> context) {
  Table& all = table();
  const std::lock_guard lock(all.mutex);
  return all.contexts.emplace(handle, std::move(context)).second;
}

std::shared_ptr<UserContext> find_user_context(LSA_SEC_HANDLE handle) {
  Table& all = table();
  const std::shared_lock lock(all.mutex);
  const auto found = all.contexts.find(handle);
  return found == all.contexts.end() ? nullptr : found->second;
}

std::shared_ptr<UserContext> take_user_context(LSA_SEC_HANDLE handle) {
  Table& all = table();
  const std::lock_guard lock(all.mutex);
  const auto found = all.contexts.find(handle);
  if (found == all.contexts.end()) return nullptr;
  std::shared_ptr<UserContext> context = std::move(found->second);
  all.contexts.erase(found);
  return context;
}

}  // namespace msv1_0
