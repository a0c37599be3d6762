#include "host/marshal/strings.hpp"

#include <algorithm>

#include "host/lsa_heap.hpp"

namespace openlsa::host::marshal {
namespace {

constexpr std::size_t sid_header_bytes = 8;

template <class String>
bool valid(const String& string, Reach reach) {
  return string.Length <= string.MaximumLength && reachable(string.Buffer, string.Length, reach);
}

}  // namespace

bool reachable(const void* address, std::size_t size_bytes, Reach reach) {
  if (size_bytes == 0) return true;
  if (address == nullptr) return false;
  return reach == Reach::anywhere || lsa_heap::readable_bytes(address) >= size_bytes;
}

Copied<seam::OptionalText> copy_text(const UNICODE_STRING* string, Reach reach) {
  if (string == nullptr) return std::nullopt;
  if (!reachable(string, sizeof *string, reach)) return std::unexpected(Refusal{"a string outside the LSA heap"});
  return copy_text_member(*string, reach);
}

Copied<seam::OptionalText> copy_text_member(const UNICODE_STRING& string, Reach reach) {
  if (string.Buffer == nullptr)
    return string.Length == 0 ? Copied<seam::OptionalText>(std::nullopt)
                              : std::unexpected(Refusal{"a string without a buffer"});
  if (string.Length % 2 != 0) return std::unexpected(Refusal{"a string of an odd length"});
  if (!valid(string, reach)) return std::unexpected(Refusal{"a string that leaves its block"});
  return seam::Text(reinterpret_cast<const char16_t*>(string.Buffer), string.Length / 2);
}

Copied<std::optional<base::Secret>> copy_secret(const UNICODE_STRING& string, Reach reach) {
  if (string.Buffer == nullptr) return std::nullopt;
  if (!valid(string, reach)) return std::unexpected(Refusal{"a password that leaves its block"});
  return base::Secret(base::as_bytes(string.Buffer, string.Length));
}

Copied<base::Bytes> copy_bytes(const STRING* string, Reach reach) {
  if (string == nullptr) return base::Bytes();
  if (!reachable(string, sizeof *string, reach)) return std::unexpected(Refusal{"a string outside the LSA heap"});
  if (string->Buffer == nullptr) return base::Bytes();
  if (!valid(*string, reach)) return std::unexpected(Refusal{"a string that leaves its block"});
  return base::to_bytes(base::as_bytes(string->Buffer, string->Length));
}

Copied<std::optional<nt::Sid>> copy_sid(const void* sid, Reach reach) {
  if (sid == nullptr) return std::nullopt;
  const auto* bytes = static_cast<const std::uint8_t*>(sid);
  if (!reachable(sid, sid_header_bytes, reach)) return std::unexpected(Refusal{"a SID outside the heap"});
  const std::size_t size_bytes = sid_header_bytes + 4 * std::size_t{bytes[1]};
  if (!reachable(sid, size_bytes, reach)) return std::unexpected(Refusal{"a SID that leaves its block"});
  const auto copied = nt::Sid::from_bytes({bytes, size_bytes});
  if (!copied) return std::unexpected(Refusal{"a SID that is not valid"});
  return *copied;
}

UNICODE_STRING view_of(const seam::Text& text) {
  // A counted string holds at most 65535 bytes; what is longer cannot be said in one and is cut at a whole unit.
  const std::size_t units = std::min<std::size_t>(text.size(), 0x7fff);
  UNICODE_STRING view{};
  view.Length = static_cast<USHORT>(units * 2);
  view.MaximumLength = view.Length;
  view.Buffer = reinterpret_cast<decltype(view.Buffer)>(const_cast<char16_t*>(text.data()));
  return view;
}

UNICODE_STRING view_of(const seam::OptionalText& text) { return text ? view_of(*text) : UNICODE_STRING{}; }

UNICODE_STRING view_of(const std::optional<base::Secret>& secret) {
  UNICODE_STRING view{};
  if (!secret || secret->size() > 0xffff) return view;
  view.Length = view.MaximumLength = static_cast<USHORT>(secret->size());
  view.Buffer = reinterpret_cast<decltype(view.Buffer)>(const_cast<std::uint8_t*>(secret->reveal().data()));
  return view;
}

namespace {

template <class String>
void free_structure_and_buffer(String* string) {
  if (string == nullptr || lsa_heap::readable_bytes(string) < sizeof *string) return;
  // The buffer first: while the structure's block lives, an address within it is the start of no other block.
  const void* buffer = string->Buffer;
  if (buffer != string) lsa_heap::free_if_block(buffer);
  lsa_heap::free_if_block(string);
}

}  // namespace

void free_returned(UNICODE_STRING* string) { free_structure_and_buffer(string); }
void free_returned(STRING* string) { free_structure_and_buffer(string); }

}  // namespace openlsa::host::marshal
