#include <gtest/gtest.h>

#include "core/wire.hpp"
#include "ssh/authorized_keys.hpp"
#include "support.hpp"

namespace sshkey {
namespace {

const std::string& plain_line() {
  static const std::string line = test::SoftKey().line("ada@example");
  return line;
}

TEST(AuthorizedKeys, APlainLineGivesKeyAndComment) {
  const auto result = parse_authorized_keys(plain_line());
  ASSERT_EQ(result.keys.size(), 1u);
  EXPECT_TRUE(result.refused.empty());
  EXPECT_EQ(result.keys[0].comment, "ada@example");
  EXPECT_FALSE(result.keys[0].expires_unix_seconds);
}

TEST(AuthorizedKeys, CommentsAndEmptyLinesCountAsLinesOnly) {
  const auto result = parse_authorized_keys("# a comment\n\n  \n" + plain_line() + "nonsense\n");
  EXPECT_EQ(result.keys.size(), 1u);
  ASSERT_EQ(result.refused.size(), 1u);
  EXPECT_EQ(result.refused[0].number, 5u);
}

TEST(AuthorizedKeys, ExpiryTimeIsHonoured) {
  const auto result = parse_authorized_keys("expiry-time=\"20300102030405Z\" " + plain_line());
  ASSERT_EQ(result.keys.size(), 1u);
  EXPECT_EQ(result.keys[0].expires_unix_seconds, 1893553445);
}

TEST(AuthorizedKeys, TheEarlierOfTwoExpiryTimesWins) {
  const auto result = parse_authorized_keys("expiry-time=\"20300102Z\",expiry-time=\"20400102Z\" " + plain_line());
  ASSERT_EQ(result.keys.size(), 1u);
  EXPECT_EQ(result.keys[0].expires_unix_seconds, parse_expiry_time("20300102Z"));
}

TEST(AuthorizedKeys, EveryOtherOptionRefusesItsLineByNumberAndLeavesTheRest) {
  for (const std::string option : {"cert-authority", "command=\"/bin/sh -c \\\"a b\\\"\"", "from=\"10.0.0.1\"",
                                   "restrict", "no-pty", "verify-required", "expiry-time=\"20300101Z\",restrict",
                                   "restrict,expiry-time=\"20300101Z\"", "environment=\"A=b c\"", "something-new"}) {
    const auto result = parse_authorized_keys(plain_line() + option + " " + plain_line() + plain_line());
    EXPECT_EQ(result.keys.size(), 2u) << option;
    ASSERT_EQ(result.refused.size(), 1u) << option;
    EXPECT_EQ(result.refused[0].number, 2u) << option;
    EXPECT_NE(result.refused[0].reason.find("not honoured"), std::string::npos) << result.refused[0].reason;
  }
}

TEST(AuthorizedKeys, AnExpiryTimeThatIsNoTimeRefusesTheLine) {
  for (const std::string value : {"\"\"", "\"2030\"", "\"20301301Z\"", "\"20300231Z\"", "20300101", "\"20300101Z",
                                  "\"20300101Z\"x", "\"20300101Z\","}) {
    const auto result = parse_authorized_keys("expiry-time=" + value + " " + plain_line());
    EXPECT_TRUE(result.keys.empty()) << value;
    EXPECT_EQ(result.refused.size(), 1u) << value;
  }
}

TEST(AuthorizedKeys, ALineThatNamesAnotherKindThanItsKeyIsRefused) {
  std::string line = plain_line();
  line.replace(0, std::string("ssh-ed25519").size(), "ecdsa-sha2-nistp256");
  const auto result = parse_authorized_keys(line);
  EXPECT_TRUE(result.keys.empty());
  EXPECT_EQ(result.refused.size(), 1u);
}

TEST(AuthorizedKeys, RsaAndCertificatesAreRefused) {
  const std::string rsa =
      base64_encode(Writer().string("ssh-rsa").string(Bytes{1, 0, 1}).string(Bytes(256, 9)).bytes());
  const auto result = parse_authorized_keys("ssh-rsa " + rsa + "\nssh-ed25519-cert-v01@openssh.com " +
                                            base64_encode(Writer().string("ssh-ed25519-cert-v01@openssh.com").bytes()));
  EXPECT_TRUE(result.keys.empty());
  EXPECT_EQ(result.refused.size(), 2u);
}

TEST(AuthorizedKeys, NulBytesAndOverlongLinesAreRefused) {
  const auto result =
      parse_authorized_keys(plain_line().substr(0, 20) + std::string(1, '\0') + "\n" +
                            plain_line().substr(0, plain_line().size() - 1) + std::string(max_line_size, 'x'));
  EXPECT_TRUE(result.keys.empty());
  EXPECT_EQ(result.refused.size(), 2u);
}

TEST(ExpiryTime, ReadsTheFormsOfSshdAndNothingElse) {
  EXPECT_EQ(parse_expiry_time("19700102Z"), 86400);
  EXPECT_EQ(parse_expiry_time("197001020001Z"), 86460);
  EXPECT_EQ(parse_expiry_time("19700102000102Z"), 86462);
  for (const char* bad : {"", "Z", "1970010", "19700102000", "1970-01-02", "19690101Z", "197001022500Z", "19700102z"})
    EXPECT_FALSE(parse_expiry_time(bad)) << bad;
}

TEST(ExpiryTime, WithoutZIsLocalTime) {
  std::tm local{};
  local.tm_year = 130;
  local.tm_mday = 2;
  local.tm_isdst = -1;
  EXPECT_EQ(parse_expiry_time("20300102"), std::mktime(&local));
}

}  // namespace
}  // namespace sshkey
