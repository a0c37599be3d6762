// RtlAnsiStringToUnicodeString, RtlUnicodeStringToAnsiString and what frees their results. The ANSI code page is
// UTF-8. The text may be a password, so no copy of it stays behind.
#include <openlsa/ntstatus.h>
#include <openlsa/windows.h>

#include <cstdlib>
#include <cstring>
#include <new>
#include <string>

#include "base/secret.hpp"
#include "nt/utf.hpp"

namespace base = openlsa::base;
namespace nt = openlsa::nt;

namespace {

// Puts the text and a null into the counted string, in memory of its own when `allocate`.
template <class String, class Character>
NTSTATUS store(String* destination, const std::basic_string<Character>& text, bool allocate) {
  const std::size_t size_bytes = (text.size() + 1) * sizeof(Character);
  if (size_bytes > MAXUSHORT) return STATUS_INVALID_PARAMETER_2;  // no counted string is that long
  if (allocate) {
    auto* memory = static_cast<Character*>(std::malloc(size_bytes));
    if (memory == nullptr) return STATUS_NO_MEMORY;
    *destination = {0, static_cast<USHORT>(size_bytes), memory};
  } else if (size_bytes > destination->MaximumLength) {
    return STATUS_BUFFER_OVERFLOW;
  } else if (destination->Buffer == nullptr) {
    return STATUS_INVALID_PARAMETER;
  }
  std::memcpy(destination->Buffer, text.c_str(), size_bytes);
  destination->Length = static_cast<USHORT>(size_bytes - sizeof(Character));
  return STATUS_SUCCESS;
}

template <class String>
bool is_there(const String* source) {
  return source != nullptr && (source->Buffer != nullptr || source->Length == 0);
}

// convert() gives the text, or nothing when the source is not in its code.
template <class String, class Convert>
NTSTATUS convert_and_store(String* destination, bool allocate, Convert&& convert) {
  if (destination == nullptr) return STATUS_INVALID_PARAMETER;
  try {
    auto text = convert();
    if (!text) return STATUS_UNMAPPABLE_CHARACTER;
    const NTSTATUS status = store(destination, *text, allocate);
    base::wipe(text->data(), text->size() * sizeof((*text)[0]));
    return status;
  } catch (const std::bad_alloc&) {
    return STATUS_NO_MEMORY;
  }
}

}  // namespace

NTSTATUS RtlAnsiStringToUnicodeString(PUNICODE_STRING destination, PCANSI_STRING source, BOOLEAN allocate) {
  if (!is_there(source)) return STATUS_INVALID_PARAMETER;
  return convert_and_store(destination, allocate != FALSE,
                           [&] { return nt::to_utf16({source->Buffer, source->Length}); });
}

NTSTATUS RtlUnicodeStringToAnsiString(PANSI_STRING destination, PCUNICODE_STRING source, BOOLEAN allocate) {
  if (!is_there(source)) return STATUS_INVALID_PARAMETER;
  return convert_and_store(destination, allocate != FALSE,
                           [&] { return nt::to_utf8({source->Buffer, source->Length / sizeof(WCHAR)}); });
}

void RtlFreeUnicodeString(PUNICODE_STRING string) {
  if (string == nullptr) return;
  if (string->Buffer != nullptr) base::wipe(string->Buffer, string->MaximumLength);
  std::free(string->Buffer);
  *string = {0, 0, nullptr};
}

void RtlFreeAnsiString(PANSI_STRING string) {
  if (string == nullptr) return;
  if (string->Buffer != nullptr) base::wipe(string->Buffer, string->MaximumLength);
  std::free(string->Buffer);
  *string = {0, 0, nullptr};
}
