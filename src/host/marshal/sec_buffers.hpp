// SecBufferDesc between a client's call and a package. The package works on our copies; what it returns is read from
// our own array, never through the descriptor that it could have changed.
#pragma once

#include <vector>

#include "host/client_memory.hpp"
#include "host/marshal/strings.hpp"

#include <openlsa/sspi.h>

namespace openlsa::host::marshal {

inline constexpr std::size_t max_buffers = 64;
// What all output buffers of one call can hold; a client that claims more gets this.
inline constexpr std::size_t max_output_bytes = 8u << 20;

class InputBuffers {
 public:
  // The values must outlive this; the package may change their bytes.
  explicit InputBuffers(std::vector<seam::SecBufferValue>& values);
  InputBuffers(const InputBuffers&) = delete;
  InputBuffers& operator=(const InputBuffers&) = delete;

  // false: too many, or sizes that do not fit the data.
  bool valid() const { return valid_; }
  bool empty() const { return buffers_.empty(); }
  SecBufferDesc* descriptor() { return &descriptor_; }
  // Types and sizes as the package left them (SECBUFFER_EXTRA, SECBUFFER_MISSING), without data.
  Copied<std::vector<seam::SecBufferValue>> read_back() const;

 private:
  bool valid_ = true;
  std::uint64_t total_bytes_ = 0;
  std::vector<SecBuffer> buffers_;
  SecBufferDesc descriptor_{};
};

class OutputBuffers {
 public:
  // `package_allocates`: ISC_REQ_ALLOCATE_MEMORY or ASC_REQ_ALLOCATE_MEMORY; the package then gives blocks of the LSA
  // heap, and we free them.
  OutputBuffers(const std::vector<seam::SecBufferValue>& values, bool package_allocates);
  OutputBuffers(const OutputBuffers&) = delete;
  OutputBuffers& operator=(const OutputBuffers&) = delete;

  bool valid() const { return valid_; }
  SecBufferDesc* descriptor() { return &descriptor_; }

  // What the package wrote: into our buffer, a block of the LSA heap (freed here), or a block of the client's window.
  // Refused: any other pointer, and a size beyond what is behind it.
  Copied<std::vector<seam::SecBufferValue>> take(const ClientMemory& memory);
  // After a failure: sizes (a package says how much it needs). Data only when an error message for the peer was asked
  // for or promised (ISC_REQ_EXTENDED_ERROR and its like): otherwise a size that the package left alone would count as
  // one, and its pointers may be stale.
  std::vector<seam::SecBufferValue> take_after_failure(bool extended_error);

 private:
  bool is_ours(std::size_t index) const;
  static void free_blocks(const std::vector<const void*>& blocks);

  bool valid_ = true;
  std::vector<base::Secret> storage_;  // wiped: some packages put keys where a token belongs
  std::vector<std::uint32_t> types_;   // as the client gave them
  std::vector<SecBuffer> buffers_;
  SecBufferDesc descriptor_{};
};

}  // namespace openlsa::host::marshal
