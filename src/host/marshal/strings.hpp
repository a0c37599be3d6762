// UNICODE_STRING, STRING and SID between the documented structures and values.
#pragma once

#include <expected>
#include <optional>
#include <string>

#include "nt/sid.hpp"
#include "nt/status.hpp"
#include "seam/values.hpp"

#include <openlsa/ntsecapi.h>

namespace openlsa::host::marshal {

// Why a structure of a package was refused: for the log, with the status the call then fails with.
struct Refusal {
  const char* what;
};
template <class T>
using Copied = std::expected<T, Refusal>;

// Where pointers may lead. heap_only: only into live blocks of the LSA or private heap, for what a package returns
// and we free. anywhere: the package's own memory, for what it passes to a support function; a wild pointer there
// ends the host like any other of its bugs.
enum class Reach { anywhere, heap_only };

// Whether `size_bytes` at `address` may be read.
bool reachable(const void* address, std::size_t size_bytes, Reach reach);

// NULL structure or NULL Buffer: no text. An odd Length, or one above MaximumLength, is refused.
Copied<seam::OptionalText> copy_text(const UNICODE_STRING* string, Reach reach);
// The same for members of a structure whose own memory is known: only the Buffer may lead astray.
Copied<seam::OptionalText> copy_text_member(const UNICODE_STRING& string, Reach reach);
Copied<std::optional<base::Secret>> copy_secret(const UNICODE_STRING& string, Reach reach);
Copied<base::Bytes> copy_bytes(const STRING* string, Reach reach);
// NULL: none. A SID that is not valid is refused.
Copied<std::optional<nt::Sid>> copy_sid(const void* sid, Reach reach);

// A view of the value as a counted string, valid while the value lives and does not change.
UNICODE_STRING view_of(const seam::Text& text);
UNICODE_STRING view_of(const seam::OptionalText& text);
UNICODE_STRING view_of(const std::optional<base::Secret>& secret);

// Frees what AllocateLsaHeap gave for a returned string: structure and Buffer.
void free_returned(UNICODE_STRING* string);
void free_returned(STRING* string);

}  // namespace openlsa::host::marshal
