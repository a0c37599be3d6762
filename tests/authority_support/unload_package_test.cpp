// UnloadPackage: a package leaves the list at once and its host when it may; the last one takes the file with it.
#include <unistd.h>

#include "authority/fixture.hpp"
#include "authority/support/host_support.hpp"

namespace openlsa::authority {
namespace {

class UnloadPackage : public AuthorityTest {
 protected:
  void SetUp() override {
    add_package("pair", u"Left").on_load = [](seam::LoadReply& reply) {
      seam::PackageInfo right = reply.packages.front();
      right.id += 1;
      right.name = u"Right";
      reply.packages.push_back(right);
      reply.table_count = 2;
    };
    add_package("other", u"Other");
    start();
    left_ = id_of("pair");
    host_ = std::make_unique<HostSupport>(*authority_, context("pair"));
  }
  std::shared_ptr<HostContext> context(const std::string& name) {
    return authority_->registry().find(*nt_name(name))->file->running()->context;
  }
  static seam::SupportCaller package(seam::PackageId id) { return {id, {}, {}, {}}; }
  nt::Status unload(seam::PackageId id) { return host_->unload_package({package(id)}).status; }
  bool listed(const std::u16string& name) { return authority_->registry().find(name).has_value(); }
  Heard& heard() { return *packages_.at("pair").heard; }
  std::string event(seam::PackageId id) const { return "unload " + std::to_string(id); }
  FileStatus status() {
    for (FileStatus& status : authority_->registry().status())
      if (status.drop_in->name == "pair") return std::move(status);
    return {};
  }

  seam::PackageId left_ = 0;
  std::unique_ptr<HostSupport> host_;
};

TEST_F(UnloadPackage, LeavesTheListAndTheOthersStay) {
  EXPECT_EQ(unload(left_), STATUS_SUCCESS);
  EXPECT_FALSE(listed(u"Left"));
  EXPECT_TRUE(listed(u"Right"));
  heard().wait_for(event(left_));
  const FileStatus now = status();
  EXPECT_EQ(now.state, FileState::running);
  ASSERT_EQ(now.dropped.size(), 1u);
  EXPECT_EQ(now.dropped[0].name, u"Left");
  EXPECT_NE(now.dropped[0].reason.find("UnloadPackage"), std::string::npos) << "`lsactl package list` says why";
  EXPECT_NE(audit_lines().find("package-unloaded"), std::string::npos);
  EXPECT_NE(audit_lines().find("name: Left"), std::string::npos);
}

TEST_F(UnloadPackage, OnceIsEnough) {
  EXPECT_EQ(unload(left_), STATUS_SUCCESS);
  EXPECT_EQ(unload(left_), STATUS_SUCCESS);
  EXPECT_EQ(unload(left_ + 1), STATUS_SUCCESS);
  heard().wait_for(event(left_ + 1));
  EXPECT_EQ(heard().count(event(left_)), 1u);
}

TEST_F(UnloadPackage, IsForOnesOwnPackagesOnly) {
  const seam::PackageId other = id_of("other");
  EXPECT_EQ(unload(other), STATUS_ACCESS_DENIED);
  EXPECT_TRUE(listed(u"Other"));
  EXPECT_NE(audit_lines().find("UnloadPackage: the host speaks for package"), std::string::npos);
}

TEST_F(UnloadPackage, TheLastOneTakesItsFileWithIt) {
  EXPECT_EQ(unload(left_), STATUS_SUCCESS);
  EXPECT_EQ(unload(left_ + 1), STATUS_SUCCESS);
  heard().wait_for("killed");
  EXPECT_FALSE(listed(u"Right"));
  const FileStatus now = status();
  EXPECT_EQ(now.state, FileState::failed);
  EXPECT_NE(now.reason.find("package restart"), std::string::npos) << now.reason;
  EXPECT_EQ(now.restarts, 0u) << "nobody starts it again";
  EXPECT_TRUE(listed(u"Other"));
}

// The keeper of the file waits for the call, and the call for the keeper.
TEST_F(UnloadPackage, ARemovalFromInsideOfItsLastCallReturns) {
  base::OrFailure<> removed = base::failure("not tried");
  packages_.at("pair").call_package = [&](seam::CallPackageRequest) {
    EXPECT_EQ(unload(left_), STATUS_SUCCESS);
    EXPECT_EQ(unload(left_ + 1), STATUS_SUCCESS);
    heard().wait_for(event(left_));
    removed = authority_->registry().remove("pair");
    return seam::CallPackageReply{};
  };
  TestClient user = client(user_uid, false);
  seam::LsaCallPackageRequest request;
  request.lsa_handle = user.connection->connect({false, ""}).lsa_handle;
  request.package = id_of("pair");
  user.connection->lsa_call_package(std::move(request));
  EXPECT_TRUE(removed);
  EXPECT_FALSE(listed(u"Left"));
}

TEST_F(UnloadPackage, AHostThatStartsAnewHasAllItsPackages) {
  EXPECT_EQ(unload(left_), STATUS_SUCCESS);
  heard().wait_for(event(left_));
  starter_.host("pair")->die();
  const std::shared_ptr<PackageFile> file = authority_->registry().find(u"Right")->file;
  while (!file->running(std::chrono::seconds(1))) {
  }
  EXPECT_TRUE(listed(u"Left"));
  EXPECT_TRUE(status().dropped.empty());
  // The host that is gone can unload nothing here.
  EXPECT_EQ(unload(left_), STATUS_SUCCESS);
  EXPECT_TRUE(listed(u"Left"));
}

TEST_F(UnloadPackage, ItsHandlesGo) {
  const auto open = [&](seam::PackageId id) {
    return host_->open_sam_user({package(id), u"alice", 0, std::nullopt, false}).user;
  };
  const std::uint32_t of_left = open(left_), of_right = open(left_ + 1);
  TestClient user = client(user_uid, false);
  const seam::OpenChannelReply opened = user.connection->open_channel({0, u"Left"});
  ASSERT_EQ(opened.status, STATUS_SUCCESS);
  const seam::SupportCaller on_channel{left_, user.connection->client(), opened.channel, {}};
  const nt::Luid unfinished = host_->host_allocate_luids({1}).first;
  ASSERT_EQ(host_->create_logon_session({package(left_), unfinished}).status, STATUS_SUCCESS);

  EXPECT_EQ(unload(left_), STATUS_SUCCESS);
  EXPECT_EQ(host_->get_user_auth_data({package(left_ + 1), of_left}).status, STATUS_INVALID_HANDLE);
  EXPECT_EQ(host_->get_user_auth_data({package(left_ + 1), of_right}).status, STATUS_SUCCESS);
  EXPECT_EQ(user.connection->open_channel({0, u"Left"}).status, SEC_E_SECPKG_NOT_FOUND);
  while (authority_->sessions().find(unfinished) != nullptr) ::usleep(1000);
  EXPECT_EQ(host_->query_host_token({on_channel, 0}).status, STATUS_ACCESS_DENIED);
}

}  // namespace
}  // namespace openlsa::authority
