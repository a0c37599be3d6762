// Texts, times, statuses and names: what goes to winbindd and what comes from it.
#include <gtest/gtest.h>

#include "fake_library.hpp"
#include "names.hpp"
#include "statuses.hpp"
#include "text.hpp"
#include "times.hpp"

namespace winbind::test {
namespace {

TEST(WinbindText, GoesBothWays) {
  const std::pair<std::u16string, std::string> both[]{{u"alice", "alice"},
                                                      {u"J\u00f6rg", "J\xc3\xb6rg"},
                                                      {u"\u20ac", "\xe2\x82\xac"},
                                                      {u"\U0001d11e", "\xf0\x9d\x84\x9e"},
                                                      {u"", ""}};
  for (const auto& [utf16, utf8] : both) {
    EXPECT_EQ(to_utf8(utf16), utf8);
    EXPECT_EQ(to_utf16(utf8.c_str()), utf16);
  }
  EXPECT_EQ(to_utf16(nullptr), u"");
}

TEST(WinbindText, IsWellFormedOrNone) {
  const std::u16string bad[]{{0xd800}, {u'a', 0xdc00}, {0xd800, u'a'}, {0xdc00, 0xd800}, {u'a', 0, u'b'}};
  for (const std::u16string& text : bad) EXPECT_EQ(to_utf8(text), std::nullopt);
  // RFC 3629 4 and 10: overlong forms, surrogates, beyond U+10FFFF, cut off, without a beginning.
  for (const char* text : {"\xc0\xaf", "\xe0\x80\xaf", "\xf0\x80\x80\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80",
                           "\xf8\x88\x80\x80\x80", "\xc3", "\xe2\x82", "\x80", "\xc3(", "\xff"})
    EXPECT_EQ(to_utf16(text), std::nullopt) << text;
}

// What is longer would be cut, and be another name or another password.
TEST(WinbindText, FitsAFieldOrIsNone) {
  EXPECT_TRUE(to_utf8(std::u16string(255, u'a')).has_value());
  EXPECT_FALSE(to_utf8(std::u16string(256, u'a')).has_value());
  EXPECT_TRUE(to_utf8(std::u16string(127, u'\u00f6')).has_value());
  EXPECT_FALSE(to_utf8(std::u16string(128, u'\u00f6')).has_value());
  WipedText wiped;
  const std::u16string fits(255, u'a'), longer(256, u'a');
  UNICODE_STRING string = counted(fits);
  EXPECT_TRUE(wiped.assign(&string));
  EXPECT_STREQ(wiped.c_str(), std::string(255, 'a').c_str());
  string = counted(longer);
  EXPECT_FALSE(wiped.assign(&string));
  EXPECT_STREQ(wiped.c_str(), "");
}

TEST(WinbindNames, ASeparatorMakesNoOtherName) {
  const auto asked = [](std::u16string_view user, std::u16string_view domain) {
    return asked_name(counted(user), counted(domain), '+');
  };
  ASSERT_TRUE(asked(u"alice", u"EXAMPLE").has_value());
  EXPECT_TRUE(asked(u"al+ice", u"EXAMPLE").has_value());  // only the first one counts there
  EXPECT_TRUE(asked(u"alice@example.test", u"").has_value());
  EXPECT_FALSE(asked(u"alice", u"").has_value());
  EXPECT_FALSE(asked(u"", u"EXAMPLE").has_value());
  EXPECT_FALSE(asked(u"OTHER+alice@example.test", u"").has_value());
  EXPECT_FALSE(asked(u"alice", u"EXAM+PLE").has_value());
  EXPECT_FALSE(asked(u"OTHER\\alice", u"EXAMPLE").has_value());
  EXPECT_FALSE(asked(u"alice", u"EXAMPLE\\x").has_value());
  EXPECT_TRUE(asked(std::u16string(247, u'a'), u"EXAMPLE").has_value());
  EXPECT_FALSE(asked(std::u16string(248, u'a'), u"EXAMPLE").has_value());
}

// [MS-DTYP] 2.3.3: 100 ns since 1601. 2026-11-28 as `date` and Microsoft's formula (seconds * 10^7 + 116444736 * 10^9).
TEST(WinbindTimes, AreFiletimes) {
  EXPECT_EQ(filetime_of(0), 0);
  EXPECT_EQ(filetime_of(1), 116444736000000000 + 10000000);
  EXPECT_EQ(filetime_of(1795892403), 17958924030000000 + 116444736000000000);
  for (const std::uint64_t end :
       {std::uint64_t{910692730085}, std::uint64_t{0x7fffffff}, ~std::uint64_t{0}, std::uint64_t{67767976233532799}})
    EXPECT_EQ(filetime_of(end), 0x7fffffffffffffff) << end;
  EXPECT_LT(filetime_of(910692730084), 0x7fffffffffffffff);
}

TEST(WinbindStatuses, AreTheDocumentedOnes) {
  const FakeLibrary fake;
  // The domain's words come through.
  for (const NTSTATUS status : {STATUS_WRONG_PASSWORD, STATUS_NO_SUCH_USER, STATUS_ACCOUNT_LOCKED_OUT,
                                STATUS_ACCOUNT_DISABLED, STATUS_PASSWORD_MUST_CHANGE, STATUS_NO_TRUST_SAM_ACCOUNT,
                                STATUS_INVALID_LOGON_HOURS, STATUS_TRUSTED_RELATIONSHIP_FAILURE})
    EXPECT_EQ(status_of_domain(static_cast<std::uint32_t>(status)), status);
  for (const NTSTATUS status : {STATUS_NO_LOGON_SERVERS, STATUS_DOMAIN_CONTROLLER_NOT_FOUND, STATUS_IO_TIMEOUT,
                                STATUS_HOST_UNREACHABLE, STATUS_CONNECTION_REFUSED, STATUS_PIPE_DISCONNECTED})
    EXPECT_EQ(status_of_domain(static_cast<std::uint32_t>(status)), STATUS_NO_LOGON_SERVERS);
  EXPECT_EQ(status_of_domain(0xc00000da), STATUS_NO_TRUST_LSA_SECRET);
  EXPECT_EQ(status_of_domain(0xc0000022), STATUS_TRUSTED_RELATIONSHIP_FAILURE);
  for (const std::uint32_t no_error : {0u, 0x103u, 0x40000000u, 0x80000005u})
    EXPECT_EQ(status_of_domain(no_error), STATUS_UNSUCCESSFUL) << no_error;
  // Without a word of the domain.
  EXPECT_EQ(status_of(wbc::winbind_not_available, nullptr), STATUS_NO_LOGON_SERVERS);
  EXPECT_EQ(status_of(wbc::auth_error, nullptr), STATUS_LOGON_FAILURE);
  EXPECT_EQ(status_of(wbc::unknown_user, nullptr), STATUS_NO_SUCH_USER);
  EXPECT_LT(status_of(wbc::unknown_failure, nullptr), 0);
  wbc::AuthError silent{};
  EXPECT_EQ(status_of(wbc::auth_error, &silent), STATUS_LOGON_FAILURE);
}

}  // namespace
}  // namespace winbind::test
