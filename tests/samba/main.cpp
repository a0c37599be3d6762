// The tests against Samba; tests/samba/with_domain starts this program on a member of its domain.
#include <gtest/gtest.h>

#include <cstdio>

#include "msv1_0/ntlm_authority.hpp"
#include "samba/domain.hpp"
#include "support/composition.hpp"

int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  openlsa::test::choose_composition(argc, argv);
  if (!openlsa::test::domain_is_here()) {
    std::printf("not run: there is no domain here; start this program by tests/samba/with_domain\n");
    return 77;
  }
  ::testing::AddGlobalTestEnvironment(new openlsa::test::NtlmEnvironment);
  return RUN_ALL_TESTS();
}
