// openlsa.h's "package" interface, version 1: what Linux needs and LSA_SECPKG_FUNCTION_TABLE has no name for.
#pragma once

namespace openlsa::host {

// Registers it with libopenlsa for this side of the process. Once is enough; more does nothing.
void register_package_interface();

}  // namespace openlsa::host
