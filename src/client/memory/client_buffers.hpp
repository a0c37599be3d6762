// The memory that this library hands to the application and takes back: blocks in a call's window (client_window.hpp)
// and blocks that the library makes itself. LsaFreeReturnBuffer and FreeContextBuffer find both here by address.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "seam/values.hpp"

namespace openlsa::client {

// A zeroed block of the library's own (enumeration results, session data, SSPI output); nullptr without memory.
void* allocate_buffer(std::size_t size_bytes);

// Takes back a block that was handed out, wiped. False when the address is not the start of one: nothing happens.
bool free_buffer(const void* block);

// The size of a block that was handed out, as it was asked for; nothing when the address is not the start of one.
std::optional<std::size_t> buffer_size(const void* block);

// For ClientWindow: hands out blocks of one mapping, which goes with the last of them. False without memory: nothing
// was handed out, and the mapping stays the caller's.
bool hand_out_mapping(void* mapping, std::size_t size_bytes, std::span<const seam::ClientBlock> blocks);

}  // namespace openlsa::client
