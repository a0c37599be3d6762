#include <gtest/gtest.h>

#include <cstdio>

#include "bridges_pam/fixture.hpp"
#include "support/private_system.hpp"

int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  if (const std::string why = openlsa::test::enter_private_system(); !why.empty()) {
    std::printf("not run: %s\n", why.c_str());
    return 77;
  }
  openlsa::test::copy_etc();
  ::testing::AddGlobalTestEnvironment(new openlsa::test::PamEnvironment);
  return RUN_ALL_TESTS();
}
