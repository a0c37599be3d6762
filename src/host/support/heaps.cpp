// AllocateLsaHeap, FreeLsaHeap, AllocatePrivateHeap, FreePrivateHeap. The documentation itself frees blocks of one heap
// by the function of the other: that is done, and told once. What is no block is not touched.
#include "host/support/heaps.hpp"

#include "host/current_call.hpp"
#include "host/support/functions.hpp"
#include "host/support/return_windows.hpp"

namespace openlsa::host::support {
namespace {

using lsa_heap::Freed;
using lsa_heap::Heap;

const char* what_is(PVOID base) {
  CurrentCall* call = CurrentCall::current();
  if (call != nullptr && call->memory().is_block(reinterpret_cast<std::uintptr_t>(base), 0))
    return "a client buffer, which FreeClientBuffer frees";
  if (ReturnWindow::is_buffer(base)) return "an answer of CallPackage, which FreeReturnBuffer frees";
  return "what is no block of the heaps, or no longer one: free each block once, where it begins";
}

}  // namespace

void free_block(const char* function, PVOID base, Heap heap) {
  if (base == nullptr) return;
  switch (lsa_heap::free_for_package(base, heap)) {
    case Freed::done:
      return;
    case Freed::of_other_heap:
      return note_mixed_free(function, heap == Heap::lsa ? "FreePrivateHeap" : "FreeLsaHeap");
    case Freed::no_block:
      return note_refused_free(calling_owner(), function, what_is(base));
  }
}

PVOID allocate_lsa_heap(ULONG Length) { return lsa_heap::allocate_for_package(Length, Heap::lsa); }
VOID free_lsa_heap(PVOID Base) { free_block("FreeLsaHeap", Base, Heap::lsa); }
PVOID allocate_private_heap(SIZE_T Length) { return lsa_heap::allocate_for_package(Length, Heap::private_heap); }
VOID free_private_heap(PVOID Base) { free_block("FreePrivateHeap", Base, Heap::private_heap); }

}  // namespace openlsa::host::support
