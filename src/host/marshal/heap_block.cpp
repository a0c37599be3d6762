#include "host/marshal/heap_block.hpp"

#include "host/lsa_heap.hpp"

namespace openlsa::host::marshal {

Copied<base::Secret> take_heap_block(const void* block, std::size_t size_bytes) {
  if (block == nullptr) return base::Secret();
  const bool fits = lsa_heap::is_block(block) && size_bytes <= lsa_heap::readable_bytes(block);
  base::Secret copy = fits ? base::Secret(base::as_bytes(block, size_bytes)) : base::Secret();
  lsa_heap::free_if_block(block);
  if (!fits) return std::unexpected(Refusal{"data that AllocateLsaHeap did not give, or a size beyond it"});
  return copy;
}

}  // namespace openlsa::host::marshal
