// One walk over the exported functions: the composition comes from --composition= or OPENLSA_TEST_COMPOSITION.
#include <gtest/gtest.h>

#include <cstdio>

#include "support/authority_environment.hpp"
#include "support/composition.hpp"
#include "walk/walker.hpp"
#include "walk/watchdog.hpp"

int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  openlsa::test::choose_composition(argc, argv);
  std::printf("composition: %s\n", openlsa::test::composition_name());
  openlsa::walk::watch_calls();
  openlsa::walk::register_walk();
  ::testing::AddGlobalTestEnvironment(new openlsa::test::AuthorityEnvironment);
  return RUN_ALL_TESTS();
}
