// The blocks of MIDL_user_allocate in this process, for the host that takes one over: it reads only within a block.
#pragma once

#include <cstddef>

extern "C" {
// Whether `memory` is the start of a live block, and its size then.
bool openlsa_private_midl_block(const void* memory, std::size_t* size_bytes);
}
