#include "host/client_memory.hpp"

#include <algorithm>

#include "base/secret.hpp"

namespace openlsa::host {
namespace {

// Whether [address, address + size) lies within [base, base + limit); none of the sums can overflow.
bool within(std::uint64_t address, std::uint64_t size_bytes, std::uint64_t base, std::uint64_t limit) {
  if (address < base) return false;
  const std::uint64_t offset = address - base;
  return offset <= limit && size_bytes <= limit - offset;
}

std::uint64_t rounded(std::uint64_t size_bytes) {
  const std::uint64_t least = size_bytes == 0 ? 1 : size_bytes;
  return (least + ClientMemory::alignment - 1) / ClientMemory::alignment * ClientMemory::alignment;
}

// Adds [from, to) to the disjoint ranges, joining what touches it.
void add_range(std::map<std::uint64_t, std::uint64_t>& ranges, std::uint64_t from, std::uint64_t to) {
  auto next = ranges.lower_bound(from);
  if (next != ranges.begin() && std::prev(next)->second >= from) --next;
  while (next != ranges.end() && next->first <= to) {
    from = std::min(from, next->first);
    to = std::max(to, next->second);
    next = ranges.erase(next);
  }
  ranges.emplace(from, to);
}

}  // namespace

ClientMemory::ClientMemory(seam::ClientWindow window) {
  // A window that wraps around, or starts at NULL, is no window; the part that is not aligned is not used.
  if (window.base == 0 || window.base > UINT64_MAX - alignment || window.size_bytes > UINT64_MAX - window.base) return;
  base_ = rounded(window.base);
  end_ = window.base + window.size_bytes;
  if (end_ <= base_) base_ = end_ = 0;
}

void ClientMemory::submit(std::uint64_t address, base::ByteView bytes) {
  if (address == 0 || bytes.empty() || bytes.size() > UINT64_MAX - address) return;
  submitted_.push_back({address, bytes});
}

nt::Status ClientMemory::allocate(std::uint32_t size_bytes, std::uint64_t& address) {
  const std::uint64_t needed = rounded(size_bytes);
  if (needed > max_bytes - std::min(used_bytes_, max_bytes)) return STATUS_NO_MEMORY;
  std::uint64_t candidate = base_;  // first fit: a call has few blocks
  for (const auto& [start, block] : blocks_) {
    if (start - candidate >= needed) break;
    candidate = start + rounded(block.size_bytes);
  }
  if (base_ == 0 || !within(candidate, needed, base_, end_ - base_)) return STATUS_NO_MEMORY;
  Block block;
  block.size_bytes = size_bytes;
  block.shadow.resize(size_bytes);
  blocks_.emplace(candidate, std::move(block));
  used_bytes_ += needed;
  address = candidate;
  return STATUS_SUCCESS;
}

nt::Status ClientMemory::free(std::uint64_t address) {
  const auto found = blocks_.find(address);
  if (found == blocks_.end()) return STATUS_INVALID_PARAMETER;
  used_bytes_ -= rounded(found->second.size_bytes);
  base::wipe(found->second.shadow);
  blocks_.erase(found);
  return STATUS_SUCCESS;
}

const std::pair<const std::uint64_t, ClientMemory::Block>* ClientMemory::find(std::uint64_t address,
                                                                              std::uint64_t size_bytes) const {
  auto next = blocks_.upper_bound(address);
  if (next == blocks_.begin()) return nullptr;
  --next;
  return within(address, size_bytes, next->first, next->second.size_bytes) ? &*next : nullptr;
}

bool ClientMemory::is_block(std::uint64_t address, std::uint64_t size_bytes) const {
  const auto found = blocks_.find(address);
  return found != blocks_.end() && size_bytes <= found->second.size_bytes;
}

nt::Status ClientMemory::write(std::uint64_t address, base::ByteView bytes) {
  const auto* found = find(address, bytes.size());
  if (found == nullptr) return STATUS_ACCESS_VIOLATION;
  if (bytes.empty()) return STATUS_SUCCESS;
  Block& block = blocks_.find(found->first)->second;
  const std::uint64_t offset = address - found->first;
  std::memcpy(block.shadow.data() + offset, bytes.data(), bytes.size());
  add_range(block.written, offset, offset + bytes.size());
  return STATUS_SUCCESS;
}

const std::uint8_t* ClientMemory::readable(std::uint64_t address, std::uint64_t size_bytes) const {
  for (const Piece& piece : submitted_)
    if (within(address, size_bytes, piece.address, piece.bytes.size()))
      return piece.bytes.data() + (address - piece.address);
  const auto* found = find(address, size_bytes);
  return found == nullptr ? nullptr : found->second.shadow.data() + (address - found->first);
}

nt::Status ClientMemory::read(std::uint64_t address, base::MutableByteView out) const {
  const std::uint8_t* bytes = readable(address, out.size());
  if (bytes == nullptr && !holds(address, out.size())) return STATUS_ACCESS_VIOLATION;
  if (!out.empty()) std::memcpy(out.data(), bytes, out.size());
  return STATUS_SUCCESS;
}

nt::Status ClientMemory::map(std::uint64_t address, std::uint32_t size_bytes, void*& mapped) {
  mapped = nullptr;
  if (address == 0 && size_bytes == 0) return STATUS_SUCCESS;
  const std::uint8_t* bytes = readable(address, size_bytes);
  if (bytes == nullptr && !holds(address, size_bytes)) return STATUS_ACCESS_VIOLATION;
  if (rounded(size_bytes) > max_bytes - mapped_bytes_) return STATUS_NO_MEMORY;
  mapped_bytes_ += rounded(size_bytes);
  base::Secret& copy = mapped_.emplace_back(std::max<std::size_t>(size_bytes, 1));
  if (size_bytes != 0) std::memcpy(copy.reveal_mutable().data(), bytes, size_bytes);
  mapped = copy.reveal_mutable().data();
  return STATUS_SUCCESS;
}

seam::ClientWrites ClientMemory::take_writes() {
  seam::ClientWrites result;
  for (auto& [start, block] : blocks_) {
    result.allocations.push_back({start, block.size_bytes});
    for (const auto& [from, to] : block.written)
      result.writes.push_back({start + from, base::to_bytes(base::ByteView(block.shadow).subspan(from, to - from))});
  }
  drop();
  return result;
}

void ClientMemory::drop() {
  for (auto& [start, block] : blocks_) base::wipe(block.shadow);
  blocks_.clear();
  used_bytes_ = 0;
}

}  // namespace openlsa::host
