// Every test of this program ends with the heaps as they were. The tests' packages are ours, so what they have counts.
#include "support/ownership.hpp"

#include "host/memory_ledger.hpp"

namespace openlsa::host::test {
namespace {

openlsa::test::Holdings holdings() {
  openlsa::test::Holdings holdings;
  for (const auto& [owner, memory] : memory_ledger()) {
    const std::string name = owner.runtime ? "runtime " : "package ";
    holdings.live[name + "lsa_heap"] += memory.lsa_heap.blocks;
    holdings.live[name + "private_heap"] += memory.private_heap.blocks;
    holdings.live[name + "return_buffers"] += memory.return_buffers.blocks;
    holdings.wrong[name + "mixed_frees"] += memory.mixed_frees;
    holdings.wrong[name + "refused_frees"] += memory.refused_frees;
  }
  return holdings;
}

// gtest_main has no place for it.
[[maybe_unused]] const bool listens =
    (::testing::UnitTest::GetInstance()->listeners().Append(new openlsa::test::OwnershipListener(holdings)), true);

}  // namespace
}  // namespace openlsa::host::test
