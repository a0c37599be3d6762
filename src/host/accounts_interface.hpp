// The table that openlsa_accounts.h describes.
#pragma once

namespace openlsa::host {

void register_accounts_interface();

}  // namespace openlsa::host
