// Strings, SIDs and LUIDs between C++ and the documented structures.
#pragma once

#include <openlsa/ntsecapi.h>
#include <openlsa/windows.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace openlsa::test {

// A counted string over text that it owns.
class AnsiText {
 public:
  explicit AnsiText(std::string_view text);
  AnsiText(const AnsiText&) = delete;
  AnsiText& operator=(const AnsiText&) = delete;
  PLSA_STRING get() { return &string_; }

 private:
  std::string text_;
  LSA_STRING string_{};
};

std::string narrow(const LSA_UNICODE_STRING& text);
std::string narrow(const SEC_WCHAR* text);
// A zero-terminated string, for SSPI's W functions.
std::vector<SEC_WCHAR> wide(std::string_view text);

std::string sid_text(PSID sid);
std::vector<UCHAR> parse_sid(const std::string& text);

unsigned long long value_of(const LUID& luid);
LUID luid_of(unsigned long long value);

// "0xC0000022", so that a failing expectation can be looked up.
std::string status_text(NTSTATUS status);

using Answers = std::map<std::string, std::string>;
Answers parse_answers(std::string_view text);  // lines of name=value
// A value by name: a clear failure where a plain find would crash.
std::string answer(const Answers& answers, const std::string& name);

}  // namespace openlsa::test

// A status compared with a status, printed as people look them up.
#define EXPECT_STATUS(expected, actual) \
  EXPECT_EQ(openlsa::test::status_text(expected), openlsa::test::status_text(actual))
#define ASSERT_STATUS(expected, actual) \
  ASSERT_EQ(openlsa::test::status_text(expected), openlsa::test::status_text(actual))
