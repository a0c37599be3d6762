// Several threads on one credential, and on one context. The order is made by gates, never by time.
#include <future>
#include <thread>

#include "client/sspi_fixture.hpp"

namespace openlsa::client {
namespace {

// The half calls the function of the running test while it seals.
std::function<void()> while_sealing;
void call_while_sealing() { while_sealing(); }

class Threads : public Sspi {
 protected:
  void SetUp() override {
    host_.on_initialize = [&](seam::InitializeContextRequest&) {
      seam::ContextReply reply = host_.finished('k');
      reply.output = {token_of("")};
      return reply;
    };
    ASSERT_EQ(acquire(credential_), SEC_E_OK);
    ASSERT_EQ(initialize(credential_, nullptr, context_), SEC_E_OK);
    contexts_ = of_half<int>("half_contexts");
  }
  void TearDown() override {
    of_half<void (*)()>("half_in_seal") = nullptr;
    DeleteSecurityContext(&context_);
    FreeCredentialsHandle(&credential_);
  }
  SECURITY_STATUS seal() {
    char text[] = "text";
    return encrypt(context_, text, 4);
  }

  CredHandle credential_{};
  CtxtHandle context_{};
  int contexts_ = 0;
};

TEST_F(Threads, AContextThatIsDeletedInACallLivesUntilTheCallIsDone) {
  std::promise<void> inside, go_on;
  while_sealing = [&] {
    inside.set_value();
    go_on.get_future().wait();
  };
  of_half<void (*)()>("half_in_seal") = call_while_sealing;
  auto sealing = std::async(std::launch::async, [&] { return seal(); });
  inside.get_future().wait();
  EXPECT_EQ(DeleteSecurityContext(&context_), SEC_E_OK);
  EXPECT_EQ(DeleteSecurityContext(&context_), SEC_E_INVALID_HANDLE);
  EXPECT_EQ(of_half<int>("half_contexts"), contexts_) << "it is in use";
  EXPECT_EQ(host_.deleted_contexts, 0);
  go_on.set_value();
  EXPECT_EQ(sealing.get(), SEC_E_OK);
  EXPECT_EQ(of_half<int>("half_contexts"), contexts_ - 1);
  EXPECT_EQ(host_.deleted_contexts, 1);
  of_half<void (*)()>("half_in_seal") = nullptr;
  EXPECT_EQ(seal(), SEC_E_INVALID_HANDLE);
}

TEST_F(Threads, OfTwoThatMoveAContextOneHasIt) {
  while_sealing = [] {};
  std::array<std::future<SECURITY_STATUS>, 4> movers;
  for (auto& mover : movers)
    mover = std::async(std::launch::async, [&] {
      SecBuffer packed{0, SECBUFFER_EMPTY, nullptr};
      const auto status = ExportSecurityContext(&context_, SECPKG_CONTEXT_EXPORT_DELETE_OLD, &packed, nullptr);
      EXPECT_EQ(status == SEC_E_OK, packed.pvBuffer != nullptr);
      if (packed.pvBuffer != nullptr) FreeContextBuffer(packed.pvBuffer);
      return status;
    });
  int moved = 0;
  for (auto& mover : movers) {
    const SECURITY_STATUS status = mover.get();
    EXPECT_TRUE(status == SEC_E_OK || status == SEC_E_INVALID_HANDLE) << status;
    moved += status == SEC_E_OK;
  }
  EXPECT_EQ(moved, 1);
  EXPECT_EQ(host_.deleted_contexts, 1);
}

TEST_F(Threads, OneCredentialServesManyThreads) {
  std::array<std::future<int>, 4> workers;
  for (auto& worker : workers)
    worker = std::async(std::launch::async, [&] {
      int good = 0;
      for (int i = 0; i < 20; ++i) {
        CtxtHandle own{};
        char bytes[16], target[] = "target";
        SecBuffer out{sizeof bytes, SECBUFFER_TOKEN, bytes};
        SecBufferDesc output{SECBUFFER_VERSION, 1, &out};
        good += InitializeSecurityContextA(&credential_, nullptr, target, 0, 0, 0, nullptr, 0, &own, &output, nullptr,
                                           nullptr) == SEC_E_OK;
        good += DeleteSecurityContext(&own) == SEC_E_OK;
      }
      return good;
    });
  for (auto& worker : workers) EXPECT_EQ(worker.get(), 40);
  EXPECT_EQ(of_half<int>("half_contexts"), contexts_);
}

TEST_F(Threads, ACredentialThatIsFreedInACallIsFreedAfterIt) {
  std::promise<void> inside, go_on;
  host_.on_add = [&](seam::AddCredentialsRequest&) {
    inside.set_value();
    go_on.get_future().wait();
    return seam::AddCredentialsReply{};
  };
  auto adding = std::async(std::launch::async, [&] {
    return AddCredentialsA(&credential_, nullptr, const_cast<char*>("Half"), 0, nullptr, nullptr, nullptr, nullptr);
  });
  inside.get_future().wait();
  EXPECT_EQ(FreeCredentialsHandle(&credential_), SEC_E_OK);
  EXPECT_EQ(FreeCredentialsHandle(&credential_), SEC_E_INVALID_HANDLE);
  EXPECT_EQ(host_.freed_credentials, 0);
  go_on.set_value();
  EXPECT_EQ(adding.get(), SEC_E_OK);
  EXPECT_EQ(host_.freed_credentials, 1);
}

}  // namespace
}  // namespace openlsa::client
