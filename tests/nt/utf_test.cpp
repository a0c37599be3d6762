// UTF-8 and UTF-16: RFC 3629, RFC 2781.
#include "nt/utf.hpp"

#include <gtest/gtest.h>

namespace openlsa::nt {
namespace {

TEST(Utf, RoundTripsEveryLength) {
  const std::string text = "a\xc3\xa9\xe2\x82\xac\xf0\x9f\x94\x91";  // 1, 2, 3 and 4 bytes
  const auto utf16 = to_utf16(text);
  ASSERT_TRUE(utf16);
  EXPECT_EQ(*utf16, u"a\u00e9\u20ac\U0001f511");
  EXPECT_EQ(to_utf8(*utf16), text);
}

TEST(Utf, RefusesWhatIsNotUtf8) {
  for (const char* text :
       {"\x80", "\xc0\x80", "\xc3", "\xe0\x80\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xff", "\xc3("})
    EXPECT_FALSE(to_utf16(text));
}

TEST(Utf, RefusesLoneSurrogatesButCanPrintThem) {
  const std::u16string lone(1, char16_t{0xd800});
  EXPECT_FALSE(to_utf8(lone));
  EXPECT_EQ(to_utf8_lossy(lone), "\xef\xbf\xbd");
}

TEST(Names, CompareWithoutCase) {
  EXPECT_TRUE(equal_names(u"SshKey", u"SSHKEY"));
  EXPECT_TRUE(equal_names(u"\u00e9", u"\u00c9"));
  EXPECT_TRUE(equal_names(u"\u03c9\u03bc\u03ad\u03b3\u03b1", u"\u03a9\u039c\u0388\u0393\u0391"));  // Greek
  EXPECT_TRUE(equal_names(u"\u03c3", u"\u03c2")) << "the final sigma is a sigma";
  EXPECT_TRUE(equal_names(u"\u0438\u0432\u0430\u043d", u"\u0418\u0412\u0410\u041d"));  // Cyrillic
  EXPECT_TRUE(equal_names(u"\u00ff", u"\u0178"));
  EXPECT_FALSE(equal_names(u"\u0131", u"i"));
  EXPECT_FALSE(equal_names(u"\u017f", u"s"));
  EXPECT_FALSE(equal_names(u"\u0430", u"a")) << "a letter that only looks like the other";
  EXPECT_FALSE(equal_names(u"sshkey", u"sshkey2"));
  EXPECT_FALSE(equal_names(u"\u00f7", u"\u00d7"));  // the division sign is not the small form of the times sign
}

}  // namespace
}  // namespace openlsa::nt
