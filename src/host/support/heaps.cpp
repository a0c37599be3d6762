// AllocateLsaHeap, FreeLsaHeap, AllocatePrivateHeap, FreePrivateHeap.
#include "host/lsa_heap.hpp"
#include "host/support/functions.hpp"

namespace openlsa::host::support {

PVOID allocate_lsa_heap(ULONG Length) { return lsa_heap::allocate(Length); }
VOID free_lsa_heap(PVOID Base) { lsa_heap::free(Base); }
PVOID allocate_private_heap(SIZE_T Length) { return lsa_heap::allocate(Length); }
VOID free_private_heap(PVOID Base) { lsa_heap::free(Base); }

}  // namespace openlsa::host::support
