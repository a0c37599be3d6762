#include "authority/admin/arguments.hpp"

#include <gtest/gtest.h>

#include "authority/packages/package_policy.hpp"

namespace openlsa::authority::admin {
namespace {

TEST(AdminArguments, RefusesWhatTheVerbDoesNotKnow) {
  EXPECT_FALSE(Arguments::parse({"other=x"}, {"name"}));
  EXPECT_FALSE(Arguments::parse({"name"}, {"name"}));
  EXPECT_FALSE(Arguments::parse({"name=a", "name=b"}, {"name"}));
  EXPECT_FALSE(Arguments::parse({"name=a\nb"}, {"name"}));
  EXPECT_FALSE(Arguments::parse({"name=\xff"}, {"name"}));
  EXPECT_FALSE(Arguments::parse({"name=a", "name=", "name=b"}, {"name"}));
  EXPECT_TRUE(Arguments::parse({"library=a", "library=b"}, {"library"}, "library"));
}

TEST(AdminArguments, ReadsEachKindOfValueStrictly) {
  const auto arguments = Arguments::parse(
      {"n=42", "bad=4x", "big=4294967296", "l=0x3e7", "h=3E7", "none=", "f=yes", "g=no", "s=a,b", "t=a,"},
      {"n", "bad", "big", "l", "h", "none", "f", "g", "s", "t"});
  ASSERT_TRUE(arguments);
  EXPECT_EQ(*arguments->number("n"), 42u);
  EXPECT_FALSE(arguments->number("bad"));
  EXPECT_FALSE(arguments->number("big"));
  EXPECT_FALSE(arguments->number("none"));
  EXPECT_EQ(*arguments->number("absent"), std::nullopt);
  EXPECT_EQ((*arguments->luid("l"))->value, 0x3e7u);
  EXPECT_EQ((*arguments->luid("h"))->value, 0x3e7u);
  EXPECT_FALSE(arguments->luid("none"));
  EXPECT_TRUE(*arguments->flag("f"));
  EXPECT_FALSE(*arguments->flag("absent"));
  EXPECT_FALSE(arguments->flag("g"));
  EXPECT_EQ(*arguments->list("s"), (std::vector<std::string>{"a", "b"}));
  EXPECT_FALSE(arguments->list("t"));
  EXPECT_FALSE(arguments->required("none"));
}

TEST(PackagePolicy, RefusesAndUnderAuditOnlyReports) {
  Configuration configuration;
  EXPECT_TRUE(judge_package(configuration, "demo").allowed);
  configuration.signed_only = true;
  EXPECT_FALSE(judge_package(configuration, "demo").allowed);
  EXPECT_NE(judge_package(configuration, "demo").violation.find("signed_only"), std::string::npos);
  configuration.audit_only = true;
  EXPECT_TRUE(judge_package(configuration, "demo").allowed);
  EXPECT_FALSE(judge_package(configuration, "demo").violation.empty());
  EXPECT_FALSE(judge_package({.no_custom_packages = true}, "demo").allowed);
}

}  // namespace
}  // namespace openlsa::authority::admin
