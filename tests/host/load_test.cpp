#include "host/support.hpp"

namespace openlsa::host::test {
namespace {

TEST_F(HostTest, DropsThePackageWhoseInitializationFailsAndKeepsTheOthersOfTheFile) {
  const auto reply = load("test_echo");
  ASSERT_EQ(reply.status, STATUS_SUCCESS) << reply.reason;
  EXPECT_EQ(reply.table_count, 3u);
  ASSERT_EQ(reply.packages.size(), 2u);
  EXPECT_EQ(reply.packages[0].name, u"Echo");
  EXPECT_EQ(reply.packages[1].name, u"Plain");
  EXPECT_EQ(reply.packages[1].id, first_id + 2);  // ids follow the tables
  ASSERT_EQ(reply.dropped.size(), 1u);
  EXPECT_EQ(reply.dropped[0].id, first_id + 1);
  EXPECT_EQ(reply.dropped[0].status, STATUS_UNSUCCESSFUL);
  EXPECT_NE(reply.dropped[0].reason.find("SpInitialize failed with 0xc0000001"), std::string::npos);
  EXPECT_EQ(observed().Initialized, 2u);
  EXPECT_EQ(runtime->find(first_id + 1), nullptr);

  seam::PostLogonUserRequest to_dropped;
  to_dropped.package = first_id + 1;
  EXPECT_EQ(runtime->post_logon_user(to_dropped).status, STATUS_NO_SUCH_PACKAGE);
}

TEST_F(HostTest, ReadsWhatThePackageSaysOfItself) {
  const auto reply = load("test_echo");
  ASSERT_FALSE(reply.packages.empty());
  const auto& info = reply.packages[0];
  EXPECT_EQ(info.comment, u"says what it is told");
  EXPECT_EQ(info.max_token, 4096u);
  EXPECT_EQ(info.interface_version, std::uint32_t{SECPKG_INTERFACE_VERSION_3});
  EXPECT_TRUE(info.supports_logon && info.supports_sspi && info.has_user_half && !info.classic);
  EXPECT_EQ(info.context_thunks, std::vector<std::uint32_t>{SECPKG_ATTR_NATIVE_NAMES});
  EXPECT_FALSE(reply.packages[1].supports_logon || reply.packages[1].supports_sspi);
}

TEST_F(HostTest, CheckingAFileInitializesNothing) {
  const auto reply = load("test_echo", true);
  EXPECT_EQ(reply.status, STATUS_SUCCESS) << reply.reason;
  ASSERT_EQ(reply.packages.size(), 3u);  // SpInitialize is what would have failed
  EXPECT_EQ(reply.packages[1].name, u"Failing");
  EXPECT_EQ(observed().Initialized, 0u);
  EXPECT_EQ(open_channel(), nullptr);
}

TEST_F(HostTest, AClassicPackageGetsTheWholeSupportTable) {
  const auto reply = load("test_classic");
  ASSERT_EQ(reply.status, STATUS_SUCCESS) << reply.reason;
  ASSERT_EQ(reply.packages.size(), 1u);
  EXPECT_EQ(reply.packages[0].name, u"Classic");
  EXPECT_TRUE(reply.packages[0].classic && reply.packages[0].supports_logon && !reply.packages[0].supports_sspi);
  EXPECT_TRUE(observed().FullTable);
  EXPECT_EQ(observed().LastPackageId, first_id);

  seam::LogonUserRequest logon;
  logon.package = first_id;
  const auto logged_on = runtime->logon_user(std::move(logon));
  EXPECT_EQ(logged_on.status, STATUS_SUCCESS);
  EXPECT_EQ(logged_on.logon_id.value, 0x77u);
  EXPECT_EQ(logged_on.token_information.expiration.ticks, 7);
}

// Without our note the stride and the end of a table follow from the interface version.
TEST_F(HostTest, TablesOfAnotherHeaderAreReadByTheirVersion) {
  const auto reply = load("test_old_header");
  ASSERT_EQ(reply.status, STATUS_SUCCESS) << reply.reason;
  ASSERT_EQ(reply.packages.size(), 2u);
  EXPECT_EQ(reply.packages[0].name, u"First");
  EXPECT_EQ(reply.packages[1].name, u"Second");
  const auto* second = runtime->find(first_id + 1);
  ASSERT_NE(second, nullptr);
  EXPECT_EQ(second->table.SetContextAttributes, nullptr);  // slot 27: memory behind the table
}

struct Broken {
  const char* file;
  const char* reason;
};
class BrokenFile : public HostTest, public ::testing::WithParamInterface<Broken> {};

TEST_P(BrokenFile, IsRefusedWithAReason) {
  const auto reply = load(GetParam().file);
  EXPECT_LT(reply.status, 0);
  EXPECT_NE(reply.reason.find(GetParam().reason), std::string::npos) << reply.reason;
  EXPECT_TRUE(reply.packages.empty());
}

INSTANTIATE_TEST_SUITE_P(All, BrokenFile,
                         ::testing::Values(Broken{"test_broken_version", "version 0x3"},
                                           Broken{"test_broken_no_tables", "0 tables"},
                                           Broken{"test_broken_count", "65 tables"},
                                           Broken{"test_broken_beyond", "do not lie in the file's memory"},
                                           Broken{"test_broken_null", "no tables (NULL)"},
                                           Broken{"test_broken_heap", "do not lie in the file's memory"},
                                           Broken{"test_broken_slot", "slot 10 of table 0"},
                                           Broken{"test_broken_fails", "0xc000009a"}),
                         [](const auto& info) { return std::string(info.param.file); });

TEST(LoadTest, NamesWhatIsWrongWithTheFile) {
  Runtime runtime(std::make_shared<FakeSupport>());
  seam::LoadRequest request;
  request.path = "relative.so";
  const auto reply = runtime.load(request);
  EXPECT_EQ(reply.status, SEC_E_CANNOT_INSTALL);
  EXPECT_NE(reply.reason.find("not an absolute path"), std::string::npos);
  EXPECT_EQ(runtime.load(request).status, STATUS_INVALID_SERVER_STATE);
}

TEST_F(HostTest, LivesAsLongAsAThreadOfThePackageUsesIt) {
  load("test_echo");
  const std::shared_ptr<Runtime> used = Runtime::only();
  ASSERT_EQ(used, runtime);
  runtime->shutdown({});
  runtime.reset();
  EXPECT_EQ(Runtime::only(), used);
  EXPECT_NE(used->first_package(), nullptr);
}

TEST_F(HostTest, ShutsEveryPackageDownOnce) {
  load("test_echo");
  OBSERVED& seen = observed();  // the file stays mapped
  runtime->shutdown({});
  runtime.reset();
  EXPECT_EQ(seen.Shutdowns, 2u);
}

}  // namespace
}  // namespace openlsa::host::test
