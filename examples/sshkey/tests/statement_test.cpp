#include <gtest/gtest.h>

#include "support.hpp"

namespace sshkey {
namespace {

class StatementTest : public ::testing::Test {
 protected:
  test::SoftKey user_;
  Statement statement_ = test::test_statement(user_, make_ed25519().public_key);
};

TEST_F(StatementTest, RoundTrips) {
  const auto decoded = decode_statement(encode(statement_));
  ASSERT_TRUE(decoded);
  EXPECT_EQ(*decoded, statement_);
}

TEST_F(StatementTest, EveryTruncationIsRefused) {
  const Bytes bytes = encode(statement_);
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(decode_statement(View(bytes).first(size))) << size;
}

TEST_F(StatementTest, ATrailingByteIsRefused) {
  Bytes bytes = encode(statement_);
  bytes.push_back(0);
  EXPECT_FALSE(decode_statement(bytes));
}

TEST_F(StatementTest, AnotherVersionIsRefused) {
  Bytes bytes = encode(statement_);
  bytes[3] = 2;
  EXPECT_FALSE(decode_statement(bytes));
}

TEST_F(StatementTest, ALifeOfTwelveHoursIsTakenAndOneSecondMoreIsRefused) {
  statement_.not_after = statement_.not_before + 12 * 60 * 60;
  EXPECT_TRUE(decode_statement(encode(statement_)));
  statement_.not_after += 1;
  EXPECT_FALSE(decode_statement(encode(statement_)));
}

TEST_F(StatementTest, AnEndBeforeTheStartIsRefused) {
  statement_.not_after = statement_.not_before - 1;
  EXPECT_FALSE(decode_statement(encode(statement_)));
}

TEST_F(StatementTest, UnknownPurposesAreRefused) {
  for (const std::uint32_t purpose : {0u, 4u, 0x80000001u}) {
    statement_.purpose = purpose;
    EXPECT_FALSE(decode_statement(encode(statement_))) << purpose;
  }
}

TEST_F(StatementTest, UnknownLogonTypesAreRefused) {
  for (const std::uint32_t type : {0u, 1u, 6u, 99u}) {
    statement_.logon_type = type;
    EXPECT_FALSE(decode_statement(encode(statement_))) << type;
  }
}

TEST_F(StatementTest, ASidWhoseCountDisagreesWithItsSizeIsRefused) {
  statement_.account_sid[1] = 4;
  EXPECT_FALSE(decode_statement(encode(statement_)));
}

TEST_F(StatementTest, TimesNearTheEndOfTheIntegerAreRefused) {
  statement_.not_before = INT64_MAX - 1;
  statement_.not_after = INT64_MAX;
  EXPECT_FALSE(decode_statement(encode(statement_)));
}

}  // namespace
}  // namespace sshkey
