#include "lsa_mode/accounts.hpp"

#include "core/utf.hpp"
#include "protocol/statement.hpp"

namespace sshkey {
namespace {

constexpr std::size_t max_name_units = 512;

void append_u32(Bytes& sid, std::uint32_t value) {
  for (int shift = 0; shift < 32; shift += 8) sid.push_back(static_cast<std::uint8_t>(value >> shift));
}

// S-1-<authority>-<subs...> ([MS-DTYP] 2.4.2.2)
Bytes make_sid(std::uint8_t authority, std::initializer_list<std::uint32_t> subs) {
  Bytes sid{1, static_cast<std::uint8_t>(subs.size()), 0, 0, 0, 0, 0, authority};
  for (const std::uint32_t sub : subs) append_u32(sid, sub);
  return sid;
}

// The group of the account's POSIX identity, S-1-22-2-gid; BUILTIN\Users for an account without one.
Bytes primary_group_of(const OPENLSA_POSIX_IDENTITY& identity) {
  return identity.HasIdentity != 0 ? make_sid(22, {2, identity.Gid}) : make_sid(5, {32, 545});
}

bool equal_without_case(std::u16string_view a, std::u16string_view b) {
  const auto fold = [](char16_t c) { return c >= u'A' && c <= u'Z' ? static_cast<char16_t>(c - u'A' + u'a') : c; };
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (fold(a[i]) != fold(b[i])) return false;
  return true;
}

// STATUS_BUFFER_OVERFLOW: everything is there but the groups beyond OPENLSA_MAX_GROUPS, which we do not use.
bool answered(NTSTATUS status) { return status == STATUS_SUCCESS || status == STATUS_BUFFER_OVERFLOW; }

UNICODE_STRING string_over(std::u16string_view text) {
  UNICODE_STRING string{};
  string.Length = string.MaximumLength = static_cast<USHORT>(text.size() * sizeof(char16_t));
  string.Buffer = const_cast<PWSTR>(text.data());
  return string;
}

}  // namespace

std::optional<LocalAccount> find_account_by_sid(const Package& package, View sid) {
  if (!is_well_formed_sid(sid)) return std::nullopt;
  LocalAccount account;
  account.sid = copy_of(sid);
  char16_t units[max_name_units];
  UNICODE_STRING name{};
  name.Buffer = units;
  name.MaximumLength = sizeof units;
  OPENLSA_POSIX_IDENTITY identity{};
  if (!answered(package.setting.openlsa->LookupAccountSid(account.sid.data(), &name, &identity)) ||
      name.Length > sizeof units || name.Length == 0)
    return std::nullopt;
  std::u16string_view text = text_of(name);
  const std::size_t slash = text.find(u'\\');
  if (slash != std::u16string_view::npos && equal_without_case(text.substr(0, slash), package.setting.domain_name))
    text.remove_prefix(slash + 1);
  auto utf8 = to_utf8(text);
  if (!utf8 || utf8->empty()) return std::nullopt;
  account.name = std::move(*utf8);
  account.primary_group = primary_group_of(identity);
  return account;
}

std::optional<LocalAccount> find_account_by_name(const Package& package, std::string_view name) {
  const auto text = to_utf16(name);
  if (!text || text->empty() || text->size() > max_name_units) return std::nullopt;
  const UNICODE_STRING string = string_over(*text);
  Bytes sid(max_sid);
  ULONG size = static_cast<ULONG>(sid.size());
  if (!answered(package.setting.openlsa->LookupAccountName(&string, sid.data(), &size, nullptr)) || size > sid.size())
    return std::nullopt;
  sid.resize(size);
  return find_account_by_sid(package, sid);
}

AccountNames names_of(const Package& package, const LocalAccount& account) {
  std::u16string text = to_utf16(account.name).value_or(u"");  // it came from UTF-16
  const std::size_t slash = text.find(u'\\');
  if (slash == std::u16string::npos) return {std::move(text), package.setting.domain_name};
  return {text.substr(slash + 1), text.substr(0, slash)};
}

Bytes decoy_sid(const Package& package, std::string_view name) {
  std::string folded(name);
  for (char& c : folded)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  const Fixed32 mac = hmac_sha256(package.setting.decoy_key, view_of(folded));
  std::uint32_t rid = 0;
  std::memcpy(&rid, mac.data(), sizeof rid);
  constexpr std::uint32_t first_rid = 1000;
  rid = first_rid + rid % 1000;
  Bytes sid = package.setting.domain_sid;
  if (!is_well_formed_sid(sid) || sid[1] >= 15) return make_sid(22, {1, rid});
  ++sid[1];
  append_u32(sid, rid);
  return sid;
}

}  // namespace sshkey
