// Several threads on one credential, one context used by two threads, a context deleted in the middle of a call, and a
// host that dies meanwhile. Gates make the order; no time is waited for.
#include <gtest/gtest.h>
#include <openlsa/ntsecpkg.h>
#include <openlsa/ntstatus.h>
#include <openlsa/winerror.h>

#include <array>
#include <future>

#include "support/authority_environment.hpp"
#include "support/child.hpp"
#include "support/composition.hpp"
#include "support/lsa_client.hpp"
#include "support/scripted.hpp"
#include "support/sspi_client.hpp"

namespace openlsa::test {
namespace {

TEST(SspiThreads, AContextDeletedInDecryptMessageLivesUntilItIsDone) {
  const Scripted scripted;
  Conversation talk("user=alice", "Scripted");
  ASSERT_TRUE(talk.complete());
  const std::string sealed = talk.initiator.seal("slow", 1);
  scripted.set("user/UnsealMessage", "wait=unseal");
  auto reading = std::async(std::launch::async, [&] { return talk.acceptor.unseal(sealed, 1); });
  ASSERT_TRUE(scripted.wait("user/UnsealMessage"));
  const std::size_t deleted = scripted.count("user/DeleteUserModeContext");
  CtxtHandle handle = *talk.acceptor.get();
  EXPECT_STATUS(SEC_E_OK, talk.acceptor.free());
  EXPECT_STATUS(SEC_E_INVALID_HANDLE, DeleteSecurityContext(&handle));
  EXPECT_EQ(scripted.count("user/DeleteUserModeContext"), deleted);
  scripted.open_gate("unseal");
  EXPECT_EQ(reading.get(), "slow");
  EXPECT_EQ(scripted.count("user/DeleteUserModeContext"), deleted + 1);
  EXPECT_TRUE(scripted.wait("DeleteContext"));
}

TEST(SspiThreads, ACredentialFreedInALegLivesUntilItIsDone) {
  const Scripted scripted;
  Credential credential("Scripted", SECPKG_CRED_OUTBOUND, "held");
  scripted.set("InitLsaModeContext", "wait=leg");
  auto starting = std::async(std::launch::async, [&] {
    Context context;
    return context.initialize(credential, "user=alice").status;
  });
  ASSERT_TRUE(scripted.wait("InitLsaModeContext"));
  CredHandle handle = *credential.get();
  EXPECT_STATUS(SEC_E_OK, FreeCredentialsHandle(&handle));
  EXPECT_STATUS(SEC_E_INVALID_HANDLE, FreeCredentialsHandle(&handle));
  EXPECT_EQ(scripted.count("FreeCredentialsHandle"), 0u);
  scripted.open_gate("leg");
  EXPECT_STATUS(SEC_I_CONTINUE_NEEDED, starting.get());
  EXPECT_TRUE(scripted.wait("FreeCredentialsHandle"));
  EXPECT_LT(credential.free(), 0);
}

TEST(SspiThreads, ManyHandshakesShareOneCredential) {
  const Scripted scripted;
  Credential outbound("Scripted", SECPKG_CRED_OUTBOUND), inbound("Scripted", SECPKG_CRED_INBOUND);
  std::array<std::future<int>, 4> workers;
  for (auto& worker : workers)
    worker = std::async(std::launch::async, [&] {
      int good = 0;
      for (int i = 0; i < 10; ++i) {
        Context initiator, acceptor;
        const Leg first = initiator.initialize(outbound, "name=value");
        const Leg answer = acceptor.accept(inbound, first.token);
        const Leg last = initiator.initialize(outbound, "name=value", answer.token);
        good += last.status == SEC_E_OK && acceptor.unseal(initiator.seal("text", 9), 9) == "text";
      }
      return good;
    });
  for (auto& worker : workers) EXPECT_EQ(worker.get(), 10);
  EXPECT_TRUE(eventually([&] { return scripted.count("DeleteContext") == 80; }));
}

TEST(SspiThreads, TwoThreadsUseOneContext) {
  const Scripted scripted;
  Conversation talk("user=alice", "Scripted");
  ASSERT_TRUE(talk.complete());
  const auto talk_on = [&](ULONG first) {
    for (ULONG number = first; number < first + 50; ++number) {
      const std::string text = "message " + std::to_string(number);
      if (talk.acceptor.unseal(talk.initiator.seal(text, number), number) != text) return false;
      SecPkgContext_Lifespan span{};
      if (QueryContextAttributesW(talk.acceptor.get(), SECPKG_ATTR_LIFESPAN, &span) != SEC_E_OK) return false;
    }
    return true;
  };
  auto other = std::async(std::launch::async, talk_on, 1000);
  EXPECT_TRUE(talk_on(1));
  EXPECT_TRUE(other.get());
}

TEST(SspiThreads, ThreadsThatRaceForAContextGetItOrAnInvalidHandle) {
  const Scripted scripted;
  for (int round = 0; round < 10; ++round) {
    Conversation talk("user=alice", "Scripted");
    ASSERT_TRUE(talk.complete());
    const std::string sealed = talk.initiator.seal("text", 1);
    CtxtHandle handle = *talk.acceptor.get();
    auto deleter = std::async(std::launch::async, [handle]() mutable { return DeleteSecurityContext(&handle); });
    auto mover = std::async(std::launch::async, [handle]() mutable {
      SecBuffer packed{0, SECBUFFER_EMPTY, nullptr};
      const SECURITY_STATUS status = ExportSecurityContext(&handle, SECPKG_CONTEXT_EXPORT_DELETE_OLD, &packed, nullptr);
      if (packed.pvBuffer != nullptr) FreeContextBuffer(packed.pvBuffer);
      return status;
    });
    SECURITY_STATUS read = SEC_E_OK;
    talk.acceptor.unseal(sealed, 1, &read);
    EXPECT_TRUE(read == SEC_E_OK || read == SEC_E_INVALID_HANDLE) << status_text(read);
    const SECURITY_STATUS deleted = deleter.get(), moved = mover.get();
    EXPECT_EQ((deleted == SEC_E_OK) + (moved == SEC_E_OK), 1) << status_text(deleted) << " " << status_text(moved);
    EXPECT_LT(talk.acceptor.free(), 0);
  }
}

TEST(SspiThreads, AHostThatDiesInACallAnswersEachOfThem) {
  OPENLSA_NEEDS_ISOLATION();
  const Scripted scripted;
  Conversation talk("user=alice", "Scripted");
  ASSERT_TRUE(talk.complete());
  Credential credential("Scripted", SECPKG_CRED_OUTBOUND);
  scripted.set("SetContextAttributes", "crash=kill");
  ULONG value = 1;
  EXPECT_STATUS(SEC_E_INTERNAL_ERROR, SetContextAttributesW(talk.acceptor.get(), 0x7777, &value, sizeof value));
  scripted.clear();
  EXPECT_STATUS(SEC_E_INTERNAL_ERROR, SetContextAttributesW(talk.acceptor.get(), 0x7777, &value, sizeof value));
  auto package = wide("Scripted");
  EXPECT_STATUS(SEC_E_INVALID_HANDLE,
                AddCredentialsW(credential.get(), nullptr, package.data(), 0, nullptr, nullptr, nullptr, nullptr));
  SecBuffer packed{0, SECBUFFER_EMPTY, nullptr};
  ASSERT_STATUS(SEC_E_OK, ExportSecurityContext(talk.acceptor.get(), 0, &packed, nullptr))
      << "a finished context goes on";
  // The package is loaded anew; the half in this process is the same.
  CtxtHandle copy{};
  EXPECT_TRUE(eventually([&] { return ImportSecurityContextW(package.data(), &packed, nullptr, &copy) == SEC_E_OK; }));
  FreeContextBuffer(packed.pvBuffer);
  EXPECT_STATUS(SEC_E_OK, DeleteSecurityContext(&copy));
}

}  // namespace
}  // namespace openlsa::test
