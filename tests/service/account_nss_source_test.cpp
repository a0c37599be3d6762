// The accounts as the name service shows them. With a hundred thousand of them a look-up still copies one.
#include "service/nss/account_nss_source.hpp"

#include <gtest/gtest.h>
#include <malloc.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <functional>

namespace openlsa::service {
namespace {

using authority::AccountStore;

class AccountNss : public testing::Test {
 protected:
  AccountNss() {
    char path[] = "/tmp/openlsa-nss-source.XXXXXX";
    directory_ = ::mkdtemp(path);
    auto opened = AccountStore::open({directory_ + "/accounts.db", "BOX", 1000, {70000, 399999}});
    EXPECT_TRUE(opened) << opened.error().message;
    store_ = std::move(*opened);
    source_ = std::make_unique<AccountNssSource>(*store_, 1000);
  }
  ~AccountNss() override {
    source_.reset();
    store_.reset();
    std::filesystem::remove_all(directory_);
  }
  nt::Sid add(const std::string& name, std::uint32_t uid, std::uint32_t gid, std::vector<std::uint32_t> groups = {}) {
    authority::NewAccount fresh;
    fresh.name = name;
    fresh.uid = uid;
    fresh.gid = gid;
    fresh.groups = std::move(groups);
    const auto added = store_->add(fresh);
    EXPECT_TRUE(added) << name;
    return added ? added->sid : nt::Sid();
  }
  void change(const nt::Sid& sid, const std::function<void(authority::AccountChange&)>& edit) {
    authority::AccountChange change;
    edit(change);
    const auto changed = store_->change(sid, change);
    EXPECT_TRUE(changed);
  }
  nt::Sid add_group(const std::string& name, std::uint32_t gid) {
    const auto added = store_->add_group({name, gid, ""});
    EXPECT_TRUE(added) << name;
    return added ? added->sid : nt::Sid();
  }
  std::vector<std::string> members(std::uint32_t gid) {
    std::vector<std::string> names = source_->members({"", gid})->names;
    std::sort(names.begin(), names.end());
    return names;
  }
  std::vector<std::uint32_t> all_users() {
    std::vector<std::uint32_t> uids;
    for (auto user = source_->next_user(0); user; user = source_->next_user(user->uid + 1)) uids.push_back(user->uid);
    return uids;
  }
  std::vector<std::uint32_t> all_groups() {
    std::vector<std::uint32_t> gids;
    for (auto group = source_->next_group(0); group; group = source_->next_group(group->gid + 1))
      gids.push_back(group->gid);
    return gids;
  }

