#include "base/printable.hpp"

#include <gtest/gtest.h>

namespace openlsa::base {
namespace {

TEST(Printable, LeavesTextAsItIs) {
  EXPECT_EQ(printable(""), "");
  EXPECT_EQ(printable("J\xc3\xbcrgen \xe2\x82\xac \xf0\x9f\x94\x91 \\ \""),
            "J\xc3\xbcrgen \xe2\x82\xac \xf0\x9f\x94\x91 \\ \"");
}

TEST(Printable, NothingSteersATerminalOrEndsALine) {
  EXPECT_EQ(printable("a\nb\tc\r\x1b[2J\x07\x7f"), "a b c??[2J??");
  EXPECT_EQ(printable("\xc2\x9b"
                      "2J"),
            "?2J")
      << "CSI of eight bits, in UTF-8";
  EXPECT_EQ(printable("\xe2\x80\xa8\xe2\x80\xae"
                      "gpj.exe\xe2\x81\xa9"),
            "??gpj.exe?");
}

TEST(Printable, WhatIsNoUtf8IsSeen) {
  EXPECT_EQ(printable("\x9b"
                      "2J \xc3"),
            "?2J ?");
  EXPECT_EQ(printable("\xc0\x8a \xed\xa0\x80 \xf5\x80"), "?? ??? ??");
}

}  // namespace
}  // namespace openlsa::base
