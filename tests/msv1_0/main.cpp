// One run of the tests of MSV1_0: the composition comes from --composition= or OPENLSA_TEST_COMPOSITION.
#include <gtest/gtest.h>

#include <cstdio>
#include <string>

#include "msv1_0/ntlm_authority.hpp"
#include "support/composition.hpp"

int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  openlsa::test::choose_composition(argc, argv);
  std::printf("composition: %s, %s\n", openlsa::test::composition_name(),
              openlsa::test::is_root() ? "as root" : "as a plain user");
  // With --restricted the policy denies NTLM, and the tests of that are the run.
  const bool restricted = argc > 1 && std::string(argv[argc - 1]) == "--restricted";
  std::string& filter = ::testing::GTEST_FLAG(filter);
  if (restricted)
    filter = "RestrictedNtlm.*";
  else
    filter += filter.find('-') == filter.npos ? "-RestrictedNtlm.*" : ":RestrictedNtlm.*";
  const char* const policy = restricted ? "restrict_sending = \"deny\"\nrestrict_receiving = \"deny\"\n"
                                          "sending_exceptions = [\"old-nas\", \"*.legacy.example\", \"print*\"]\n"
                                        : "restrict_sending = \"audit\"\nrestrict_receiving = \"audit\"\n";
  ::testing::AddGlobalTestEnvironment(new openlsa::test::NtlmEnvironment(policy, true));
  return RUN_ALL_TESTS();
}
