#include "authority/audit/audit_trail.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>

#include "authority/audit/json_line.hpp"
#include "authority_policy/temporary_directory.hpp"

namespace openlsa::authority {
namespace {

TEST(JsonLine, EscapesWhatCouldForgeALine) {
  EXPECT_EQ(json_string("a\"b\\c\n\x01\x7f"), R"("a\"b\\c\n\u0001\u007f")");
  EXPECT_EQ(json_string(std::string_view("\0x", 2)), R"("\u0000x")");
  EXPECT_EQ(json_string("J\xc3\xbcrgen"), "\"J\xc3\xbcrgen\"");
  EXPECT_EQ(json_string("\xe2\x80\xa8\xc2\x85"), R"("\u2028\u0085")");
}

TEST(JsonLine, ReplacesInvalidUtf8) {
  EXPECT_EQ(json_string("\xff"), R"("\ufffd")");
  EXPECT_EQ(json_string("\xc0\xaf"), R"("\ufffd\ufffd")");                      // overlong
  EXPECT_EQ(json_string("\xed\xa0\x80"), R"("\ufffd\ufffd\ufffd")");            // a surrogate
  EXPECT_EQ(json_string("\xf4\x90\x80\x80"), R"("\ufffd\ufffd\ufffd\ufffd")");  // above U+10FFFF
  EXPECT_EQ(json_string("\xe2\x82"), R"("\ufffd\ufffd")");                      // cut off
}

TEST(JsonLine, BuildsObjectsAndArrays) {
  JsonArray array;
  array.text("x").raw("1");
  EXPECT_EQ(JsonObject().text("a", "b").number("n", -3).flag("f", true).null("z").raw("l", array.str()).str(),
            R"({"a":"b","n":-3,"f":true,"z":null,"l":["x",1]})");
  EXPECT_EQ(JsonObject().str(), "{}");
}

TEST(AuditTrail, AppendsOneLinePerEventForItsOwnerOnly) {
  TemporaryDirectory directory;
  const std::string path = directory.write("audit.jsonl", "{\"event\":\"old\"}\n", 0644);
  const auto trail = AuditTrail::open(path);
  ASSERT_TRUE(trail) << trail.error().message;
  AuditEvent event{"logon"};
  event.status = static_cast<nt::Status>(0xc000006d);
  event.client_uid = 1000;
  event.account = "evil\n{\"event\":\"forged\"}";
  event.logon_id = nt::Luid{0x10001};
  (*trail)->record(event);
  const std::string text = TemporaryDirectory::read(path);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2);
  EXPECT_EQ(text.find("{\"event\":\"old\"}\n{\"time\":\""), 0u) << text;
  EXPECT_NE(text.find(R"("event":"logon","status":"0xc000006d","client_uid":1000,"account":"evil\n{\"event\")"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find(R"("logon_id":"0x10001"})"), std::string::npos) << text;
  struct stat status{};
  ::stat(path.c_str(), &status);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
}

// One client that is refused without end must not fill the disk, nor hide what others do.
TEST(AuditTrail, LimitsTheRefusalsOfOneUidAndSaysHowManyWereLeftOut) {
  TemporaryDirectory directory;
  const std::string path = directory.write("audit.jsonl", "", 0600);
  {
    const auto trail = AuditTrail::open(path);
    ASSERT_TRUE(trail) << trail.error().message;
    AuditEvent refused{"logon"};
    refused.status = STATUS_INVALID_HANDLE;
    refused.client_uid = 71000;
    for (int i = 0; i < 100'000; ++i) (*trail)->record(refused);
    refused.client_uid = 71001;
    (*trail)->record(refused);
    AuditEvent logon{"logon"};
    logon.status = STATUS_SUCCESS;
    logon.client_uid = 71000;
    (*trail)->record(logon);
  }
  const std::string text = TemporaryDirectory::read(path);
  EXPECT_LT(text.size(), 1'000'000u);
  EXPECT_GE(std::count(text.begin(), text.end(), '\n'), RefusalLimit::burst);
  EXPECT_NE(text.find(R"("client_uid":71001})"), std::string::npos) << "another's refusal is missing";
  EXPECT_NE(text.find(R"("status":"0x00000000","client_uid":71000})"), std::string::npos) << "a logon is missing";
  EXPECT_NE(text.find(R"("event":"refusals-left-out","client_uid":71000,"detail":")"), std::string::npos);
}

TEST(AuditTrail, RefusesALinkAndADirectory) {
  TemporaryDirectory directory;
  directory.write("target", "");
  std::filesystem::create_symlink(directory / "target", directory / "link");
  EXPECT_FALSE(AuditTrail::open(directory / "link"));
  EXPECT_FALSE(AuditTrail::open(directory.path()));
}

}  // namespace
}  // namespace openlsa::authority
