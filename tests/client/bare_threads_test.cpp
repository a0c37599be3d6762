// Several threads on one bare credential, and a context that is deleted in a call.
#include <atomic>
#include <functional>
#include <future>
#include <thread>

#include "client/bare_fixture.hpp"

namespace openlsa::client {
namespace {

std::function<void()> while_signing;
void call_while_signing() { while_signing(); }

SECURITY_STATUS sign(CtxtHandle context) {
  char data[] = "text", token[8];
  SecBuffer buffers[] = {{4, SECBUFFER_DATA, data}, {sizeof token, SECBUFFER_TOKEN, token}};
  SecBufferDesc message{SECBUFFER_VERSION, 2, buffers};
  return MakeSignature(&context, 0, &message, 0);
}

TEST_F(Bare, AContextThatIsDeletedInACallLivesUntilTheCallIsDone) {
  const BarePair pair;
  ASSERT_TRUE(pair.complete());
  const int& contexts = of_provider<int>("bare_contexts");
  std::promise<void> inside, go_on;
  while_signing = [&] {
    inside.set_value();
    go_on.get_future().wait();
  };
  of_provider<void (*)()>("bare_in_sign") = call_while_signing;
  auto signing = std::async(std::launch::async, [&] { return sign(pair.initiator); });
  inside.get_future().wait();
  CtxtHandle context = pair.initiator;
  EXPECT_EQ(DeleteSecurityContext(&context), SEC_E_OK);
  EXPECT_EQ(DeleteSecurityContext(&context), SEC_E_INVALID_HANDLE);
  EXPECT_EQ(contexts, 2) << "it is in use";
  go_on.set_value();
  EXPECT_EQ(signing.get(), SEC_E_OK);
  EXPECT_EQ(contexts, 1);
  of_provider<void (*)()>("bare_in_sign") = nullptr;
  EXPECT_EQ(sign(pair.initiator), SEC_E_INVALID_HANDLE);
}

TEST_F(Bare, ManyThreadsAddUseAndRemove) {
  std::atomic<int> failed{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&, i] {
      for (int round = 0; round < 20; ++round) {
        if (i == 0) {
          // The others find the package, or do not; nothing else.
          remove_provider(installed_file("bare_provider"));
          if (add_provider(installed_file("bare_provider")) != SEC_E_OK) ++failed;
          continue;
        }
        CredHandle credential{};
        const SECURITY_STATUS status = acquire_bare(credential);
        if (status == SEC_E_SECPKG_NOT_FOUND) continue;
        if (status != SEC_E_OK || FreeCredentialsHandle(&credential) != SEC_E_OK) ++failed;
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(of_provider<int>("bare_credentials"), 0);
  EXPECT_EQ(of_provider<int>("bare_blocks"), 0);
}

}  // namespace
}  // namespace openlsa::client
