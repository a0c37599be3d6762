// Private data ("Private Data Object"): whose a key is says its name.
#pragma once

#include <string_view>

#include "authority/clients/client.hpp"

namespace openlsa::authority {

// Machine objects "can be accessed only by the operating system": M$, and the older NL$ and _sc_.
bool is_machine_object(std::u16string_view key);
// The account of this machine in its domain: its password is $MACHINE.ACC.
bool is_machine_password(std::u16string_view key);

// STATUS_ACCESS_DENIED, and what no key can be called.
nt::Status check_private_data(const Client& client, const Token& token, std::uint32_t handle, std::u16string_view key);

}  // namespace openlsa::authority
