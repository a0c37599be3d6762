// A package that has unloaded itself: its handles go, no call enters it, and it is shut down after its last call.
#include <atomic>
#include <thread>

#include "host/support.hpp"

namespace openlsa::host::test {
namespace {

class UnloadTest : public HostTest {
 protected:
  void SetUp() override { ASSERT_EQ(load("test_echo").status, STATUS_SUCCESS); }
};

TEST_F(UnloadTest, FreesItsHandlesAndShutsItDownOnce) {
  const auto channel = open_channel();
  ASSERT_EQ(channel->acquire_credentials({}).status, SEC_E_OK);
  EXPECT_EQ(runtime->unload({first_id}).status, STATUS_SUCCESS);
  EXPECT_EQ(observed().FreedCredentials, 1u);
  EXPECT_NE(observed().LastFreeAttributes & SECPKG_CALL_CLEANUP, 0u);
  EXPECT_EQ(observed().Shutdowns, 1u);
  EXPECT_EQ(ended_channels, std::vector<std::uint64_t>{2});
  EXPECT_EQ(channel->acquire_credentials({}).status, SEC_E_INVALID_HANDLE);
  EXPECT_EQ(open_channel(), nullptr);
  EXPECT_EQ(runtime->call_package({origin_with_window(), first_id}).status, STATUS_NO_SUCH_PACKAGE);
  EXPECT_EQ(runtime->unload({first_id}).status, STATUS_NO_SUCH_PACKAGE) << "once";
  EXPECT_NE(runtime->find(first_id + 2), nullptr) << "the other package of the file stays";
  runtime->shutdown({});
  EXPECT_EQ(observed().Shutdowns, 2u) << "the other one's";
}

TEST_F(UnloadTest, OfNoPackage) {
  EXPECT_EQ(runtime->unload({first_id + 1}).status, STATUS_NO_SUCH_PACKAGE) << "it failed to initialise";
  EXPECT_EQ(runtime->unload({4711}).status, STATUS_NO_SUCH_PACKAGE);
}

TEST_F(UnloadTest, WaitsForTheCallsThatRun) {
  const LoadedPackage& package = *runtime->find(first_id);
  std::atomic<bool> done{false};
  std::thread unloading;
  {
    CurrentCall running(*runtime, package, nullptr);
    unloading = std::thread([&] {
      runtime->unload({first_id});
      done = true;
    });
    while (runtime->find(first_id) != nullptr) std::this_thread::yield();
    EXPECT_EQ(running.enter("the running call", STATUS_UNSUCCESSFUL, [] { return STATUS_SUCCESS; }), STATUS_SUCCESS)
        << "it goes on";
    bool entered = false;
    CurrentCall late(*runtime, package, nullptr);
    EXPECT_EQ(late.enter("a late call", STATUS_UNSUCCESSFUL,
                         [&] {
                           entered = true;
                           return STATUS_SUCCESS;
                         }),
              STATUS_NO_SUCH_PACKAGE);
    EXPECT_FALSE(entered);
    EXPECT_FALSE(done);
    EXPECT_EQ(observed().Shutdowns, 0u);
  }
  unloading.join();
  EXPECT_EQ(observed().Shutdowns, 1u);
}

TEST_F(UnloadTest, WaitsForHandlesInUse) {
  auto state = std::make_shared<ChannelState>(*runtime, *runtime->find(first_id), seam::ClientView{}, nullptr);
  runtime->channel_opened(state);
  seam::SecHandleValue name;
  ASSERT_EQ(state->insert(HandleKind::credential, 100, name), SEC_E_OK);
  std::thread unloading;
  {
    const auto use = state->use(HandleKind::credential, name);
    ASSERT_TRUE(use);
    unloading = std::thread([&] { runtime->unload({first_id}); });
    while (!state->closed()) std::this_thread::yield();
    EXPECT_EQ(observed().FreedCredentials, 0u);
    EXPECT_EQ(observed().Shutdowns, 0u);
  }
  unloading.join();
  EXPECT_EQ(observed().FreedCredentials, 1u);
  EXPECT_EQ(observed().Shutdowns, 1u);
  runtime->channel_closed(*state);
}

}  // namespace
}  // namespace openlsa::host::test
