#include "nt/security_providers.hpp"

#include <gtest/gtest.h>

namespace openlsa::nt {
namespace {

using Paths = std::vector<std::string>;

TEST(SecurityProviders, IsOneStringOfFilesWithTheirEnding) {
  const auto found = parse_security_providers(" /opt/a/one.so,two.so ,\t/opt/a/one.so");
  ASSERT_TRUE(found) << found.error().message;
  EXPECT_EQ(*found, (Paths{"/opt/a/one.so", std::string(providers_directory) + "/two.so"}));
  EXPECT_EQ(*parse_security_providers(""), Paths{});
  EXPECT_EQ(*parse_security_providers("  "), Paths{});
}

TEST(SecurityProviders, TheSyntaxOfSecurityPackagesIsAnother) {
  // Names without an ending, which stand in a list of their own.
  for (const char* value : {"msv1_0", "/opt/a/one", "one.so,kerberos", "one.so two.so,", ",", "one.so,", ",one.so",
                            "sub/one.so", "/opt/a/", "/opt/a/.so", ".so", "one.dll"})
    EXPECT_FALSE(parse_security_providers(value)) << value;
  EXPECT_FALSE(parse_security_providers(std::string_view("one\0.so", 7)));
}

TEST(SecurityProviders, TheEndingTellsTheTwoApart) {
  EXPECT_TRUE(has_library_ending("one.so"));
  EXPECT_FALSE(has_library_ending("one"));
  EXPECT_FALSE(has_library_ending("/opt/.so"));
  EXPECT_EQ(*provider_path("one"), std::string(providers_directory) + "/one");
  EXPECT_FALSE(provider_path(""));
}

}  // namespace
}  // namespace openlsa::nt
