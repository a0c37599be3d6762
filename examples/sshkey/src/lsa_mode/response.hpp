// Builds a response: a structure, an array at its end, and texts behind them by offset.
#pragma once

#include "core/bytes.hpp"

namespace sshkey {

class Response {
 public:
  // `head_size` bytes for the structure and all elements of its array.
  explicit Response(std::size_t head_size) : bytes_(head_size) {}

  template <class Structure>
  void put(std::size_t offset, const Structure& structure) {
    std::memcpy(bytes_.data() + offset, &structure, sizeof structure);
  }
  // The offset of the text, which goes to the end.
  std::uint32_t add(std::string_view text) {
    const std::size_t offset = bytes_.size();
    bytes_.insert(bytes_.end(), text.begin(), text.end());
    return static_cast<std::uint32_t>(offset);
  }
  Bytes take() { return std::move(bytes_); }

 private:
  Bytes bytes_;
};

}  // namespace sshkey
