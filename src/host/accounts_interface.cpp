#include "host/accounts_interface.hpp"

#include "host/accounts/functions.hpp"
#include "win32/interface_registry.hpp"

namespace openlsa::host {
namespace {

constexpr OPENLSA_ACCOUNTS_INTERFACE accounts_interface{sizeof(OPENLSA_ACCOUNTS_INTERFACE),
                                                        OPENLSA_ACCOUNTS_INTERFACE_VERSION,
                                                        accounts::log_on,
                                                        accounts::compute_ntlm_v2,
                                                        accounts::change_password,
                                                        accounts::get_ntlm_policy,
                                                        accounts::call_sub_authentication,
                                                        accounts::audit_ntlm};

}  // namespace

void register_accounts_interface() {
  openlsa_private_register_interface(win32::Side::host, OPENLSA_ACCOUNTS_INTERFACE_NAME,
                                     OPENLSA_ACCOUNTS_INTERFACE_VERSION, &accounts_interface);
}

}  // namespace openlsa::host
