// Strings and bytes for the application, each a block for SspiLocalFree; those of a call that fails go again.
#pragma once

#include <cstring>
#include <utility>

#include "client/memory/client_buffers.hpp"
#include "client/sspi/text.hpp"

namespace openlsa::client {

class OutputBlock {
 public:
  OutputBlock() = default;
  ~OutputBlock() {
    if (block_ != nullptr) discard_buffer(block_);
  }
  OutputBlock(const OutputBlock&) = delete;
  OutputBlock& operator=(const OutputBlock&) = delete;

  // False without memory. A text that is absent is NULL.
  bool make(const seam::OptionalText& text) {
    if (text) block_ = allocate_text(*text, false, FreedBy::sspi_local_free);
    return !text || block_ != nullptr;
  }
  bool make(base::ByteView bytes) {
    block_ = allocate_buffer(bytes.size(), FreedBy::sspi_local_free);
    if (block_ != nullptr && !bytes.empty()) std::memcpy(block_, bytes.data(), bytes.size());
    return block_ != nullptr;
  }
  // The application's from now on.
  template <class T>
  void hand_to(T** output) {
    *output = static_cast<T*>(std::exchange(block_, nullptr));
  }

 private:
  void* block_ = nullptr;
};

}  // namespace openlsa::client
