// A self-contained block as the query functions return it: structures, and behind them what they point to.
#pragma once

#include <cstdint>
#include <cstring>
#include <vector>

#include "base/bytes.hpp"

namespace openlsa::win32 {

// Grows by offsets; the pointers are made when the block is copied to where it will live.
class InformationBlock {
 public:
  // Zeroed room for `size_bytes`, aligned; its offset.
  std::size_t reserve(std::size_t size_bytes, std::size_t alignment) {
    bytes_.resize((bytes_.size() + alignment - 1) / alignment * alignment);
    const std::size_t offset = bytes_.size();
    bytes_.resize(offset + size_bytes);
    return offset;
  }
  template <class T>
  void write(std::size_t offset, const T& value) {
    std::memcpy(bytes_.data() + offset, &value, sizeof value);
  }
  std::size_t append(base::ByteView bytes, std::size_t alignment) {
    const std::size_t offset = reserve(bytes.size(), alignment);
    if (!bytes.empty()) std::memcpy(bytes_.data() + offset, bytes.data(), bytes.size());
    return offset;
  }
  // The pointer at `offset` leads to the block's byte `target`.
  void point(std::size_t offset, std::size_t target) { pointers_.push_back({offset, target}); }

  std::size_t size() const { return bytes_.size(); }

  // `destination` has room for size() bytes.
  void copy_to(void* destination) const {
    if (bytes_.empty()) return;
    auto* base = static_cast<std::uint8_t*>(destination);
    std::memcpy(base, bytes_.data(), bytes_.size());
    for (const Pointer& pointer : pointers_) {
      const std::uint8_t* target = base + pointer.target;
      std::memcpy(base + pointer.offset, &target, sizeof target);
    }
  }

 private:
  struct Pointer {
    std::size_t offset;
    std::size_t target;
  };
  base::Bytes bytes_;
  std::vector<Pointer> pointers_;
};

}  // namespace openlsa::win32
