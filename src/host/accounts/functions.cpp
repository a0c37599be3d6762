#include "host/accounts/functions.hpp"

#include <algorithm>
#include <cstring>

namespace openlsa::host::accounts {
namespace {

constexpr ULONG largest_response = 0xffff;  // of the message's length field

}  // namespace

std::optional<seam::Text> required_text(PCUNICODE_STRING string) {
  auto text = marshal::copy_text(string, marshal::Reach::anywhere);
  return text ? std::optional(std::move(*text).value_or(u"")) : std::nullopt;
}

std::optional<base::Bytes> response_of(const UCHAR* bytes, ULONG size) {
  if ((bytes == nullptr && size != 0) || size > largest_response) return std::nullopt;
  const base::ByteView view = base::as_bytes(bytes, size);
  return base::Bytes(view.begin(), view.end());
}

void copy_key(const base::Secret& key, UCHAR* out, std::size_t size) {
  const base::ByteView bytes = key.reveal();
  std::memset(out, 0, size);
  if (!bytes.empty()) std::memcpy(out, bytes.data(), std::min(size, bytes.size()));
}

}  // namespace openlsa::host::accounts
