#include "host/marshal/sec_buffers.hpp"

#include <algorithm>

#include "host/lsa_heap.hpp"

namespace openlsa::host::marshal {
namespace {

// A client cannot say that its buffers are mapped or not: the bits are the system's own (SECBUFFER_UNMAPPED).
std::uint32_t client_type(std::uint32_t type) { return type & ~std::uint32_t{SECBUFFER_RESERVED}; }
std::uint32_t plain_type(std::uint32_t type) { return type & ~std::uint32_t{SECBUFFER_ATTRMASK}; }
bool read_only(std::uint32_t type) {
  return (type & (std::uint32_t{SECBUFFER_READONLY} | std::uint32_t{SECBUFFER_READONLY_WITH_CHECKSUM})) != 0;
}

SecBufferDesc describe(std::vector<SecBuffer>& buffers) {
  SecBufferDesc descriptor{};
  descriptor.ulVersion = SECBUFFER_VERSION;
  descriptor.cBuffers = static_cast<ULONG>(buffers.size());
  descriptor.pBuffers = buffers.data();
  return descriptor;
}

}  // namespace

InputBuffers::InputBuffers(std::vector<seam::SecBufferValue>& values) : valid_(values.size() <= max_buffers) {
  if (!valid_) return;
  for (seam::SecBufferValue& value : values) {
    SecBuffer buffer{};
    buffer.BufferType = client_type(value.type);
    if (value.data) {
      if (value.data->size() != value.size_bytes) valid_ = false;
      buffer.cbBuffer = static_cast<ULONG>(value.data->size());
      // Empty is not NULL, but there is nothing behind it.
      static std::uint8_t nothing;
      buffer.pvBuffer = value.data->empty() ? &nothing : value.data->data();
      total_bytes_ += value.data->size();
    }
    buffers_.push_back(buffer);
  }
  descriptor_ = describe(buffers_);
}

Copied<std::vector<seam::SecBufferValue>> InputBuffers::read_back() const {
  std::vector<seam::SecBufferValue> result;
  for (const SecBuffer& buffer : buffers_) {
    // SECBUFFER_MISSING counts bytes that are still to come; all other sizes are parts of the input.
    if (plain_type(buffer.BufferType) != SECBUFFER_MISSING && buffer.cbBuffer > total_bytes_)
      return std::unexpected(Refusal{"an input buffer that became larger than the input"});
    result.push_back({buffer.BufferType, buffer.cbBuffer, std::nullopt, 0});
  }
  return result;
}

OutputBuffers::OutputBuffers(const std::vector<seam::SecBufferValue>& values, bool package_allocates)
    : valid_(values.size() <= max_buffers) {
  if (!valid_) return;
  std::size_t left = max_output_bytes;
  for (const seam::SecBufferValue& value : values) {
    const std::size_t capacity = package_allocates ? 0 : std::min<std::size_t>(value.size_bytes, left);
    left -= capacity;
    if (value.data && value.data->size() > value.size_bytes) valid_ = false;
    base::Secret& storage = storage_.emplace_back(capacity);
    if (value.data && capacity != 0)
      std::memcpy(storage.reveal_mutable().data(), value.data->data(), std::min(value.data->size(), capacity));
    types_.push_back(client_type(value.type));
    SecBuffer buffer{};
    buffer.BufferType = types_.back();
    buffer.cbBuffer = static_cast<ULONG>(capacity);
    buffer.pvBuffer = storage.reveal_mutable().data();
    buffers_.push_back(buffer);
  }
  descriptor_ = describe(buffers_);
}

bool OutputBuffers::is_ours(std::size_t index) const {
  return buffers_[index].pvBuffer != nullptr && buffers_[index].pvBuffer == storage_[index].reveal().data();
}

Copied<std::vector<seam::SecBufferValue>> OutputBuffers::take(const ClientMemory& memory) {
  std::vector<seam::SecBufferValue> result;
  std::vector<const void*> blocks;
  const char* refused = nullptr;
  for (std::size_t i = 0; i < buffers_.size(); ++i) {
    const SecBuffer& buffer = buffers_[i];
    const auto address = reinterpret_cast<std::uint64_t>(buffer.pvBuffer);
    seam::SecBufferValue value{buffer.BufferType, buffer.cbBuffer, std::nullopt, 0};
    const bool heap = !is_ours(i) && lsa_heap::is_block(buffer.pvBuffer);
    if (heap) blocks.push_back(buffer.pvBuffer);
    if (buffer.pvBuffer == nullptr) {
      value.size_bytes = 0;
    } else if (is_ours(i) ? buffer.cbBuffer > storage_[i].size()
                          : heap && buffer.cbBuffer > lsa_heap::readable_bytes(buffer.pvBuffer)) {
      refused = "an output buffer whose size goes beyond its memory";
    } else if (is_ours(i) || heap) {
      if (!read_only(types_[i])) value.data = base::to_bytes(base::as_bytes(buffer.pvBuffer, buffer.cbBuffer));
    } else if (memory.is_block(address, buffer.cbBuffer)) {
      value.client_address = address;
    } else {
      refused = "an output buffer that is neither the caller's nor a block of the LSA heap";
    }
    result.push_back(std::move(value));
  }
  free_blocks(blocks);
  if (refused != nullptr) return std::unexpected(Refusal{refused});
  return result;
}

std::vector<seam::SecBufferValue> OutputBuffers::take_after_failure(bool extended_error) {
  std::vector<seam::SecBufferValue> result;
  std::vector<const void*> blocks;
  for (std::size_t i = 0; i < buffers_.size(); ++i) {
    const SecBuffer& buffer = buffers_[i];
    seam::SecBufferValue value{buffer.BufferType, buffer.cbBuffer, std::nullopt, 0};
    const bool heap = extended_error && !is_ours(i) && lsa_heap::is_block(buffer.pvBuffer);
    if (heap) blocks.push_back(buffer.pvBuffer);
    const std::size_t readable = is_ours(i) ? storage_[i].size() : heap ? lsa_heap::readable_bytes(buffer.pvBuffer) : 0;
    const bool untouched = is_ours(i) && buffer.cbBuffer == storage_[i].size();
    if (extended_error && !untouched && buffer.cbBuffer != 0 && buffer.cbBuffer <= readable && !read_only(types_[i]))
      value.data = base::to_bytes(base::as_bytes(buffer.pvBuffer, buffer.cbBuffer));
    result.push_back(std::move(value));
  }
  free_blocks(blocks);
  return result;
}

void OutputBuffers::free_blocks(const std::vector<const void*>& blocks) {
  for (const void* block : blocks)
    lsa_heap::free_if_block(block);  // a block that is named twice goes once, when the call ends (Answer)
}

}  // namespace openlsa::host::marshal
