#include "authority/support/account_names.hpp"

#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

// SECPKG_NAME_TYPE (ntsecpkg.h). The accounts of this machine have no alternate ids, distinguished names and service
// principal names, so nothing is found by one.
enum NameType : std::uint32_t { sam_compatible = 0, alternate_id = 1, flat = 2, distinguished_name = 3, spn = 4 };

}  // namespace

std::optional<Account> find_account(const AccountStore& accounts, std::u16string_view name) {
  if (std::optional<Account> account = accounts.find_by_name(name)) return account;
  // The last '@': an account name may hold one, a domain name may not.
  const std::size_t at = name.rfind(u'@');
  if (at == std::u16string_view::npos) return std::nullopt;
  const std::optional<std::u16string> domain = nt::to_utf16(accounts.domain_name());
  if (!domain || !nt::equal_names(name.substr(at + 1), *domain)) return std::nullopt;
  return accounts.find_by_name(name.substr(0, at));
}

std::expected<Account, nt::Status> find_account(const AccountStore& accounts, std::u16string_view name,
                                                std::uint32_t name_type, const seam::OptionalText& prefix) {
  if (name.empty() || name_type > spn) return std::unexpected(STATUS_INVALID_PARAMETER);
  // "STATUS_INVALID_PARAMETER: NameType is SecNameAlternateId and Prefix is NULL" (OpenSamUser).
  if (name_type == alternate_id && (!prefix || prefix->empty())) return std::unexpected(STATUS_INVALID_PARAMETER);
  std::optional<Account> account;
  if (name_type == sam_compatible) account = accounts.find_by_name(name);
  if (name_type == flat) account = find_account(accounts, name);
  if (!account) return std::unexpected(STATUS_NO_SUCH_USER);
  return *std::move(account);
}

// Not by its RID: an account of that name is the only way to have one here.
std::optional<Account> find_guest(const AccountStore& accounts) {
  std::optional<Account> guest = accounts.find_by_name(std::u16string_view(u"Guest"));
  return guest && !guest->disabled ? guest : std::nullopt;
}

}  // namespace openlsa::authority
