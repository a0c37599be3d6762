// The LSA heap and the private heap of this process. Both keep a registry of their live blocks, so that a deep copy
// reads only within a block and a pointer that no block holds is refused instead of followed. Blocks are wiped when
// they are freed: they may have held a password.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/bytes.hpp"

namespace openlsa::host::lsa_heap {

// Zeroed memory, aligned for any type; nullptr when there is none. A size of 0 gives a block of its own.
void* allocate(std::size_t size_bytes);
// Wipes and frees the block that starts at `block`. A pointer that is not the start of a live block is reported to
// the log and otherwise ignored. NULL does nothing.
void free(void* block);
// The same without the report: for what may have been freed, or lies within another block.
void free_if_block(const void* block);

// Bytes from `address` to the end of the live block that holds it; 0 when none does.
std::size_t readable_bytes(const void* address);
bool is_block(const void* address);
std::size_t live_blocks();

// A new block with these bytes; nullptr for an empty view or when there is no memory.
void* copy_in(base::ByteView bytes);

}  // namespace openlsa::host::lsa_heap
