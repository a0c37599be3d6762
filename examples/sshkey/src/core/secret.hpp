// Secret bytes: move-only, wiped when they go; nothing prints or copies them by accident.
#pragma once

#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>

#include "core/bytes.hpp"

namespace sshkey {

inline void wipe(MutableView bytes) {
  if (!bytes.empty()) explicit_bzero(bytes.data(), bytes.size());
}

class Secret {
 public:
  Secret() = default;
  explicit Secret(std::size_t size_bytes) {
    if (size_bytes == 0) return;
    data_ = static_cast<std::uint8_t*>(std::calloc(1, size_bytes));
    if (data_ == nullptr) throw std::bad_alloc();  // caught at the C edge
    size_ = size_bytes;
  }
  explicit Secret(View source) : Secret(source.size()) {
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

  View reveal() const { return {data_, size_}; }
  MutableView reveal_mutable() { return {data_, size_}; }
  Secret duplicate() const { return Secret(reveal()); }
  bool empty() const { return size_ == 0; }

  void clear() {
    wipe({data_, size_});
    std::free(data_);
    data_ = nullptr;
    size_ = 0;
  }

 private:
  std::uint8_t* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace sshkey
