#include "authority/names/translator.hpp"
#include "authority_accounts/store_fixture.hpp"

namespace openlsa::authority {
namespace {

class LocalGroups : public StoreFixture {
 protected:
  void SetUp() override {
    StoreFixture::SetUp();
    alice_ = store_->add({"alice", 2000, std::nullopt, {27}})->sid;
    const auto added = store_->add_group({"staff", 3000, "Who works here"});
    ASSERT_TRUE(added) << added.error().message;
    staff_ = added->sid;
  }
  nt::Sid alice_, staff_;
};

TEST_F(LocalGroups, AMemberHasItsGid) {
  ASSERT_TRUE(store_->add_member(staff_, alice_));
  ASSERT_TRUE(store_->add_member(staff_, alice_)) << "twice is once";
  for (int i = 0; i < 2; ++i) {
    const Account account = *store_->find_by_sid(alice_);
    EXPECT_EQ(account.groups, (std::vector<std::uint32_t>{27, 3000}));
    EXPECT_EQ(account.own_groups, (std::vector<std::uint32_t>{27}));
    EXPECT_EQ(store_->sid_of_gid(3000), staff_);
    EXPECT_EQ(store_->sid_of_gid(27), nt::well_known::unix_groups.with_rid(27));
    ASSERT_EQ(store_->members_of(staff_).size(), 1u);
    EXPECT_EQ(store_->groups_of(alice_)[0].description, "Who works here");
    reopen();
  }
  ASSERT_TRUE(store_->remove_member(staff_, alice_));
  EXPECT_EQ(store_->remove_member(staff_, alice_).error().status, STATUS_MEMBER_NOT_IN_GROUP);
  reopen();
  EXPECT_EQ(store_->find_by_sid(alice_)->groups, (std::vector<std::uint32_t>{27}));
}

TEST_F(LocalGroups, NamesAndNumbersBelongToOne) {
  EXPECT_EQ(store_->add_group({"STAFF"}).error().status, STATUS_GROUP_EXISTS);
  EXPECT_EQ(store_->add_group({"Alice"}).error().status, STATUS_USER_EXISTS);
  EXPECT_EQ(store_->add({"staff"}).error().status, STATUS_GROUP_EXISTS);
  EXPECT_FALSE(store_->add_group({"other", 3000}));
  EXPECT_FALSE(store_->add_group({"other", 2000})) << "the uid of alice is her own group";
  EXPECT_FALSE(store_->add_group({"other", 0})) << "the group of administrators";
  EXPECT_FALSE(store_->add_group({"Administrators"}));
  EXPECT_FALSE(store_->add_member(staff_, staff_));
  EXPECT_FALSE(store_->add_member(alice_, alice_));
  const auto free = store_->add_group({"other"});
  ASSERT_TRUE(free);
  EXPECT_EQ(free->gid, 70000u);
  EXPECT_EQ(store_->add({"bob"})->uid, 70001u);
}

TEST_F(LocalGroups, AreRenamedAndRemoved) {
  ASSERT_TRUE(store_->add_member(staff_, alice_));
  ASSERT_TRUE(store_->change_group(staff_, "crew", std::nullopt));
  reopen();
  EXPECT_FALSE(store_->find_group("staff"));
  EXPECT_EQ(store_->find_group("BOX\\Crew")->sid, staff_);
  ASSERT_TRUE(store_->remove_group(staff_));
  EXPECT_EQ(store_->find_by_sid(alice_)->groups, (std::vector<std::uint32_t>{27}));
  reopen();
  EXPECT_FALSE(store_->find_group("crew"));
  EXPECT_GT(store_->add_group({"staff"})->sid.rid(), staff_.rid());
}

TEST_F(LocalGroups, ARemovedAccountLeavesThem) {
  ASSERT_TRUE(store_->add_member(staff_, alice_));
  ASSERT_TRUE(store_->remove(alice_));
  EXPECT_TRUE(store_->members_of(staff_).empty());
  reopen();
  EXPECT_TRUE(store_->members_of(staff_).empty());
}

TEST_F(LocalGroups, TheTranslatorKnowsThem) {
  const Translator translator(*store_);
  for (const char16_t* name : {u"staff", u"BOX\\STAFF", u"staff@box"}) {
    const auto found = translator.by_name(name);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->sid, staff_);
    EXPECT_EQ(found->use, NameUse::alias);
  }
  EXPECT_EQ(translator.text_of(staff_), "BOX\\staff");
  EXPECT_FALSE(translator.by_name(u"Unix Group\\3000")) << "a gid has one SID";
  EXPECT_FALSE(translator.by_sid(nt::well_known::unix_groups.with_rid(3000)));
}

}  // namespace
}  // namespace openlsa::authority
