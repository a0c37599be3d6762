// The token functions of threads that work for a package: over the host's support calls, on behalf of the current call.
#pragma once

namespace openlsa::host {

// Once per process; later calls do nothing.
void install_token_backend();

}  // namespace openlsa::host
