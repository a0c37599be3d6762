#include "storage.hpp"

#include <algorithm>

#include "text.hpp"

namespace winbind {

bool Storage::text(const char* utf8, UNICODE_STRING& out) {
  auto converted = to_utf16(utf8);
  constexpr std::size_t max_units = 0x7fff;
  if (!converted || converted->size() > max_units) return false;
  std::u16string& kept = texts_.emplace_back(std::move(*converted));
  out.Length = out.MaximumLength = static_cast<USHORT>(kept.size() * sizeof(char16_t));
  out.Buffer = reinterpret_cast<decltype(out.Buffer)>(kept.data());
  return true;
}

PSID Storage::sid(const wbc::Sid& from) {
  if (from.revision != SID_REVISION || from.count == 0 || from.count > std::size(from.sub_authorities)) return nullptr;
  std::vector<UCHAR>& bytes = sids_.emplace_back();
  bytes = {from.revision, from.count};
  bytes.insert(bytes.end(), std::begin(from.authority), std::end(from.authority));
  for (std::size_t i = 0; i < from.count; ++i)  // little-endian ([MS-DTYP] 2.4.2.2)
    for (int shift = 0; shift < 32; shift += 8) bytes.push_back(static_cast<UCHAR>(from.sub_authorities[i] >> shift));
  return bytes.data();
}

}  // namespace winbind
