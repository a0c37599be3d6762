// Counted strings.
#include <gtest/gtest.h>
#include <openlsa/ntstatus.h>
#include <openlsa/windows.h>

#include <string>

namespace openlsa::win32_tests {
namespace {

UNICODE_STRING unicode(const char16_t* text) {
  UNICODE_STRING string;
  RtlInitUnicodeString(&string, text);
  return string;
}
ANSI_STRING ansi(const char* text) {
  ANSI_STRING string;
  RtlInitAnsiString(&string, text);
  return string;
}

TEST(Strings, InitMeasuresInBytes) {
  const UNICODE_STRING string = unicode(u"abc");
  EXPECT_EQ(string.Length, 6);
  EXPECT_EQ(string.MaximumLength, 8);
  const UNICODE_STRING none = unicode(nullptr);
  EXPECT_EQ(none.Length, 0);
  EXPECT_EQ(none.MaximumLength, 0);
  EXPECT_EQ(none.Buffer, nullptr);
}

// A length that wrapped around would be short, and a string of 65536 characters empty.
TEST(Strings, InitCutsWhatNoUshortMeasures) {
  const std::u16string text(65536, u'x');
  const UNICODE_STRING string = unicode(text.c_str());
  EXPECT_EQ(string.Length, 65532);
  EXPECT_EQ(string.MaximumLength, 65534);
  const std::string bytes(65536, 'x');
  EXPECT_EQ(ansi(bytes.c_str()).Length, 65534);
}

TEST(Strings, CopyStopsAtTheRoom) {
  const UNICODE_STRING source = unicode(u"password");
  char16_t memory[5] = {u'#', u'#', u'#', u'#', u'#'};
  UNICODE_STRING destination{0, 8, memory};
  RtlCopyUnicodeString(&destination, &source);
  EXPECT_EQ(destination.Length, 8);
  EXPECT_EQ(std::u16string(memory, 5), u"pass#");
  destination.MaximumLength = 7;  // an odd size holds three characters
  RtlCopyUnicodeString(&destination, &source);
  EXPECT_EQ(destination.Length, 6);
  RtlCopyUnicodeString(&destination, nullptr);
  EXPECT_EQ(destination.Length, 0);
}

// A null is no part of a STRING, and none is written.
TEST(Strings, OfBytesAreMeasuredAndCopied) {
  STRING source;
  RtlInitString(&source, "abc");
  EXPECT_EQ(source.Length, 3);
  EXPECT_EQ(source.MaximumLength, 4);
  char memory[5] = {'#', '#', '#', '#', '#'};
  STRING destination{0, 2, memory};
  RtlCopyString(&destination, &source);
  EXPECT_EQ(destination.Length, 2);
  EXPECT_EQ(std::string(memory, 5), "ab###");
  destination.MaximumLength = 5;
  RtlCopyString(&destination, &source);
  EXPECT_EQ(std::string(memory, 5), "abc##");
  RtlCopyString(&destination, nullptr);
  EXPECT_EQ(destination.Length, 0);
  RtlInitString(&source, nullptr);
  EXPECT_EQ(source.MaximumLength, 0);
  EXPECT_EQ(source.Buffer, nullptr);
}

TEST(Strings, CompareWithAndWithoutCase) {
  const UNICODE_STRING a = unicode(u"Ren\u00e9e");
  const UNICODE_STRING b = unicode(u"REN\u00c9E");
  const UNICODE_STRING longer = unicode(u"Ren\u00e9es");
  EXPECT_FALSE(RtlEqualUnicodeString(&a, &b, FALSE));
  EXPECT_TRUE(RtlEqualUnicodeString(&a, &b, TRUE));
  EXPECT_FALSE(RtlEqualUnicodeString(&a, &longer, TRUE));
  EXPECT_LT(RtlCompareUnicodeString(&a, &longer, TRUE), 0);
  EXPECT_GT(RtlCompareUnicodeString(&a, &b, FALSE), 0);
  const STRING x = ansi("Kerberos"), y = ansi("KERBEROS");
  EXPECT_TRUE(RtlEqualString(&x, &y, TRUE));
  EXPECT_FALSE(RtlEqualString(&x, &y, FALSE));
}

TEST(Strings, ConversionAllocatesAndTerminates) {
  const ANSI_STRING source = ansi(
      "Ren\xc3\xa9"
      "e \xf0\x9f\x94\x91");
  UNICODE_STRING wide{};
  ASSERT_EQ(RtlAnsiStringToUnicodeString(&wide, &source, TRUE), STATUS_SUCCESS);
  EXPECT_EQ(std::u16string(wide.Buffer), u"Ren\u00e9e \U0001f511");
  EXPECT_EQ(wide.MaximumLength, wide.Length + 2);
  ANSI_STRING back{};
  ASSERT_EQ(RtlUnicodeStringToAnsiString(&back, &wide, TRUE), STATUS_SUCCESS);
  EXPECT_STREQ(back.Buffer, source.Buffer);
  RtlFreeUnicodeString(&wide);
  RtlFreeAnsiString(&back);
  EXPECT_EQ(wide.Buffer, nullptr);
  EXPECT_EQ(back.Length, 0);
}

TEST(Strings, ConversionNeedsRoomAndValidText) {
  const ANSI_STRING source = ansi("abc");
  char16_t memory[4] = {u'#', u'#', u'#', u'#'};
  UNICODE_STRING wide{0, 6, memory};  // no room for the null
  EXPECT_EQ(RtlAnsiStringToUnicodeString(&wide, &source, FALSE), STATUS_BUFFER_OVERFLOW);
  EXPECT_EQ(memory[0], u'#');
  wide.MaximumLength = 8;
  EXPECT_EQ(RtlAnsiStringToUnicodeString(&wide, &source, FALSE), STATUS_SUCCESS);
  EXPECT_EQ(std::u16string(memory), u"abc");
  const ANSI_STRING invalid = ansi("\xff");
  EXPECT_EQ(RtlAnsiStringToUnicodeString(&wide, &invalid, FALSE), STATUS_UNMAPPABLE_CHARACTER);
  const std::string text(40000, 'x');
  const ANSI_STRING too_long = ansi(text.c_str());
  EXPECT_EQ(RtlAnsiStringToUnicodeString(&wide, &too_long, TRUE), STATUS_INVALID_PARAMETER_2);
}

}  // namespace
}  // namespace openlsa::win32_tests
