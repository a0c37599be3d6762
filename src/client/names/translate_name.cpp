// TranslateName, for the accounts of this machine: what no directory has to be asked for.
#include "client/connection/current_client.hpp"
#include "client/names/name_result.hpp"
#include "client/sspi/text.hpp"
#include "client/win32_edge.hpp"

using namespace openlsa::client;

namespace {

// In which form the name is said; NameUnknown is any of them.
bool has_form(std::u16string_view name, EXTENDED_NAME_FORMAT format) {
  const bool qualified = name.find(u'\\') != std::u16string_view::npos;
  if (format == NameSamCompatible) return qualified;
  if (format == NameUserPrincipal) return !qualified && name.find(u'@') != std::u16string_view::npos;
  return format == NameUnknown;
}

template <class Character>
BOOLEAN translate(const Character* account, EXTENDED_NAME_FORMAT from, EXTENDED_NAME_FORMAT to, Character* buffer,
                  PULONG size) {
  return win32_edge([&]() -> DWORD {
    openlsa::seam::OptionalText name;
    if (size == nullptr || !is_name_format(to) || (from != NameUnknown && !is_name_format(from)) ||
        !copy_text(account, name) || !name)
      return ERROR_INVALID_PARAMETER;
    if (!has_form(*name, from)) return ERROR_NONE_MAPPED;
    auto reply = CurrentClient().call(&openlsa::seam::AuthorityCalls::translate_name, {std::move(*name)},
                                      STATUS_PORT_DISCONNECTED);
    if (!openlsa::nt::succeeded(reply.status)) return RtlNtStatusToDosError(reply.status);
    const auto translated = in_format({std::move(reply.domain), std::move(reply.name), {}, {}}, to);
    if (translated.empty()) return ERROR_NONE_MAPPED;
    const bool only_size = buffer == nullptr && *size == 0;
    const DWORD error = give_name(translated, buffer, size, SizeMeans::length_with_terminator);
    // "If lpTranslatedName is NULL and nSize is 0, the function succeeds and nSize receives the required size."
    if (error == ERROR_MORE_DATA) return only_size ? ERROR_SUCCESS : ERROR_INSUFFICIENT_BUFFER;
    return error;
  });
}

}  // namespace

BOOLEAN TranslateNameA(LPCSTR lpAccountName, EXTENDED_NAME_FORMAT AccountNameFormat,
                       EXTENDED_NAME_FORMAT DesiredNameFormat, LPSTR lpTranslatedName, PULONG nSize) {
  return translate(lpAccountName, AccountNameFormat, DesiredNameFormat, lpTranslatedName, nSize);
}

BOOLEAN TranslateNameW(LPCWSTR lpAccountName, EXTENDED_NAME_FORMAT AccountNameFormat,
                       EXTENDED_NAME_FORMAT DesiredNameFormat, LPWSTR lpTranslatedName, PULONG nSize) {
  return translate(lpAccountName, AccountNameFormat, DesiredNameFormat, lpTranslatedName, nSize);
}
