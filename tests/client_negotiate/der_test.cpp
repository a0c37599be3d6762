// DER: what is taken, and what no encoder may write (X.690, 8.1.3 and 10.1; attack corpus S-01).
#include "client/negotiate/der.hpp"

#include <gtest/gtest.h>

#include "client/negotiate/object_identifier.hpp"
#include "client_negotiate/hex.hpp"

namespace openlsa::client::negotiate {
namespace {

bool takes(std::string_view dump) {
  const base::Bytes bytes = hex(dump);
  base::ByteView rest = bytes;
  const auto element = take_der(rest);
  if (!element) EXPECT_EQ(rest.size(), bytes.size()) << "left as it was";
  return element.has_value();
}

TEST(Der, TakesDefiniteMinimalLengths) {
  EXPECT_TRUE(takes("04 00"));
  EXPECT_TRUE(takes("04 02 01 02"));
  base::Bytes longer = hex("04 81 80");
  longer.resize(3 + 0x80);
  base::ByteView rest = longer;
  const auto element = take_der(rest);
  ASSERT_TRUE(element);
  EXPECT_EQ(element->content.size(), 0x80u);
  EXPECT_EQ(element->whole.size(), longer.size());
  EXPECT_TRUE(rest.empty());
}

TEST(Der, RefusesEverythingElse) {
  for (const char* bad : {"", "04", "04 03 01 02", "04 84 ff ff ff ff", "04 80 00 00", "04 81 01 00", "04 82 00 80",
                          "04 85 00 00 00 00 01 00", "1f 81 00 00", "04 ff", "04 84 00 00 00 01 00"})
    EXPECT_FALSE(takes(bad)) << bad;
}

TEST(Der, WritesWhatItReads) {
  for (const std::size_t size : {0u, 1u, 127u, 128u, 255u, 256u, 65535u, 65536u}) {
    const base::Bytes content(size, 0x5a);
    const base::Bytes bytes = make_der(DerTag::octet_string, content);
    const auto read = only_der(bytes, DerTag::octet_string);
    ASSERT_TRUE(read) << size;
    EXPECT_TRUE(base::equal(*read, content));
    EXPECT_FALSE(only_der(bytes, DerTag::sequence));
  }
  EXPECT_EQ(make_der(DerTag::octet_string, base::Bytes(128)).size(), 131u);
}

// Depth: each level is the content of the one before; nothing recurses, whatever the sender nested.
TEST(Der, DepthCostsNothing) {
  base::Bytes nested;
  for (int i = 0; i < 100000; ++i) nested.insert(nested.end(), {0x30, 0x80});
  base::ByteView rest = nested;
  EXPECT_FALSE(take_der(rest));
}

TEST(DerMembers, ComeInOrderAndOnce) {
  const base::Bytes both = hex("a0 02 04 00 a2 02 04 00");
  DerMembers members(both);
  EXPECT_TRUE(members.take(0));
  EXPECT_FALSE(members.take(1));
  EXPECT_FALSE(members.take(0));
  EXPECT_FALSE(members.at_end(2)) << "a member that was not taken";
  EXPECT_TRUE(members.take(2));
  EXPECT_TRUE(members.at_end(2));
  const base::Bytes later = hex("a0 02 04 00 a5 02 04 00 a7 02 04 00");
  DerMembers extended(later);
  EXPECT_TRUE(extended.take(0));
  EXPECT_TRUE(extended.at_end(3)) << "a later revision's";
  const base::Bytes twice = hex("a5 00 a5 00");
  EXPECT_FALSE(DerMembers(twice).at_end(3));
}

TEST(ObjectIdentifier, HasCompleteMinimalArcs) {
  EXPECT_TRUE(is_object_identifier(spnego_identifier));
  EXPECT_TRUE(is_object_identifier(ntlm_identifier));
  for (const char* bad : {"", "2b 80 01", "2b 86", "2b ff ff ff ff ff 7f", "80"})
    EXPECT_FALSE(is_object_identifier(hex(bad))) << bad;
  EXPECT_TRUE(is_object_identifier(base::Bytes(64, 1)));
  EXPECT_FALSE(is_object_identifier(base::Bytes(65, 1)));
  EXPECT_TRUE(base::equal(*identifier_of_package(hex("06 02 2a 03")), hex("2a 03")));
  EXPECT_TRUE(base::equal(*identifier_of_package(hex("2a 03")), hex("2a 03")));
  EXPECT_FALSE(identifier_of_package({}));
}

}  // namespace
}  // namespace openlsa::client::negotiate
