#include "authority/admin/right_arguments.hpp"

#include <fmt/core.h>

#include "nt/utf.hpp"

namespace openlsa::authority::admin {

base::OrFailure<nt::Sid> account_argument(Authority& authority, const Arguments& arguments) {
  const std::string text = OPENLSA_TRY(arguments.required("account"));
  if (const std::optional<nt::Sid> sid = nt::Sid::parse(text); sid && sid->count() != 0) return *sid;
  const std::optional<std::u16string> name = nt::to_utf16(text);
  const std::optional<Translation> found = name ? Translator(authority.accounts()).by_name(*name) : std::nullopt;
  if (found && found->use != NameUse::domain) return found->sid;
  return base::failure(
      fmt::format("There is no account or group '{}'. Give a name as `lsactl account list` prints it, a name like "
                  "Administrators or Everyone, or a SID.",
                  text));
}

base::OrFailure<AccountRights> rights_argument(const Arguments& arguments) {
  AccountRights rights;
  for (const std::string& name : arguments.all("right")) {
    const std::optional<AccountRight> right = right_named(std::string_view(name));
    if (!right)
      return base::failure(
          fmt::format("'{}' is no right. Rights have names like SeServiceLogonRight, SeDenyNetworkLogonRight or "
                      "SeTcbPrivilege.",
                      name));
    rights.add(*right);
  }
  if (rights.empty()) return base::failure("No right is given. Give one, like SeServiceLogonRight.");
  return rights;
}

std::string rights_json(Authority& authority, const nt::Sid& account, AccountRights rights) {
  JsonArray names;
  for (const AccountRight right : rights.list()) names.text(std::string(name_of(right)));
  return JsonObject()
      .text("account", Translator(authority.accounts()).text_of(account))
      .text("sid", account.to_string())
      .raw("rights", names.str())
      .str();
}

}  // namespace openlsa::authority::admin
