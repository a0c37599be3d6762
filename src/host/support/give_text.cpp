#include "host/support/give_text.hpp"

#include "host/lsa_heap.hpp"

namespace openlsa::host::support {

bool give_text(const seam::OptionalText& text, PUNICODE_STRING out) {
  UNICODE_STRING given{};
  if (text && !text->empty()) {
    const std::size_t size = text->size() * sizeof(char16_t);
    if (size > 0xfffe) return false;
    given.Buffer = static_cast<PWSTR>(lsa_heap::copy_in(base::as_bytes(text->data(), size)));
    if (given.Buffer == nullptr) return false;
    given.Length = given.MaximumLength = static_cast<USHORT>(size);
  }
  *out = given;
  return true;
}

bool give_auth_data(const base::Secret& data, PUCHAR* out, PULONG size) {
  auto* block = static_cast<PUCHAR>(lsa_heap::copy_in(data.reveal()));
  if (block == nullptr) return false;
  *out = lsa_heap::give(block);
  *size = static_cast<ULONG>(data.size());
  return true;
}

}  // namespace openlsa::host::support
