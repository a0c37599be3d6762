// Whose the live memory of this process is, and who freed wrongly: HostHealthReply::memory. The heaps and the answers
// of CallPackage keep the owner with each block, so nothing is counted while packages allocate.
#pragma once

#include <cstdint>
#include <map>

#include "seam/package_calls.hpp"

namespace openlsa::host {

// Who must free a block. The runtime works for a package too: in one process there may be several runtimes.
struct Owner {
  seam::PackageId package = 0;  // 0: a thread of nobody knows which package
  bool runtime = false;
  auto operator<=>(const Owner&) const = default;
};
using MemoryLedger = std::map<Owner, seam::MemoryOwner>;

// The package whose thread this is.
Owner calling_owner();
// The runtime, in a call of that package.
Owner runtime_owner();

// A block of one heap went by the function of the other: a warning, once per package.
void note_mixed_free(const char* function, const char* right_function);
// `function` got what it may not free, and did nothing. `what` says what that is, and what to do.
void note_refused_free(const Owner& owner, const char* function, const char* what);

// Every owner of this process that has something, or freed wrongly.
MemoryLedger memory_ledger();

}  // namespace openlsa::host
