// One isolated authority for all: the programs of these tests are processes of their own.
#include <gtest/gtest.h>

#include "msv1_0/ntlm_authority.hpp"
#include "support/composition.hpp"

int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  openlsa::test::choose_composition(argc, argv);
  ::testing::AddGlobalTestEnvironment(new openlsa::test::NtlmEnvironment(""));
  return RUN_ALL_TESTS();
}
