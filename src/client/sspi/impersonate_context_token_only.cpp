#include <openlsa/openlsa.h>

#include "client/negotiate/negotiate_provider.hpp"
#include "client/sspi/context_token.hpp"
#include "client/sspi/impersonate_context_token_only.hpp"
#include "client/sspi/sspi_edge.hpp"
#include "win32/interface_registry.hpp"

using namespace openlsa::client;

namespace {

openlsa::nt::Status impersonate(void* context) {
  return sspi_edge([&] {
    return negotiate::with_chosen_context(static_cast<PCtxtHandle>(context),
                                          [](PCtxtHandle chosen) { return impersonate_context(chosen, true); });
  });
}

}  // namespace

SECURITY_STATUS OpenLsaImpersonateContextTokenOnly(PCtxtHandle Context) { return impersonate(Context); }

// A program that found the function in libopenlsa.so.1 comes here too.
void openlsa::client::install_context_impersonator() { openlsa_private_install_context_impersonator(impersonate); }
