// The grammar of pam.toml and of the module's line.
#include "bridges/pam/options.hpp"

#include <gtest/gtest.h>

namespace openlsa::pam {
namespace {

bool settings(std::string_view text, Options& options) { return parse_settings(text, options).has_value(); }

bool arguments(std::vector<const char*> words, Options& options) { return parse_arguments(words, options).has_value(); }

TEST(PamOptions, TheDefaults) {
  const Options options;
  EXPECT_EQ("MICROSOFT_AUTHENTICATION_PACKAGE_V1_0", options.package);
  EXPECT_EQ(Interactive, options.logon_type);
  EXPECT_FALSE(options.null_passwords);
  EXPECT_FALSE(options.refuse_without_credentials);
  EXPECT_EQ(30u, options.timeout_seconds);
}

TEST(PamOptions, TheFile) {
  Options options;
  EXPECT_TRUE(settings("", options));
  EXPECT_TRUE(
      settings("\n  # a comment = 1\r\n\tpackage = \"Ssh # Key\" # so it is named\n"
               "domain=\"OFFICE\"\nlogon_type = \"remote_interactive\"\nno_credentials = \"refuse\"\n"
               "nullok = true\ntimeout = 5 # seconds\ndebug=true#yes",
               options));
  EXPECT_EQ(5u, options.timeout_seconds);
  EXPECT_EQ("Ssh # Key", options.package);
  EXPECT_EQ("OFFICE", options.domain);
  EXPECT_EQ(RemoteInteractive, options.logon_type);
  EXPECT_TRUE(options.refuse_without_credentials && options.null_passwords && options.debug);
  EXPECT_TRUE(settings("no_credentials = \"allow\"\ndebug = false", options));
  EXPECT_FALSE(options.refuse_without_credentials || options.debug);
}

TEST(PamOptions, WhatTheFileCannotSay) {
  for (const char* text : {"package",
                           "package =",
                           "package = PamPeer",
                           "package = \"",
                           "package = \"a",
                           "package = \"\"",
                           "package = \"a\" b",
                           "package = \"a\\n\"",
                           "[pam]",
                           "= \"a\"",
                           "nullok = yes",
                           "nullok = \"yes\"",
                           "use_first_pass = true",
                           "no_credentials = true",
                           "logon_type = \"batch\"",
                           "packages = \"a\"",
                           "package = \"a\tb\"",
                           "package = 30",
                           "debug = 1",
                           "timeout = 0",
                           "timeout = 3601",
                           "timeout = -1",
                           "timeout = 1s",
                           "timeout = 4294967297",
                           "timeout =",
                           "timeout = \"\"",
                           "good = 1\npackage = \"a\""}) {
    Options options;
    EXPECT_FALSE(settings(text, options)) << text;
  }
  Options options;
  EXPECT_FALSE(settings("package = \"" + std::string(128, 'x') + "\"", options));
  EXPECT_TRUE(settings("package = \"" + std::string(127, 'x') + "\"", options));
  const auto wrong = parse_settings("\n\nnonsense", options);
  ASSERT_FALSE(wrong);
  EXPECT_NE(std::string::npos, wrong.error().message.find("line 3")) << wrong.error().message;
}

TEST(PamOptions, TheLine) {
  Options options;
  EXPECT_TRUE(arguments({"package=PamPeer", "domain=A", "logon_type=network", "no_credentials=refuse", "debug",
                         "nullok", "use_first_pass", "try_first_pass", "use_authtok", "timeout=3600"},
                        options));
  EXPECT_EQ(3600u, options.timeout_seconds);
  EXPECT_EQ("PamPeer", options.package);
  EXPECT_EQ(Network, options.logon_type);
  EXPECT_TRUE(options.use_first_pass && options.try_first_pass && options.use_authtok && options.debug);
  for (const char* word : {"", "=", "Debug", "debug ", "package", "domain=", "no_credentials=", "timeout",
                           "timeout=", "timeout=0", "timeout=9 ", "package=\x1b[2J"})
    EXPECT_FALSE(arguments({word}, options)) << word;
}

}  // namespace
}  // namespace openlsa::pam
