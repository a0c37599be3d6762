#include "client/policy/result_block.hpp"

#include <cstddef>

#include "client/memory/client_buffers.hpp"

namespace openlsa::client {

bool ResultBlock::write_text(std::size_t offset, std::u16string_view text) {
  constexpr std::size_t max_units = 0x7ffe;  // Length and MaximumLength (with the terminator) are 16-bit byte counts
  if (text.size() > max_units) return false;
  const auto size = static_cast<USHORT>(text.size() * sizeof(char16_t));
  const std::size_t place = block_.append(base::as_bytes(text.data(), size), alignof(char16_t));
  block_.reserve(sizeof(char16_t), 1);
  block_.write(offset + offsetof(LSA_UNICODE_STRING, Length), size);
  block_.write(offset + offsetof(LSA_UNICODE_STRING, MaximumLength), static_cast<USHORT>(size + sizeof(char16_t)));
  block_.point(offset + offsetof(LSA_UNICODE_STRING, Buffer), place);
  return true;
}

void ResultBlock::write_sid(std::size_t offset, const nt::Sid& sid) {
  if (!sid.empty()) block_.point(offset, block_.append(sid.to_bytes(), alignof(SID)));
}

nt::Status ResultBlock::copy(void** out) const {
  void* made = allocate_buffer(block_.size(), FreedBy::lsa_free_memory);
  if (made == nullptr) return STATUS_NO_MEMORY;
  block_.copy_to(made);
  *out = made;
  return STATUS_SUCCESS;
}

}  // namespace openlsa::client
