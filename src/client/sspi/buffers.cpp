#include "client/sspi/buffers.hpp"

#include <cstring>

#include "client/memory/client_buffers.hpp"

namespace openlsa::client {
namespace {

std::uint32_t plain_type(std::uint32_t type) { return type & ~std::uint32_t{SECBUFFER_ATTRMASK}; }

std::span<SecBuffer> all(const SecBufferDesc* buffers) {
  return buffers == nullptr ? std::span<SecBuffer>() : std::span(buffers->pBuffers, buffers->cBuffers);
}

// Bytes of one output buffer, wherever the package put them.
base::ByteView bytes_of(const seam::SecBufferValue& value) {
  if (value.client_address != 0)
    return base::as_bytes(reinterpret_cast<const void*>(value.client_address), value.size_bytes);
  return value.data ? base::ByteView(*value.data) : base::ByteView();
}

bool is_answer(const seam::SecBufferValue& value, const ClientWindow& window) {
  if (value.client_address != 0) return window.is_block(value.client_address, value.size_bytes);
  if (value.data) return value.data->size() == value.size_bytes;
  return value.size_bytes == 0 || (value.type & SECBUFFER_ATTRMASK) != 0;  // a read-only buffer keeps its bytes
}

nt::Status check_output(const std::vector<seam::SecBufferValue>& values, bool allocate, const ClientWindow& window,
                        std::span<const SecBuffer> buffers) {
  if (values.size() != buffers.size()) return SEC_E_INTERNAL_ERROR;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!is_answer(values[i], window)) return SEC_E_INTERNAL_ERROR;
    // Each block is one buffer's: it is freed, or handed to the application, once.
    for (std::size_t earlier = 0; values[i].client_address != 0 && earlier < i; ++earlier)
      if (values[earlier].client_address == values[i].client_address) return SEC_E_INTERNAL_ERROR;
    if (!allocate && values[i].size_bytes > buffers[i].cbBuffer) return SEC_E_BUFFER_TOO_SMALL;
    if (!allocate && !bytes_of(values[i]).empty() && buffers[i].pvBuffer == nullptr) return SEC_E_BUFFER_TOO_SMALL;
  }
  return SEC_E_OK;
}

// A block that FreeContextBuffer takes back; nullptr for nothing. False without memory.
bool allocate_copy(base::ByteView bytes, void*& block) {
  block = nullptr;
  if (bytes.empty()) return true;
  block = allocate_buffer(bytes.size(), FreedBy::free_context_buffer);
  if (block != nullptr) std::memcpy(block, bytes.data(), bytes.size());
  return block != nullptr;
}

// Blocks for all, or none. Those in the window have theirs.
bool allocate_all(const std::vector<seam::SecBufferValue>& values, std::vector<void*>& blocks) {
  for (const seam::SecBufferValue& value : values) {
    void* block = reinterpret_cast<void*>(value.client_address);
    if (block == nullptr && !allocate_copy(bytes_of(value), block)) {
      for (std::size_t i = 0; i < blocks.size(); ++i)
        if (values[i].client_address == 0) discard_buffer(blocks[i]);
      return false;
    }
    blocks.push_back(block);
  }
  return true;
}

}  // namespace

bool valid_buffers(const SecBufferDesc* buffers) {
  return buffers != nullptr && buffers->ulVersion == SECBUFFER_VERSION && buffers->cBuffers <= max_sspi_buffers &&
         (buffers->cBuffers == 0 || buffers->pBuffers != nullptr);
}

bool valid_message(const SecBufferDesc* message) {
  if (!valid_buffers(message)) return false;
  for (const SecBuffer& buffer : all(message)) {
    const std::uint32_t type = plain_type(buffer.BufferType);
    if (buffer.pvBuffer == nullptr && buffer.cbBuffer != 0 && type != SECBUFFER_EMPTY && type != SECBUFFER_MISSING)
      return false;
  }
  return true;
}

