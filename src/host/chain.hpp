// Names for call chains that begin in a host: a direct call of a client, or a call of a package's own thread.
#pragma once

#include "seam/identity.hpp"

namespace openlsa::host {

// Chosen at random, so that it meets no chain of the authority or of another host.
seam::ChainId new_chain();

}  // namespace openlsa::host
