// What a uid can use up with many processes: others and the TCB still have theirs.
#include "authority/fixture.hpp"

namespace openlsa::authority {
namespace {

class Quotas : public AuthorityTest {
 protected:
  void SetUp() override {
    configuration_.watch_descriptor = [](int, std::function<void()>) {};
    add_package("fake", u"Fake");
    start();
  }
  static constexpr std::uint32_t greedy_uid = user_uid, modest_uid = user_uid + 1;
};

TEST_F(Quotas, ChannelsOfAUid) {
  std::vector<TestClient> processes;
  const std::size_t wanted = CallTable::max_channels_per_uid / CallTable::max_channels_per_client;
  for (std::size_t i = 0; i <= wanted; ++i) processes.push_back(client(greedy_uid, false));
  for (std::size_t i = 0; i < CallTable::max_channels_per_uid; ++i)
    ASSERT_EQ(processes[i % wanted].connection->open_channel({0, u"Fake"}).status, STATUS_SUCCESS) << i;
  EXPECT_EQ(processes.back().connection->open_channel({0, u"Fake"}).status, STATUS_QUOTA_EXCEEDED);
  TestClient modest = client(modest_uid, false), trusted = client(service_uid);
  EXPECT_EQ(modest.connection->open_channel({0, u"Fake"}).status, STATUS_SUCCESS);
  EXPECT_EQ(trusted.connection->open_channel({0, u"Fake"}).status, STATUS_SUCCESS);
  processes.erase(processes.begin());
  EXPECT_EQ(processes.back().connection->open_channel({0, u"Fake"}).status, STATUS_SUCCESS);
}

TEST_F(Quotas, ExportedTokensOfAUid) {
  std::vector<base::UniqueFd> held;
  const auto exports = [&](TestClient& from) {
    seam::ExportTokenReply reply = from.connection->export_token({0});
    held.push_back(std::move(reply.descriptor));
    return reply.status;
  };
  TestClient first = client(greedy_uid, false), second = client(greedy_uid, false);
  for (std::size_t i = 0; i < ExportedTokens::max_exported_per_uid; ++i)
    if (exports(i % 2 == 0 ? first : second) != STATUS_SUCCESS) GTEST_SKIP() << "not run: too few descriptors here";
  EXPECT_EQ(exports(first), STATUS_QUOTA_EXCEEDED);
  TestClient modest = client(modest_uid, false), trusted = client(service_uid);
  EXPECT_EQ(exports(modest), STATUS_SUCCESS);
  EXPECT_EQ(exports(trusted), STATUS_SUCCESS);
}

TEST_F(Quotas, TokenHandlesOfAUid) {
  std::vector<TestClient> processes;
  std::uint32_t made = 0;
  const auto fill = [&](TestClient& process) {
    nt::Status status = STATUS_SUCCESS;
    while ((status = process.connection->duplicate_token({0, true, {}, {}}).status) == STATUS_SUCCESS) ++made;
    EXPECT_EQ(status, STATUS_QUOTA_EXCEEDED);
  };
  for (int i = 0; i < 6; ++i) fill(processes.emplace_back(client(greedy_uid, false)));
  EXPECT_EQ(made, ClientTable::max_handles_per_uid);
  TestClient modest = client(modest_uid, false), trusted = client(service_uid);
  EXPECT_EQ(modest.connection->duplicate_token({0, true, {}, {}}).status, STATUS_SUCCESS);
  EXPECT_EQ(trusted.connection->duplicate_token({0, true, {}, {}}).status, STATUS_SUCCESS);
  processes.erase(processes.begin());
  EXPECT_EQ(processes.front().connection->duplicate_token({0, true, {}, {}}).status, STATUS_QUOTA_EXCEEDED)
      << "its own table is full still";
  EXPECT_EQ(processes.back().connection->duplicate_token({0, true, {}, {}}).status, STATUS_SUCCESS);
}

// Every one would be told to every package.
TEST_F(Quotas, SessionsOfAUidWhoseProcessesComeAndGo) {
  base::Mutex told;
  told.lock();  // the package is slow
  packages_.at("fake").on_terminated = [&](nt::Luid) { const base::MutexLock waits(told); };
  for (int i = 0; i < 1000; ++i) client(greedy_uid, false).connection.reset();
  EXPECT_LT(authority_->sessions().size(), 20u);
  TestClient again = client(greedy_uid, false);
  EXPECT_EQ(again.connection->ping({}).status, STATUS_SUCCESS);
  told.unlock();
  const nt::Luid kept = again.connection->query_token({0}).data.logon_id;
  settle();
  client(greedy_uid, false).connection.reset();  // nothing ends any more: it is not kept
  again.connection.reset();
  settle();
  EXPECT_EQ(authority_->sessions().state(kept), std::nullopt);
}

}  // namespace
}  // namespace openlsa::authority
