// Strings of the A and the W functions. ANSI strings are UTF-8 here.
#pragma once

#include <openlsa/sspi.h>

#include "base/secret.hpp"
#include "client/memory/client_buffers.hpp"
#include "seam/values.hpp"

namespace openlsa::client {

// The longest string that a UNICODE_STRING can hold, in units without the terminator.
inline constexpr std::size_t max_text_units = 32766;

// A copy; NULL is no text. False: longer than max_text_units, or not UTF-8.
bool copy_text(const SEC_CHAR* text, seam::OptionalText& copy);
bool copy_text(const SEC_WCHAR* text, seam::OptionalText& copy);

// The same for text that may be a password: UTF-16, in memory that is wiped; NULL is refused.
bool copy_secret_text(const SEC_CHAR* text, bool with_terminator, base::Secret& copy);
bool copy_secret_text(const SEC_WCHAR* text, bool with_terminator, base::Secret& copy);

// Bytes that the text takes with its terminator, as A or W; nothing when it cannot be said in UTF-8.
std::optional<std::size_t> text_bytes(std::u16string_view text, bool ansi);
// Writes it with its terminator to memory of that size.
void write_text(std::u16string_view text, bool ansi, void* place);

// A block of its own; nullptr without memory, or when it cannot be said in UTF-8.
void* allocate_text(std::u16string_view text, bool ansi, FreedBy function);

// The text of a zero-terminated string in one of our blocks, or within `limit` elsewhere. Nothing when it is NULL or
// has no end there.
std::optional<std::u16string_view> bounded_text(const void* text, std::size_t limit = max_text_units);

}  // namespace openlsa::client
