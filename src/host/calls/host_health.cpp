#include <map>

#include "host/memory_ledger.hpp"
#include "host/runtime.hpp"

namespace openlsa::host {

namespace {

void add(seam::HeapUse& sum, const seam::HeapUse& use) {
  sum.blocks += use.blocks;
  sum.bytes += use.bytes;
}

}  // namespace

// Of the process's ledger what belongs to the packages of this runtime, and to nobody else.
std::vector<seam::MemoryOwner> Runtime::memory() const {
  std::map<seam::PackageId, seam::MemoryOwner> rows;
  const bool alone = only().get() == this;
  for (const auto& [owner, use] : memory_ledger()) {
    if (!(owner.package == 0 ? alone : is_mine(owner.package))) continue;
    seam::MemoryOwner& row = rows[owner.runtime ? 0 : owner.package];
    add(row.lsa_heap, use.lsa_heap);
    add(row.private_heap, use.private_heap);
    add(row.return_buffers, use.return_buffers);
    row.mixed_frees += use.mixed_frees;
    row.refused_frees += use.refused_frees;
  }
  std::vector<seam::MemoryOwner> result;
  for (auto& [package, row] : rows) {
    row.package = package;
    result.push_back(row);
  }
  return result;
}

seam::HostHealthReply Runtime::host_health(seam::HostHealthRequest) {
  const CallRegistry::Summary summary = calls_.summary();
  seam::HostHealthReply reply;
  reply.oldest_call_milliseconds = static_cast<std::uint64_t>(summary.oldest.count());
  reply.calls_running = summary.running;
  reply.credential_handles = handle_counts_.credentials.load();
  reply.context_handles = handle_counts_.contexts.load();
  reply.memory = memory();
  const base::MutexLock lock(channels_mutex_);
  reply.channels = static_cast<std::uint32_t>(channels_.size());
  return reply;
}

}  // namespace openlsa::host
