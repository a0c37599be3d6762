// Blocks of the two heaps that a package frees by `function`.
#pragma once

#include <openlsa/windows.h>

#include "host/lsa_heap.hpp"

namespace openlsa::host::support {

// NULL does nothing. A block of the other heap is freed and counted; what is no block is refused, counted and logged.
void free_block(const char* function, PVOID base, lsa_heap::Heap heap);

}  // namespace openlsa::host::support
