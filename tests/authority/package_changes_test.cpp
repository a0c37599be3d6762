// NOTIFY_CLASS_PACKAGE_CHANGE: the packages of every other file hear who comes and who goes.
#include "authority/fixture.hpp"
#include "authority/gate.hpp"

namespace openlsa::authority {
namespace {

class PackageChanges : public AuthorityTest {
 protected:
  void SetUp() override {
    add_package("first", u"First");
    add_package("second", u"Second");
    packages_.at("second").on_load = [](seam::LoadReply& reply) {
      reply.packages.push_back(reply.packages.front());
      reply.packages.back().id += 1;
      reply.packages.back().name = u"Twin";
      reply.table_count = 2;
    };
    start();
    wait_for("first", loaded("second"));
  }
  std::string loaded(const std::string& name, std::uint32_t index = 0) { return changed(0, ids_of(name) + index); }
  std::string unloaded(const std::string& name, std::uint32_t index = 0) { return changed(1, ids_of(name) + index); }
  void wait_for(const std::string& name, const std::string& event, std::ptrdiff_t times = 1) {
    packages_.at(name).heard->wait_for(event, times);
  }
  std::size_t count(const std::string& name, const std::string& event) {
    return packages_.at(name).heard->count(event);
  }
  // Also of a file that is gone: the ids stay.
  seam::PackageId ids_of(const std::string& name) {
    if (!ids_.contains(name)) ids_[name] = id_of(name);
    return ids_[name];
  }

 private:
  std::map<std::string, seam::PackageId> ids_;
};

TEST_F(PackageChanges, AtTheStartLaterFilesAreToldToEarlierOnes) {
  wait_for("first", loaded("second", 1));
  EXPECT_EQ(count("first", loaded("second")), 1u) << "every package of the file, once";
  EXPECT_EQ(count("first", loaded("second", 1)), 1u);
  EXPECT_EQ(count("second", loaded("first")), 0u) << "which was there already";
  EXPECT_EQ(count("first", loaded("first")), 0u);
}

TEST_F(PackageChanges, ALiveAddIsToldToTheOthers) {
  add_package("late", u"Late");
  ASSERT_TRUE(load("late"));
  wait_for("first", loaded("late"));
  wait_for("second", loaded("late"));
  // The next change comes after everything before it.
  ASSERT_TRUE(authority_->registry().remove("second"));
  wait_for("late", unloaded("second"));
  EXPECT_EQ(count("late", loaded("late")), 0u) << "not to itself";
  EXPECT_EQ(count("late", loaded("first")), 0u);
}

TEST_F(PackageChanges, ARemovalIsToldToTheOthers) {
  const std::string gone = unloaded("second"), twin_gone = unloaded("second", 1);
  ASSERT_TRUE(authority_->registry().remove("second"));
  wait_for("first", gone);
  wait_for("first", twin_gone);
  EXPECT_EQ(count("first", gone), 1u);
  EXPECT_EQ(count("second", gone), 0u);
}

TEST_F(PackageChanges, ARestartIsBoth) {
  const std::string here = loaded("second"), gone = unloaded("second");
  starter_.host("second")->die();
  wait_for("first", gone);
  wait_for("first", here, 2);
  EXPECT_EQ(count("first", gone), 1u);
  EXPECT_EQ(count("second", here), 0u);
}

TEST_F(PackageChanges, AFileThatCannotBeLoadedIsNoChange) {
  add_package("bad", u"Bad").on_load = [](seam::LoadReply& reply) { reply = {STATUS_UNSUCCESSFUL, "no", {}, {}, 0}; };
  const seam::PackageId next = id_of("second") + ids_per_file;
  ASSERT_FALSE(load("bad"));
  ASSERT_TRUE(authority_->registry().remove("second"));
  wait_for("first", unloaded("second"));
  EXPECT_EQ(count("first", changed(0, next)), 0u);
  EXPECT_EQ(count("first", changed(1, next)), 0u);
}

TEST_F(PackageChanges, TheEndOfTheAuthorityIsNoChange) {
  const std::string gone = unloaded("second");
  authority_->shut_down();
  EXPECT_EQ(count("first", gone), 0u);
}

TEST_F(PackageChanges, ASlowHostDelaysOnlyItself) {
  Gate gate;
  packages_.at("first").on_changed = [&] { gate.pass(); };
  add_package("late", u"Late");
  ASSERT_TRUE(load("late"));
  gate.wait_for_arrival();
  wait_for("second", loaded("late"));
  EXPECT_EQ(count("first", loaded("late")), 0u);
  TestClient user = client(user_uid, false);
  packages_.at("late").call_package = [](seam::CallPackageRequest) { return seam::CallPackageReply{}; };
  seam::LsaCallPackageRequest request;
  request.lsa_handle = user.lsa;
  request.package = id_of("late");
  EXPECT_EQ(user.connection->lsa_call_package(std::move(request)).status, STATUS_SUCCESS);
  gate.open();
  wait_for("first", loaded("late"));
}

}  // namespace
}  // namespace openlsa::authority
