// AllocateLocallyUniqueId: from blocks that the authority gives out. A value made up here could meet another process's,
// so without an authority there is none.
#include <openlsa/windows.h>
#include <unistd.h>

#include "base/mutex.hpp"
#include "win32/c_edge.hpp"

using namespace openlsa::win32;

namespace {

constexpr std::uint32_t block_size = 32;

struct Block {
  const TokenBackend* backend = nullptr;
  std::uint32_t epoch = 0;  // a restarted authority may count anew
  pid_t process_id = 0;     // a forked child must not give out its parent's values again
  std::uint64_t next = 0;
  std::uint32_t left = 0;
};

constinit openlsa::base::Mutex mutex;
constinit Block block OPENLSA_GUARDED_BY(mutex);

bool take_from_block(TokenBackend* backend, openlsa::nt::Luid& luid) {
  const std::uint32_t epoch = backend->epoch();
  const openlsa::base::MutexLock lock(mutex);
  if (block.backend != backend || block.epoch != epoch || block.process_id != getpid() || block.left == 0) return false;
  luid.value = block.next++;
  --block.left;
  return true;
}

// Two threads may fetch at once; each takes its own block's first value, and what the later one replaces is lost.
openlsa::nt::Status take_from_backend(TokenBackend* backend, openlsa::nt::Luid& luid) {
  const openlsa::win32::LuidBlock fetched = backend->allocate_luids(block_size);
  if (!openlsa::nt::succeeded(fetched.status)) return fetched.status;
  if (fetched.count == 0) return STATUS_INSUFFICIENT_RESOURCES;
  luid = fetched.first;
  const std::uint32_t epoch = backend->epoch();
  const openlsa::base::MutexLock lock(mutex);
  block = {backend, epoch, getpid(), fetched.first.value + 1, fetched.count - 1};
  return STATUS_SUCCESS;
}

}  // namespace

BOOL AllocateLocallyUniqueId(PLUID luid) {
  if (luid == nullptr) return fail(ERROR_INVALID_PARAMETER);
  TokenBackend* backend = current_backend();
  if (backend == nullptr) return fail(ERROR_NOT_READY);
  return at_edge([&] {
    openlsa::nt::Luid value;
    if (!take_from_block(backend, value)) {
      const openlsa::nt::Status status = take_from_backend(backend, value);
      if (!openlsa::nt::succeeded(status)) return fail_with_status(status);
    }
    luid->LowPart = value.low();
    luid->HighPart = value.high();
    return TRUE;
  });
}
