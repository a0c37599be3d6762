#include "client/memory/client_window.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <new>
#include <utility>

namespace openlsa::client {
namespace {

// One untouched reservation waits for the next call: most calls return no client memory, and mapping and unmapping
// would cost each of them two system calls under the process's memory lock.
constinit std::atomic<std::uint64_t> spare{0};

bool within(std::uint64_t address, std::uint64_t size_bytes, std::uint64_t base, std::uint64_t limit) {
  if (address < base) return false;
  const std::uint64_t offset = address - base;
  return offset <= limit && size_bytes <= limit - offset;
}

std::uint64_t page_bytes() { return static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)); }
void* at(std::uint64_t address) { return reinterpret_cast<void*>(address); }
void unmap(std::uint64_t from, std::uint64_t to) {
  if (from < to) ::munmap(at(from), to - from);
}

}  // namespace

ClientWindow::ClientWindow(std::size_t size_bytes) {
  const std::size_t page = page_bytes();
  size_bytes_ = (size_bytes + page - 1) / page * page;
  if (size_bytes_ == default_size_bytes) base_ = spare.exchange(0);
  if (base_ != 0 || size_bytes_ == 0) return;
  void* mapping = ::mmap(nullptr, size_bytes_, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (mapping != MAP_FAILED) base_ = reinterpret_cast<std::uint64_t>(mapping);
}

ClientWindow::~ClientWindow() { release(); }

void ClientWindow::release() {
  std::uint64_t going = std::exchange(base_, 0);
  blocks_.clear();
  if (going != 0 && untouched_ && size_bytes_ == default_size_bytes) going = spare.exchange(going);
  if (going != 0) unmap(going, going + size_bytes_);
}

// Sorted by address, each within the window, none over another.
bool ClientWindow::take_blocks(const std::vector<seam::ClientBlock>& blocks) try {
  std::vector<seam::ClientBlock> sorted = blocks;
  std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.address < b.address; });
  std::uint64_t next = base_;
  for (const seam::ClientBlock& block : sorted) {
    // Even an empty block has an address of its own, for the application frees it by that.
    const std::uint64_t size = std::max<std::uint64_t>(block.size_bytes, 1);
    if (block.address < next || !within(block.address, size, base_, size_bytes_)) return false;
    next = block.address + size;
  }
  blocks_ = std::move(sorted);
  return true;
} catch (const std::bad_alloc&) {
  return false;  // the caller still has a token to give back
}

const seam::ClientBlock* ClientWindow::block_of(std::uint64_t address, std::uint64_t size_bytes) const {
  auto next = std::upper_bound(blocks_.begin(), blocks_.end(), address,
                               [](std::uint64_t wanted, const auto& block) { return wanted < block.address; });
  if (next == blocks_.begin()) return nullptr;
  --next;
  return within(address, size_bytes, next->address, next->size_bytes) ? &*next : nullptr;
}

bool ClientWindow::apply(const seam::ClientWrites& writes, FreedBy function) {
  bool good = valid() && take_blocks(writes.allocations);
  for (std::size_t i = 0; good && i < writes.writes.size(); ++i)
    good = block_of(writes.writes[i].address, writes.writes[i].bytes.size()) != nullptr;
  if (good && (blocks_.empty() || commit(writes, function))) return true;
  release();
  return false;
}

bool ClientWindow::commit(const seam::ClientWrites& writes, FreedBy function) {
  const std::uint64_t page = page_bytes();
  const std::uint64_t end = blocks_.back().address + std::max<std::uint64_t>(blocks_.back().size_bytes, 1);
  const std::uint64_t used_begin = blocks_.front().address / page * page;
  const std::uint64_t used_end = (end + page - 1) / page * page;
  untouched_ = false;
  if (::mprotect(at(used_begin), used_end - used_begin, PROT_READ | PROT_WRITE) != 0) return false;
  for (const seam::ClientMemory& write : writes.writes)
    if (!write.bytes.empty()) std::memcpy(at(write.address), write.bytes.data(), write.bytes.size());
  if (!hand_out_mapping(at(used_begin), used_end - used_begin, blocks_, function)) return false;
  // The mapping is the application's now; the rest of the reservation goes back.
  unmap(base_, used_begin);
  unmap(used_end, base_ + size_bytes_);
  base_ = 0;
  return true;
}

void ClientWindow::take_back() {
  for (const seam::ClientBlock& block : blocks_) discard_buffer(at(block.address));
  blocks_.clear();
}

bool ClientWindow::readable(std::uint64_t address, std::uint64_t size_bytes) const {
  return (address == 0 && size_bytes == 0) || block_of(address, size_bytes) != nullptr;
}

bool ClientWindow::is_block(std::uint64_t address, std::uint64_t size_bytes) const {
  const seam::ClientBlock* block = block_of(address, size_bytes);
  return block != nullptr && block->address == address;
}

}  // namespace openlsa::client
