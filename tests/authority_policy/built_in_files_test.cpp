// What comes with the release, and what an administrator can and cannot do to it.
#include "authority/packages/built_in_files.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "authority/policy/configuration.hpp"

namespace openlsa::authority {
namespace {

TEST(BuiltInFiles, HaveNamesOfTheirOwnAndASwitchEach) {
  std::set<std::string_view> names, files;
  for (const BuiltInFile& file : built_in_files()) {
    EXPECT_TRUE(names.insert(file.name).second) << file.name;
    EXPECT_TRUE(files.insert(file.file).second) << file.file;
    EXPECT_TRUE(is_built_in_file(file.name));
    EXPECT_TRUE(file.file.ends_with(".so") && file.file.find('/') == file.file.npos) << file.file;
    EXPECT_NE(file.enabled, nullptr) << file.name;
  }
  EXPECT_TRUE(names.contains("msv1_0"));
  for (const char* other : {"", "MSV1_0", "msv1_0.so", "msv1_0x", "sshkey"})
    EXPECT_FALSE(is_built_in_file(other)) << other;
}

TEST(BuiltInFiles, NtlmIsSwitchedByItsOwnKey) {
  for (const BuiltInFile& file : built_in_files())
    if (file.name == "msv1_0") {
      EXPECT_EQ(file.enabled, &Configuration::ntlm_enabled);
    }
}

TEST(BuiltInFiles, AskWhatKeysSayAndGetNoPassword) {
  const Rights rights = built_in_rights(seam::Door::security_packages);
  EXPECT_TRUE(rights.account_keys);
  EXPECT_TRUE(rights.every_account);
  EXPECT_FALSE(rights.clear_text_passwords);
  EXPECT_FALSE(rights.network);
}

// Nothing of this machine is a door's: it says what a domain says.
TEST(BuiltInFiles, TheDoorToWinbindHasNoRightAndIsOffUntilItIsWanted) {
  const auto files = built_in_files();
  const auto found =
      std::find_if(files.begin(), files.end(), [](const BuiltInFile& file) { return file.name == "winbind"; });
  ASSERT_NE(found, files.end());
  EXPECT_EQ(found->file, "winbind.so");
  EXPECT_EQ(found->door, seam::Door::domain);
  EXPECT_EQ(found->enabled, &Configuration::domain_enabled);
  EXPECT_FALSE(Configuration().domain_enabled);
  const Rights rights = built_in_rights(found->door);
  EXPECT_FALSE(rights.account_keys || rights.every_account || rights.clear_text_passwords || rights.network);
  EXPECT_TRUE(rights.vouch_for.empty() && rights.call_packages.empty());
}

}  // namespace
}  // namespace openlsa::authority
