// One run of the semantic tests: the composition comes from --composition= or OPENLSA_TEST_COMPOSITION.
#include <gtest/gtest.h>

#include <cstdio>

#include "support/authority_environment.hpp"
#include "support/composition.hpp"
#include "support/holdings.hpp"

int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  openlsa::test::choose_composition(argc, argv);
  std::printf("composition: %s, %s\n", openlsa::test::composition_name(),
              openlsa::test::is_root() ? "as root" : "as a plain user (tests that need several uids are not run)");
  ::testing::AddGlobalTestEnvironment(new openlsa::test::AuthorityEnvironment);
  ::testing::UnitTest::GetInstance()->listeners().Append(
      new openlsa::test::OwnershipListener(openlsa::test::holdings_of_run));
  return RUN_ALL_TESTS();
}
