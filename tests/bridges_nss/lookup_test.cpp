// What the functions of the module answer, and what their caller's buffer has to do with it.
#include <gtest/gtest.h>

#include <cerrno>
#include <cstdlib>
#include <thread>

#include "bridges_nss/module.hpp"
#include "bridges_nss/servers.hpp"

namespace openlsa::test {
namespace {

void expect_absent(const Answer& answer, const char* what) {
  EXPECT_EQ(NSS_STATUS_NOTFOUND, answer.status) << what;
  EXPECT_EQ(ENOENT, answer.error) << what;
}

TEST(NssLookup, AUserByNameAndByNumber) {
  const TableServer server;
  EXPECT_EQ("alice:*:70001:70001:Alice:/home/alice:/bin/sh", user_named("alice").text);
  EXPECT_EQ("alice:*:70001:70001:Alice:/home/alice:/bin/sh", user_of(70001).text);
  EXPECT_EQ("bob:*:70002:100::/home/bob:/bin/bash", user_of(70002).text);
}

TEST(NssLookup, WhoIsNotThereIsNotFound) {
  const TableServer server;
  expect_absent(user_named("carol"), "a name");
  expect_absent(user_named(""), "no name");
  expect_absent(user_named(std::string(257, 'a')), "a name that is too long");
  expect_absent(user_named(std::string(100000, 'a')), "a name that is far too long");
  expect_absent(user_of(0), "root");
  expect_absent(user_of(static_cast<uid_t>(-1)), "no uid");
  expect_absent(group_named("carol"), "a group");
  expect_absent(group_of(100), "a gid of somebody else's table");
}

TEST(NssLookup, AGroupWithItsMembers) {
  const TableServer server(3);
  EXPECT_EQ("crowd:*:80000:member000000,member000001,member000002", group_named("crowd").text);
  EXPECT_EQ("crowd:*:80000:member000000,member000001,member000002", group_of(80000).text);
  EXPECT_EQ("alice:*:70001:", group_of(70001).text);
}

// P-03: each size is either enough or says ERANGE with TRYAGAIN, as glibc's manual has it; from the first that is
// enough on all are.
template <class Call>
void expect_erange_below_what_is_needed(Call call, const std::string& text) {
  bool enough = false;
  for (std::size_t size = 0; size < 256; ++size) {
    const Answer answer = call(size);
    if (answer.status == NSS_STATUS_SUCCESS) {
      enough = true;
      EXPECT_EQ(text, answer.text) << size;
    } else {
      EXPECT_FALSE(enough) << size;
      EXPECT_EQ(NSS_STATUS_TRYAGAIN, answer.status) << size;
      EXPECT_EQ(ERANGE, answer.error) << size;
    }
  }
  EXPECT_TRUE(enough);
}

TEST(NssLookup, ABufferThatIsTooSmallIsErange) {
  const TableServer server(3);
  expect_erange_below_what_is_needed([](std::size_t size) { return user_named("alice", size); },
                                     "alice:*:70001:70001:Alice:/home/alice:/bin/sh");
  expect_erange_below_what_is_needed([](std::size_t size) { return group_named("crowd", size); },
                                     "crowd:*:80000:member000000,member000001,member000002");
  expect_erange_below_what_is_needed([](std::size_t size) { return group_of(70001, size); }, "alice:*:70001:");
}

// 100,000 members are 1.3 MB in 40 pages. The way of a caller: the buffer doubles until it is enough.
TEST(NssLookup, AVeryLargeGroupComesWhole) {
  constexpr std::size_t members = 100'000;
  const TableServer server(members);
  std::size_t size = 1024;
  Answer answer = group_named("crowd", size);
  while (answer.status == NSS_STATUS_TRYAGAIN && answer.error == ERANGE && size < (64u << 20))
    answer = group_named("crowd", size *= 2);
  ASSERT_EQ(NSS_STATUS_SUCCESS, answer.status);
  std::string expected = "crowd:*:80000:";
  for (std::size_t i = 0; i < members; ++i) expected += (i == 0 ? "" : ",") + crowd_member(i);
  EXPECT_TRUE(answer.text == expected);
}

TEST(NssLookup, AnEnumerationNamesEverybodyOnce) {
  const TableServer server(5000);
  module().setpwent(0);
  std::string users, groups;
  for (Answer answer = next_user(); answer.status == NSS_STATUS_SUCCESS; answer = next_user())
    users += answer.text.substr(0, answer.text.find(':')) + " ";
  EXPECT_EQ("alice bob busy ", users);
  expect_absent(next_user(), "past the end");
  module().setgrent(0);
  std::size_t size_of_crowd = 0;
  for (Answer answer = next_group(1 << 20); answer.status == NSS_STATUS_SUCCESS; answer = next_group(1 << 20)) {
    groups += answer.text.substr(0, answer.text.find(':')) + " ";
    size_of_crowd = answer.text.size();
  }
  EXPECT_EQ("alice busy crowd ", groups);
  EXPECT_EQ(std::string("crowd:*:80000:").size() + 5000 * 13 - 1, size_of_crowd);
}

// What did not fit comes again.
TEST(NssLookup, AnEntryThatDidNotFitIsNotPassedOver) {
  const TableServer server;
  module().setpwent(0);
  EXPECT_EQ(ERANGE, next_user(8).error);
  EXPECT_EQ("alice", next_user().text.substr(0, 5));
}

TEST(NssLookup, AnEnumerationThatIsSwitchedOffIsEmpty) {
  const TableServer server(3, false);
  module().setpwent(0);
  module().setgrent(0);
  expect_absent(next_user(), "users");
  expect_absent(next_group(), "groups");
  EXPECT_EQ(NSS_STATUS_SUCCESS, user_named("alice").status);
}

struct Groups {
  enum nss_status status;
  int error = 0;
  std::vector<gid_t> gids;
};
Groups groups_of(const char* user, gid_t primary, long limit = 0) {
  long start = 1, size = 1;
  auto* list = static_cast<gid_t*>(std::malloc(sizeof(gid_t)));
  list[0] = primary;
  Groups answer;
  for (int i = 0; i < 40; ++i) {  // 50 ms can pass on a machine that is busy
    start = 1;
    answer.status = module().initgroups_dyn(user, primary, &start, &size, &list, limit, &answer.error);
    if (answer.status != NSS_STATUS_UNAVAIL) break;
  }
  EXPECT_LE(start, size);
  answer.gids.assign(list, list + start);
  std::free(list);
  return answer;
}

TEST(NssLookup, TheGroupsOfAUser) {
  const TableServer server;
  EXPECT_EQ((std::vector<gid_t>{100, 70001, 80000}), groups_of("bob", 100).gids);
  EXPECT_EQ((std::vector<gid_t>{70001}), groups_of("alice", 70001).gids);
  const Groups many = groups_of("busy", 70003);
  ASSERT_EQ(3001u, many.gids.size());
  EXPECT_EQ(90000u, many.gids[1]);
  EXPECT_EQ(92999u, many.gids[3000]);
}

// The user of /etc/passwd with the name of an account is somebody else.
TEST(NssLookup, WhoHasOnlyTheNameGetsNoGroups) {
  const TableServer server;
  const Groups answer = groups_of("bob", 1000);
  EXPECT_EQ(NSS_STATUS_NOTFOUND, answer.status);
  EXPECT_EQ((std::vector<gid_t>{1000}), answer.gids);
}

TEST(NssLookup, TheListOfGroupsStopsAtTheCallersLimit) {
  const TableServer server;
  const Groups answer = groups_of("busy", 70003, 64);
  EXPECT_EQ(NSS_STATUS_SUCCESS, answer.status);
  EXPECT_EQ(64u, answer.gids.size());
}

// P-03: threads that ask while others fork; each child asks too.
TEST(NssLookup, ThreadsAndForks) {
  const TableServer server;
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 6; ++i)
    threads.emplace_back([&wrong, i] {
      for (int round = 0; round < 200; ++round) {
        const bool user = i % 2 == 0;
        const Answer answer = user ? user_named("alice") : group_of(80000);
        if (answer.text.substr(0, 6) != (user ? "alice:" : "crowd:")) ++wrong;
      }
    });
  for (int i = 0; i < 20; ++i) EXPECT_EQ("bob", in_child([] { return user_of(70002).text.substr(0, 3); }));
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(0, wrong);
}

}  // namespace
}  // namespace openlsa::test