nt::Status copy_input(const SecBufferDesc* buffers, std::vector<seam::SecBufferValue>& values) {
  if (buffers == nullptr) return SEC_E_OK;
  if (!valid_buffers(buffers)) return SEC_E_INVALID_PARAMETER;
  std::size_t left = max_input_bytes;
  for (const SecBuffer& buffer : all(buffers)) {
    const bool empty = plain_type(buffer.BufferType) == SECBUFFER_EMPTY;
    if (!empty && buffer.pvBuffer == nullptr && buffer.cbBuffer != 0) return SEC_E_INVALID_PARAMETER;
    const ULONG size = empty && buffer.pvBuffer == nullptr ? 0 : buffer.cbBuffer;
    if (size > left) return SEC_E_INVALID_PARAMETER;
    left -= size;
    seam::SecBufferValue value{buffer.BufferType, size, std::nullopt, 0};
    if (buffer.pvBuffer != nullptr) value.data = base::to_bytes(base::as_bytes(buffer.pvBuffer, size));
    values.push_back(std::move(value));
  }
  return SEC_E_OK;
}

nt::Status describe_output(const SecBufferDesc* buffers, bool allocate, std::vector<seam::SecBufferValue>& values) {
  if (buffers == nullptr) return SEC_E_OK;
  if (!valid_buffers(buffers)) return SEC_E_INVALID_PARAMETER;
  for (const SecBuffer& buffer : all(buffers)) {
    const ULONG capacity = allocate || buffer.pvBuffer == nullptr ? 0 : buffer.cbBuffer;
    values.push_back({buffer.BufferType, capacity, std::nullopt, 0});
  }
  return SEC_E_OK;
}

bool write_input(const std::vector<seam::SecBufferValue>& values, const SecBufferDesc* buffers) {
  const auto input = all(buffers);
  if (values.empty()) return true;
  if (values.size() != input.size()) return false;
  std::uint64_t total = 0;
  for (const SecBuffer& buffer : input) total += buffer.cbBuffer;
  for (std::size_t i = 0; i < values.size(); ++i) {
    // SECBUFFER_MISSING counts bytes that are still to come, SECBUFFER_EXTRA the end of the whole input; any other
    // buffer keeps its memory and cannot grow.
    const std::uint32_t type = plain_type(values[i].type);
    const std::uint64_t limit = type == SECBUFFER_EXTRA ? total : input[i].cbBuffer;
    if (type != SECBUFFER_MISSING && values[i].size_bytes > limit) return false;
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    input[i].BufferType = values[i].type;
    input[i].cbBuffer = values[i].size_bytes;
  }
  return true;
}

nt::Status write_output(const std::vector<seam::SecBufferValue>& values, bool allocate, const ClientWindow& window,
                        const SecBufferDesc* buffers) {
  const auto output = all(buffers);
  if (const nt::Status status = check_output(values, allocate, window, output); status != SEC_E_OK) return status;
  std::vector<void*> blocks;
  blocks.reserve(values.size());
  if (allocate && !allocate_all(values, blocks)) return SEC_E_INSUFFICIENT_MEMORY;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const base::ByteView bytes = bytes_of(values[i]);
    output[i].BufferType = values[i].type;
    output[i].cbBuffer = values[i].size_bytes;
    if (allocate) {
      output[i].pvBuffer = blocks[i];
      if (blocks[i] == nullptr) output[i].cbBuffer = 0;
    } else if (!bytes.empty()) {
      std::memcpy(output[i].pvBuffer, bytes.data(), bytes.size());
    }
    if (!allocate && values[i].client_address != 0) discard_buffer(reinterpret_cast<void*>(values[i].client_address));
  }
  return SEC_E_OK;
}

void write_output_of_failure(const std::vector<seam::SecBufferValue>& values, bool allocate, nt::Status status,
                             const SecBufferDesc* buffers) {
  const auto output = all(buffers);
  for (std::size_t i = 0; i < output.size(); ++i) {
    const bool answered = i < values.size() && values[i].data && values[i].data->size() == values[i].size_bytes;
    const bool too_small = status == SEC_E_BUFFER_TOO_SMALL || status == STATUS_BUFFER_TOO_SMALL;
    const ULONG capacity = output[i].cbBuffer;
    output[i].cbBuffer = too_small && i < values.size() ? values[i].size_bytes : 0;
    if (allocate) {
      output[i].pvBuffer = nullptr;
      if (answered && allocate_copy(*values[i].data, output[i].pvBuffer)) output[i].cbBuffer = values[i].size_bytes;
    } else if (answered && output[i].pvBuffer != nullptr && values[i].size_bytes <= capacity) {
      std::memcpy(output[i].pvBuffer, values[i].data->data(), values[i].data->size());
      output[i].cbBuffer = values[i].size_bytes;
    }
  }
}

}  // namespace openlsa::client
