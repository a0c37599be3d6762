// The winbind door on the member of an Active Directory domain; tests/samba/with_domain starts this program.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>

int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  if (std::getenv("OPENLSA_TEST_DOMAIN_DIRECTORY") == nullptr) {
    std::printf("not run: there is no domain here; start this program by tests/samba/with_domain\n");
    return 77;
  }
  return RUN_ALL_TESTS();
}
