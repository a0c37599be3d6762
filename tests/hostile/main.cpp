// One run of the hostile tests against one lsad. Without OPENLSA_SOAK the isolated composition alone is run.
#include <gtest/gtest.h>

#include <cstdio>

#include "hostile/soak.hpp"
#include "support/authority_environment.hpp"
#include "support/composition.hpp"
#include "support/holdings.hpp"

int main(int argc, char** argv) {
  using namespace openlsa::test;
  ::testing::InitGoogleTest(&argc, argv);
  choose_composition(argc, argv);
  if (is_embedded()) {
    std::printf(
        "the embedded authority dies with its only client: there is nothing to attack; choose another composition\n");
    return 77;
  }
  if (!is_isolated() && !soak()) {
    std::printf("not run: the composition %s is part of the long runs (make soak)\n", composition_name());
    return 77;
  }
  ::testing::AddGlobalTestEnvironment(new AuthorityEnvironment);
  ::testing::UnitTest::GetInstance()->listeners().Append(new OwnershipListener(holdings_of_run));
  return RUN_ALL_TESTS();
}
