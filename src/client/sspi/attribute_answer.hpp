// What an attribute's structure points to: checked when it came from another process, and turned into the A form.
#pragma once

#include "client/memory/client_window.hpp"
#include "client/sspi/attributes.hpp"
#include "nt/status.hpp"

namespace openlsa::client {

// Whether every pointer is NULL or names what its kind says, whole, in blocks of the applied window.
bool points_into(const ClientWindow& window, const AttributeLayout& layout, const void* structure);

// Replaces the texts and packages by copies in the A form; the W blocks are freed. All or nothing.
nt::Status to_ansi(const AttributeLayout& layout, void* structure);

}  // namespace openlsa::client
