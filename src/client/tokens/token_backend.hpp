// The token handles of this process, over its connection to the authority: what libopenlsa calls for every side of the
// process that is not inside a package.
#pragma once

namespace openlsa::client {

// Tells libopenlsa where the process's tokens live; once, then nothing.
void install_token_backend();

}  // namespace openlsa::client
