// A block of the LSA heap that a package returned with its size: the LSA copies, wipes and frees it.
#pragma once

#include "base/secret.hpp"
#include "host/marshal/strings.hpp"

namespace openlsa::host::marshal {

// NULL is nothing. The block is freed in any case; a pointer that AllocateLsaHeap did not give is refused, and so is a
// size beyond it.
Copied<base::Secret> take_heap_block(const void* block, std::size_t size_bytes);

}  // namespace openlsa::host::marshal
