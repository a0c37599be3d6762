// Negotiate as a provider of this library: design and reasons in docs/adr/0005. Its function table is one like those of
// bare SSPs, so that handles, forms and memory are theirs.
#pragma once

#include <functional>
#include <optional>

#include "client/bare/bare_provider.hpp"

namespace openlsa::client::negotiate {

// Nothing when the authority has no negotiable package, or there is no authority.
std::optional<BarePackage> find_package();

// For functions that a bare SSP's table has no slot for: the context of the mechanism that a Negotiate context chose,
// by the application's handle. Any other handle stays what it is.
nt::Status with_chosen_context(PCtxtHandle handle, const std::function<nt::Status(PCtxtHandle)>& call);

}  // namespace openlsa::client::negotiate
