#include "walk/memory.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <new>

namespace openlsa::walk {
namespace {

std::size_t page_bytes() {
  static const auto size = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  return size;
}

}  // namespace

Memory::~Memory() {
  for (const Mapping& mapping : mappings_) ::munmap(mapping.base, mapping.size);
}

unsigned char* Memory::block(std::size_t size, std::size_t alignment) {
  const std::size_t room = (size + page_bytes() - 1) / page_bytes() * page_bytes() + page_bytes();
  void* const base = ::mmap(nullptr, room + page_bytes(), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (base == MAP_FAILED) throw std::bad_alloc();
  mappings_.push_back({base, room + page_bytes()});
  auto* const guard = static_cast<unsigned char*>(base) + room;
  ::mprotect(guard, page_bytes(), PROT_NONE);
  return guard - (size + alignment - 1) / alignment * alignment;
}

void* Memory::copy(const void* bytes, std::size_t size, std::size_t alignment) {
  unsigned char* const place = block(size, alignment);
  if (size != 0) std::memcpy(place, bytes, size);
  return place;
}

unsigned char* Memory::output(Cell cell) {
  cell.at = block(cell.size);
  std::fill_n(cell.at, cell.size, canary_);
  watch(std::move(cell));
  return cells_.back().at;
}

void Memory::watch(Cell cell) {
  cell.before.assign(cell.at, cell.at + cell.size);
  cells_.push_back(std::move(cell));
}

std::vector<bool> written(const Cell& cell) {
  std::vector<bool> bytes(cell.size);
  for (std::size_t i = 0; i < cell.size; ++i) bytes[i] = cell.at[i] != cell.before[i];
  return bytes;
}

std::string broken_promise(const Cell& cell, std::int32_t status) {
  const bool among = cell.written_with.empty() || std::ranges::count(cell.written_with, status) != 0;
  if ((cell.on_failure == OnFailure::written && among) || std::equal(cell.before.begin(), cell.before.end(), cell.at))
    return "";
  if (cell.on_failure == OnFailure::zeroed)
    return std::all_of(cell.at, cell.at + cell.size, [](unsigned char byte) { return byte == 0; })
               ? ""
               : cell.name + " is neither zero nor what it was";
  return cell.name + " was written by a call that failed";
}

}  // namespace openlsa::walk
