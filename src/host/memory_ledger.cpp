#include "host/memory_ledger.hpp"

#include <fmt/format.h>

#include <bit>

#include "base/log.hpp"
#include "base/mutex.hpp"
#include "host/lsa_heap.hpp"
#include "host/runtime.hpp"
#include "host/support/return_windows.hpp"

namespace openlsa::host {
namespace {

struct WrongFrees {
  base::Mutex mutex;
  MemoryLedger by_owner OPENLSA_GUARDED_BY(mutex);
};

// Never destroyed: packages may free memory while the process exits.
WrongFrees& wrong_frees() {
  static WrongFrees& instance = *new WrongFrees;
  return instance;
}

std::string name_of(const Owner& owner) {
  if (owner.runtime) return "the runtime";
  const CurrentCall* call = CurrentCall::current();
  return call == nullptr ? "a thread of a package's own" : "security package " + call->package().display_name();
}

std::uint64_t count(const Owner& owner, std::uint64_t seam::MemoryOwner::* counter) {
  WrongFrees& all = wrong_frees();
  const base::MutexLock lock(all.mutex);
  return ++(all.by_owner[owner].*counter);
}

}  // namespace

Owner calling_owner() {
  if (const CurrentCall* call = CurrentCall::current()) return {call->package().id, false};
  const std::shared_ptr<Runtime> runtime = Runtime::only();
  const LoadedPackage* package = runtime == nullptr ? nullptr : runtime->first_package();
  return {package == nullptr ? 0 : package->id, false};
}

Owner runtime_owner() {
  const CurrentCall* call = CurrentCall::current();
  return {call == nullptr ? 0 : call->package().id, true};
}

void note_mixed_free(const char* function, const char* right_function) {
  const Owner owner = calling_owner();
  if (count(owner, &seam::MemoryOwner::mixed_frees) != 1) return;
  base::log(base::LogLevel::warning,
            fmt::format("{} freed a block with {} that {} should free; it is freed, and further ones are only counted",
                        name_of(owner), function, right_function));
}

void note_refused_free(const Owner& owner, const char* function, const char* what) {
  const std::uint64_t times = count(owner, &seam::MemoryOwner::refused_frees);
  if (!std::has_single_bit(times)) return;  // a package that never stops does not fill the log
  base::log(base::LogLevel::error,
            fmt::format("{} gave {} {}; it was left alone ({} refused so far)", name_of(owner), function, what, times));
}

MemoryLedger memory_ledger() {
  WrongFrees& all = wrong_frees();
  all.mutex.lock();
  MemoryLedger ledger = all.by_owner;
  all.mutex.unlock();
  lsa_heap::add_live(ledger);
  support::ReturnWindow::add_live(ledger);
  return ledger;
}

}  // namespace openlsa::host
