#include "client/names/name_result.hpp"

#include <cstring>

#include "nt/utf.hpp"

namespace openlsa::client {
namespace {

DWORD give(const void* text, std::size_t characters, std::size_t character_bytes, void* buffer, PULONG size,
           SizeMeans means) {
  const auto needed = static_cast<ULONG>(characters + 1);
  if (*size < needed || buffer == nullptr) {
    *size = needed;
    return ERROR_MORE_DATA;
  }
  std::memcpy(buffer, text, characters * character_bytes);
  std::memset(static_cast<char*>(buffer) + characters * character_bytes, 0, character_bytes);
  *size = means == SizeMeans::length ? needed - 1 : needed;
  return ERROR_SUCCESS;
}

}  // namespace

bool is_name_format(EXTENDED_NAME_FORMAT format) {
  switch (format) {
    case NameFullyQualifiedDN:
    case NameSamCompatible:
    case NameDisplay:
    case NameUniqueId:
    case NameCanonical:
    case NameUserPrincipal:
    case NameCanonicalEx:
    case NameServicePrincipal:
    case NameDnsDomain:
    case NameGivenName:
    case NameSurname:
      return true;
    default:
      return false;
  }
}

// The directory knows the other forms, and accounts of this machine are in none.
seam::Text in_format(const AccountNames& names, EXTENDED_NAME_FORMAT format) {
  switch (format) {
    case NameSamCompatible:
      return names.domain.empty() ? names.name : names.domain + u'\\' + names.name;
    case NameUserPrincipal:
      return names.user_principal_name;
    case NameDnsDomain:
      return names.dns_domain.empty() ? seam::Text() : names.dns_domain + u'\\' + names.name;
    default:
      return {};
  }
}

DWORD give_name(std::u16string_view name, LPWSTR buffer, PULONG size, SizeMeans means) {
  return give(name.data(), name.size(), sizeof(char16_t), buffer, size, means);
}

DWORD give_name(std::u16string_view name, LPSTR buffer, PULONG size, SizeMeans means) {
  const std::optional<std::string> narrow = nt::to_utf8(name);
  if (!narrow) return ERROR_NO_UNICODE_TRANSLATION;
  return give(narrow->data(), narrow->size(), 1, buffer, size, means);
}

}  // namespace openlsa::client
