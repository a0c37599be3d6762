#include "authority/tokens/token_table.hpp"

#include <vector>

#include "base/random.hpp"

namespace openlsa::authority {
namespace {

constexpr std::uint32_t handle_of(std::uint32_t name) { return name << 3; }
// 0, which names nothing, for a value that is no handle of ours.
constexpr std::uint32_t name_of(std::uint32_t handle) {
  return (handle & 7) == 0 && handle <= 0x7fff'ffff ? handle >> 3 : 0;
}

std::uint32_t any_generation() {
  std::uint32_t value = 0;
  base::fill_random({reinterpret_cast<std::uint8_t*>(&value), sizeof value});
  return value;
}

}  // namespace

HandleTable::HandleTable(std::uint32_t quota, std::shared_ptr<HandleQuota> shared)
    : shared_(std::move(shared)), table_(quota < max_handles ? quota : max_handles, any_generation()) {}

std::uint32_t HandleTable::insert(std::shared_ptr<Token> token, seam::PackageId placed_by) {
  base::MutexLock lock(mutex_);
  if (closed_ || (shared_ && !shared_->take())) return 0;
  const std::optional<std::uint32_t> name = table_.insert({token, placed_by});  // ours goes after the lock
  if (!name && shared_) shared_->give_back();
  return name ? handle_of(*name) : 0;
}

std::shared_ptr<Token> HandleTable::find(std::uint32_t handle) {
  base::MutexLock lock(mutex_);
  const Entry* found = table_.find(name_of(handle));
  return found == nullptr ? nullptr : found->token;
}

seam::PackageId HandleTable::placed_by(std::uint32_t handle) {
  base::MutexLock lock(mutex_);
  const Entry* found = table_.find(name_of(handle));
  return found == nullptr ? 0 : found->placed_by;
}

std::shared_ptr<Token> HandleTable::take(std::uint32_t handle) {
  base::MutexLock lock(mutex_);
  std::optional<Entry> taken = table_.take(name_of(handle));
  if (taken && shared_) shared_->give_back();
  return taken ? std::move(taken->token) : nullptr;
}

void HandleTable::close_all() {
  std::vector<std::shared_ptr<Token>> released;  // after the lock: the last token of a session does work
  base::MutexLock lock(mutex_);
  closed_ = true;
  std::vector<std::uint32_t> names;
  table_.for_each([&](std::uint32_t name, Entry&) { names.push_back(name); });
  for (const std::uint32_t name : names) released.push_back(std::move(table_.take(name)->token));
  if (shared_) shared_->give_back(static_cast<std::uint32_t>(names.size()));
}

std::size_t HandleTable::size() {
  base::MutexLock lock(mutex_);
  return table_.size();
}

std::vector<std::shared_ptr<Token>> HandleTable::list() {
  std::vector<std::shared_ptr<Token>> tokens;
  base::MutexLock lock(mutex_);
  table_.for_each([&](std::uint32_t, const Entry& entry) { tokens.push_back(entry.token); });
  return tokens;
}

}  // namespace openlsa::authority
