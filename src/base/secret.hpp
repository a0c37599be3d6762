// A secret: move-only bytes that are wiped when they go and that nothing can print or copy by accident.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "base/bytes.hpp"

namespace openlsa::base {

inline void wipe(void* data, std::size_t size_bytes) {
  if (size_bytes != 0) explicit_bzero(data, size_bytes);
}
inline void wipe(MutableByteView view) { wipe(view.data(), view.size()); }

class Secret {
 public:
  Secret() = default;
  explicit Secret(std::size_t size_bytes) : data_(allocate(size_bytes)), size_(data_ ? size_bytes : 0) {}
  explicit Secret(ByteView source) : Secret(source.size()) {
    if (size_ != 0) std::memcpy(data_, source.data(), size_);
  }
  Secret(Secret&& other) noexcept : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}
  Secret& operator=(Secret&& other) noexcept {
    if (this != &other) {
      clear();
      data_ = std::exchange(other.data_, nullptr);
      size_ = std::exchange(other.size_, 0);
    }
    return *this;
  }
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret() { clear(); }

  // The only ways to the bytes carry a name that a reviewer can search for.
  ByteView reveal() const { return {data_, size_}; }
  MutableByteView reveal_mutable() { return {data_, size_}; }
  Secret duplicate() const { return Secret(reveal()); }

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

  void clear() {
    if (data_ != nullptr) {
      wipe(data_, size_);
      std::free(data_);
    }
    data_ = nullptr;
    size_ = 0;
  }

 private:
  static std::uint8_t* allocate(std::size_t size_bytes) {
    if (size_bytes == 0) return nullptr;
    auto* block = static_cast<std::uint8_t*>(std::calloc(1, size_bytes));
    if (block == nullptr) std::abort();  // no partial secret: out of memory here is fatal, never silent
    return block;
  }

  std::uint8_t* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace openlsa::base
