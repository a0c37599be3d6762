// One run of the tests of MSV1_0: the composition comes from --composition= or OPENLSA_TEST_COMPOSITION.
#include <gtest/gtest.h>

#include <cstdio>

#include "msv1_0/ntlm_authority.hpp"
#include "support/composition.hpp"

int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  openlsa::test::choose_composition(argc, argv);
  std::printf("composition: %s, %s\n", openlsa::test::composition_name(),
              openlsa::test::is_root() ? "as root" : "as a plain user");
  ::testing::AddGlobalTestEnvironment(new openlsa::test::NtlmEnvironment);
  return RUN_ALL_TESTS();
}
