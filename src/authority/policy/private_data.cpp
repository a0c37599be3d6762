#include "authority/policy/private_data.hpp"

#include "authority/policy/policy_access.hpp"
#include "authority/policy/policy_store.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {

bool is_machine_object(std::u16string_view key) {
  for (const std::u16string_view prefix : {u"M$", u"NL$", u"_sc_"})
    if (nt::equal_names(key.substr(0, prefix.size()), prefix)) return true;
  return false;
}

bool is_machine_password(std::u16string_view key) { return nt::equal_names(key, u"$MACHINE.ACC"); }

nt::Status check_private_data(const Client& client, const Token& token, std::uint32_t handle, std::u16string_view key) {
  const bool may =
      is_machine_object(key) ? acts_as_tcb(client, token, handle) : acts_as_administrator(client, token, handle);
  return may ? PolicyStore::check_secret_name(key) : STATUS_ACCESS_DENIED;
}

}  // namespace openlsa::authority
