// The layouts are those of the public header; a package of somebody else's reads them (bridges_pam_tests).
#include "bridges/pam/messages.hpp"

#include <gtest/gtest.h>
#include <openlsa/ntsecapi.h>

#include <string>

namespace openlsa::pam {
namespace {

using namespace std::string_view_literals;

std::u16string text_of(const base::Secret& block, const UNICODE_STRING& string) {
  const auto* const begin = block.reveal().data();
  const auto* const here = reinterpret_cast<const std::uint8_t*>(string.Buffer);
  EXPECT_GE(here, begin);
  EXPECT_LE(here + string.Length, begin + block.size());
  EXPECT_EQ(string.Length, string.MaximumLength);
  return {reinterpret_cast<const char16_t*>(string.Buffer), string.Length / 2u};
}

TEST(PamMessages, AnInteractiveLogon) {
  auto block = interactive_logon_message("OFFICE", "J\303\266rg", "p\303\244\360\235\204\236");
  ASSERT_TRUE(block);
  const auto* const logon = reinterpret_cast<const MSV1_0_INTERACTIVE_LOGON*>(block->reveal().data());
  EXPECT_EQ(MsV1_0InteractiveLogon, logon->MessageType);
  EXPECT_EQ(u"OFFICE", text_of(*block, logon->LogonDomainName));
  EXPECT_EQ(u"J\u00f6rg", text_of(*block, logon->UserName));
  EXPECT_EQ(u"p\u00e4\U0001d11e", text_of(*block, logon->Password));
}

TEST(PamMessages, AChangeOfThePassword) {
  auto block = change_password_message("", "alice", "old", "new one");
  ASSERT_TRUE(block);
  const auto* const change = reinterpret_cast<const MSV1_0_CHANGEPASSWORD_REQUEST*>(block->reveal().data());
  EXPECT_EQ(MsV1_0ChangePassword, change->MessageType);
  EXPECT_EQ(u"", text_of(*block, change->DomainName));
  EXPECT_EQ(u"alice", text_of(*block, change->AccountName));
  EXPECT_EQ(u"old", text_of(*block, change->OldPassword));
  EXPECT_EQ(u"new one", text_of(*block, change->NewPassword));
  EXPECT_EQ(0, change->Impersonating);
}

TEST(PamMessages, TheLimits) {
  EXPECT_TRUE(interactive_logon_message(std::string(255, 'd'), std::string(256, 'u'), std::string(512, 'p')));
  EXPECT_FALSE(interactive_logon_message(std::string(256, 'd'), "u", "p"));
  EXPECT_FALSE(interactive_logon_message("d", std::string(257, 'u'), "p"));
  EXPECT_FALSE(interactive_logon_message("d", "u", std::string(513, 'p')));
  EXPECT_FALSE(change_password_message("d", "u", std::string(513, 'p'), "n"));
  EXPECT_FALSE(change_password_message("d", "u", "p", std::string(513, 'n')));
}

// P-01: a password with NUL in it is another one to every program that reads to the zero.
TEST(PamMessages, WhatIsNoTextIsNoMessage) {
  for (const std::string_view wrong : {"a\0b"sv, "\0"sv, "a\xff"sv, "\xc3"sv, "\xed\xb0\x80"sv}) {
    EXPECT_FALSE(interactive_logon_message("d", "u", wrong));
    EXPECT_FALSE(interactive_logon_message("d", wrong, "p"));
    EXPECT_FALSE(interactive_logon_message(wrong, "u", "p"));
    EXPECT_FALSE(change_password_message("d", "u", wrong, "p"));
    EXPECT_FALSE(change_password_message("d", "u", "p", wrong));
  }
}

}  // namespace
}  // namespace openlsa::pam
