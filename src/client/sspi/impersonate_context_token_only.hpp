// OpenLsaImpersonateContextTokenOnly towards libopenlsa, which exports the name as well.
#pragma once

namespace openlsa::client {

// Once, then nothing.
void install_context_impersonator();

}  // namespace openlsa::client
