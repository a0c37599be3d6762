// Logon sessions as JSON: the short form of the list, and the whole.
#pragma once

#include <optional>
#include <string>

#include "authority/authority.hpp"

namespace openlsa::authority::admin {

// Nothing when the session is gone.
std::optional<std::string> session_row(Authority& authority, nt::Luid id);
std::optional<std::string> session_whole(Authority& authority, nt::Luid id);
std::string logon_type_text(std::uint32_t logon_type);

}  // namespace openlsa::authority::admin
