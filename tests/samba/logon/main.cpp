// Logons of the domain's accounts on the member that tests/samba/with_domain has joined, by winbind.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <string>

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
  const std::string domain = std::getenv("OPENLSA_TEST_DOMAIN");
  ::testing::AddGlobalTestEnvironment(
      new openlsa::test::NtlmEnvironment("[domain]\nwinbind = true\nname = \"" + domain + "\"\n"));
  return RUN_ALL_TESTS();
}
