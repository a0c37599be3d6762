// Every test of this program ends with as many buffers as it began with.
#include "support/ownership.hpp"

#include "client/memory/client_buffers.hpp"

namespace openlsa::client {
namespace {

test::Holdings holdings() {
  const BufferCounts counts = buffer_counts();
  test::Holdings holdings;
  for (std::size_t i = 0; i < freeing_functions.size(); ++i) {
    holdings.live[std::string("its own for ") + freeing_functions[i]] = counts.blocks[i].library;
    holdings.live[std::string("of packages for ") + freeing_functions[i]] = counts.blocks[i].packages;
  }
  holdings.wrong["refused_frees"] = counts.refused_frees;
  return holdings;
}

// gtest_main has no place for it.
[[maybe_unused]] const bool listens =
    (::testing::UnitTest::GetInstance()->listeners().Append(new test::OwnershipListener(holdings)), true);

}  // namespace
}  // namespace openlsa::client
