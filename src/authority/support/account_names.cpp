#include "authority/support/account_names.hpp"

#include "nt/utf.hpp"

namespace openlsa::authority {

std::optional<Account> find_account(const AccountStore& accounts, std::u16string_view name) {
  if (std::optional<Account> account = accounts.find_by_name(name)) return account;
  // The last '@': an account name may hold one, a domain name may not.
  const std::size_t at = name.rfind(u'@');
  if (at == std::u16string_view::npos) return std::nullopt;
  const std::optional<std::u16string> domain = nt::to_utf16(accounts.domain_name());
  if (!domain || !nt::equal_names(name.substr(at + 1), *domain)) return std::nullopt;
  return accounts.find_by_name(name.substr(0, at));
}

}  // namespace openlsa::authority
