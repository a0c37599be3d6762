// SIDs: [MS-DTYP] 2.4.2.
#include "nt/sid.hpp"

#include <gtest/gtest.h>

namespace openlsa::nt {
namespace {

TEST(Sid, SurvivesItsStringForm) {
  for (const char* text : {"S-1-1-0", "S-1-5-18", "S-1-5-32-544", "S-1-5-21-1004336348-1177238915-682003330-512",
                           "S-1-0x00123456789A-7"}) {
    const auto sid = Sid::parse(text);
    ASSERT_TRUE(sid) << text;
    const std::string printed = sid->to_string();
    EXPECT_EQ(Sid::parse(printed), sid) << printed;
  }
  EXPECT_EQ(Sid::parse("S-1-5-32-544"), well_known::administrators);
}

TEST(Sid, RefusesTextThatIsNotOne) {
  for (const char* text :
       {"", "S", "S-1", "S-1-", "S-2-5-18", "S-1-5-", "S-1-5-x", "S-1-5--1", "S-1-5-4294967296",
        "S-1-281474976710656-1", "S-1-5-18 ", " S-1-5-18", "S-1-5-+1", "S-1-5-1-2-3-4-5-6-7-8-9-10-11-12-13-14-15-16"})
    EXPECT_FALSE(Sid::parse(text)) << text;
}

TEST(Sid, SurvivesItsBinaryForm) {
  const Sid sid = well_known::administrators;
  const base::Bytes expected = {1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 0x20, 2, 0, 0};
  EXPECT_EQ(sid.to_bytes(), expected);
  EXPECT_EQ(Sid::from_bytes(expected), sid);
}

TEST(Sid, RefusesBytesOfAnotherLengthRevisionOrCount) {
  const base::Bytes good = well_known::administrators.to_bytes();
  for (std::size_t size = 0; size < good.size(); ++size)
    EXPECT_FALSE(Sid::from_bytes(base::ByteView(good).first(size))) << size;
  base::Bytes longer = good;
  longer.push_back(0);
  EXPECT_FALSE(Sid::from_bytes(longer));
  base::Bytes revision = good;
  revision[0] = 2;
  EXPECT_FALSE(Sid::from_bytes(revision));
  base::Bytes count(8 + 4 * 16, 0);
  count[0] = 1;
  count[1] = 16;
  EXPECT_FALSE(Sid::from_bytes(count));
}

TEST(Sid, ADomainAndARidMakeAnAccount) {
  const Sid domain{5, {21, 1, 2, 3}};
  EXPECT_EQ(domain.with_rid(1000).domain(), domain);
  EXPECT_EQ(domain.with_rid(1000).rid(), 1000u);
}

}  // namespace
}  // namespace openlsa::nt