  std::string directory_;
  std::unique_ptr<AccountStore> store_;
  std::unique_ptr<AccountNssSource> source_;
};

using Names = std::vector<std::string>;
using Ids = std::vector<std::uint32_t>;

TEST_F(AccountNss, UsersAreEnumeratedInTheOrderOfTheirUids) {
  add("carol", 70005, 70005);
  const nt::Sid alice = add("alice", 70009, 100);
  add("bob", 1000, 1000);
  add("1234", 70006, 70006);
  EXPECT_EQ(all_users(), (Ids{1000, 70005, 70009})) << "a name that is a number is not shown";
  change(alice, [](auto& alice_now) { alice_now.uid = 70001; });
  EXPECT_EQ(all_users(), (Ids{1000, 70001, 70005})) << "at once";
  ASSERT_TRUE(store_->remove(alice));
  EXPECT_EQ(all_users(), (Ids{1000, 70005}));
  EXPECT_FALSE(source_->next_user(0xffffffff));
  add("last", 4294967294, 4294967294);
  EXPECT_EQ(all_users(), (Ids{1000, 70005, 4294967294}));
  EXPECT_EQ(all_groups(), (Ids{1000, 70005, 4294967294}));
}

TEST_F(AccountNss, GroupsAreTheAccountsOwnAndTheAuthoritys) {
  const nt::Sid alice = add("alice", 70001, 70001);
  add("bob", 70002, 100);
  const nt::Sid staff = add_group("staff", 70010);
  EXPECT_EQ(all_groups(), (Ids{70001, 70010}));
  EXPECT_EQ(source_->group_named("staff")->gid, 70010u);
  EXPECT_EQ(source_->group_of(70010)->name, "staff");
  EXPECT_EQ(source_->group_of(70001)->name, "alice");
  EXPECT_FALSE(source_->group_named("Staff")) << "a name of POSIX is a name with its case";
  EXPECT_FALSE(source_->group_of(100));
  EXPECT_FALSE(source_->group_named("bob"));
  change(alice, [](auto& alice_now) { alice_now.gid = 100; });
  EXPECT_EQ(all_groups(), Ids{70010});
  ASSERT_TRUE(store_->remove_group(staff));
  EXPECT_TRUE(all_groups().empty());
}

TEST_F(AccountNss, MembersAreThoseOfTheRowAndOfTheGroup) {
  const nt::Sid alice = add("alice", 70001, 70001, {70010, 70002});
  const nt::Sid bob = add("bob", 70002, 70002);
  add("carol", 70003, 70003, {70010});
  const nt::Sid staff = add_group("staff", 70010);
  ASSERT_TRUE(store_->add_member(staff, bob));
  ASSERT_TRUE(store_->add_member(staff, alice)) << "in both: once";
  EXPECT_EQ(members(70010), (Names{"alice", "bob", "carol"}));
  EXPECT_EQ(members(70002), Names{"alice"});
  EXPECT_EQ(source_->groups_of("alice", 70001), (Ids{70010, 70002}));
  change(alice, [](auto& alice_now) { alice_now.groups = Ids{70003}; });
  ASSERT_TRUE(store_->remove_member(staff, bob));
  EXPECT_EQ(members(70010), (Names{"alice", "carol"})) << "alice still by the group";
  EXPECT_TRUE(members(70002).empty());
  EXPECT_EQ(members(70003), Names{"alice"});
  ASSERT_TRUE(store_->rename(alice, "zoe"));
  EXPECT_EQ(members(70003), Names{"zoe"});
  ASSERT_TRUE(store_->remove(alice));
  EXPECT_EQ(members(70010), Names{"carol"});
  EXPECT_TRUE(members(70003).empty());
}

TEST_F(AccountNss, AHundredThousandAccounts) {
  constexpr std::uint32_t many = 100'000, first = 100'000, crowd = 90'000;
  std::vector<authority::NewAccount> fresh(many);
  for (std::uint32_t i = 0; i < many; ++i) {
    fresh[i].name = "user" + std::to_string(i);
    fresh[i].uid = first + i;
    fresh[i].groups = {crowd};
  }
  ASSERT_TRUE(store_->add_all(fresh));
  fresh.clear();
  fresh.shrink_to_fit();
  // What stays allocated: a copy of the accounts, or of their uids, would.
  const std::size_t before = ::mallinfo2().uordblks;
  for (std::uint32_t i = 0; i < 1000; ++i) {
    ASSERT_EQ(source_->user_named("user" + std::to_string(i * 97))->uid, first + i * 97);
    ASSERT_EQ(source_->user_of(first + i * 97)->name, "user" + std::to_string(i * 97));
    ASSERT_EQ(source_->group_of(first + i)->gid, first + i);
    ASSERT_EQ(source_->groups_of("user" + std::to_string(i), first + i), Ids{crowd});
    ASSERT_TRUE(source_->next_user(first + i * 97));
  }
  const std::size_t after = ::mallinfo2().uordblks;
  EXPECT_LT(after, before + 64 * 1024);

  EXPECT_EQ(all_users().size(), many);
  const auto whole = source_->members({"", crowd});
  EXPECT_EQ(whole->names.size(), many);
  EXPECT_EQ(whole, source_->members({"", crowd})) << "page after page of the same";
  std::vector<std::string> names = whole->names;
  std::sort(names.begin(), names.end());
  EXPECT_EQ(std::unique(names.begin(), names.end()), names.end());
}

}  // namespace
}  // namespace openlsa::service
