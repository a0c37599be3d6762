// The functions of openlsa.h that libopenlsa answers.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <openlsa/ntstatus.h>
#include <openlsa/openlsa.h>
#include <openlsa/windows.h>
#include <unistd.h>

#include <cstring>
#include <numeric>

#include "fake_backend.hpp"
#include "win32/interface_registry.hpp"
#include "win32/thread_state.hpp"

namespace openlsa::win32_tests {
namespace {

class OpenLsa : public testing::Test {
 protected:
  void SetUp() override { backend.reset(); }
  void TearDown() override { RevertToSelf(); }
  HANDLE token(nt::TokenData data) { return reinterpret_cast<HANDLE>(std::uintptr_t{backend.add(std::move(data))}); }
  FakeBackend& backend = FakeBackend::installed();
};

TEST_F(OpenLsa, PosixIdentityOfAToken) {
  OPENLSA_POSIX_IDENTITY identity;
  ASSERT_EQ(OpenLsaGetTokenPosixIdentity(token(sample_token()), &identity), STATUS_SUCCESS);
  EXPECT_EQ(identity.HasIdentity, 1u);
  EXPECT_EQ(identity.Uid, 54321u);
  EXPECT_EQ(identity.Gid, 54322u);
  ASSERT_EQ(identity.GroupCount, 2u);
  EXPECT_EQ(identity.Groups[1], 54323u);
  EXPECT_EQ(identity.Groups[2], 0u);
}

TEST_F(OpenLsa, PosixIdentityThatIsNoneAndThatIsTooLong) {
  OPENLSA_POSIX_IDENTITY identity;
  nt::TokenData none = sample_token();
  none.posix.reset();
  std::memset(&identity, 0xee, sizeof identity);
  ASSERT_EQ(OpenLsaGetTokenPosixIdentity(token(none), &identity), STATUS_SUCCESS);
  const OPENLSA_POSIX_IDENTITY zero{};
  EXPECT_EQ(std::memcmp(&identity, &zero, sizeof zero), 0);
  nt::TokenData many = sample_token();
  many.posix->groups.resize(OPENLSA_MAX_GROUPS + 1);
  std::iota(many.posix->groups.begin(), many.posix->groups.end(), 100);
  EXPECT_EQ(OpenLsaGetTokenPosixIdentity(token(many), &identity), STATUS_BUFFER_OVERFLOW);
  EXPECT_EQ(identity.GroupCount, OPENLSA_MAX_GROUPS + 1u);
  EXPECT_EQ(identity.Groups[OPENLSA_MAX_GROUPS - 1], 100u + OPENLSA_MAX_GROUPS - 1);
  std::memset(&identity, 0xee, sizeof identity);
  EXPECT_EQ(OpenLsaGetTokenPosixIdentity(reinterpret_cast<HANDLE>(0x7777778), &identity), STATUS_INVALID_HANDLE);
  EXPECT_EQ(std::memcmp(&identity, &zero, sizeof zero), 0);
}

// Any token of another uid will do: the kernel's identity stays, so no right to change it is needed.
TEST_F(OpenLsa, TokenOnlyImpersonationLeavesTheKernelsIdentity) {
  nt::TokenData data = sample_token();
  data.posix->uid = geteuid() + 1;
  ASSERT_EQ(OpenLsaImpersonateTokenOnly(token(data)), STATUS_SUCCESS);
  EXPECT_NE(openlsa_private_thread_token(), 0u);
  EXPECT_EQ(geteuid() + 1, data.posix->uid);
  EXPECT_TRUE(RevertToSelf());
  EXPECT_EQ(openlsa_private_thread_token(), 0u);
  for (const auto level : {nt::ImpersonationLevel::anonymous, nt::ImpersonationLevel::identification}) {
    data.level = level;
    EXPECT_EQ(OpenLsaImpersonateTokenOnly(token(data)), STATUS_BAD_IMPERSONATION_LEVEL);
    EXPECT_EQ(openlsa_private_thread_token(), 0u);
  }
}

TEST_F(OpenLsa, TokenTravelsAsADescriptor) {
  const HANDLE original = token(sample_token());
  int descriptor = -1;
  ASSERT_EQ(OpenLsaTokenToDescriptor(original, &descriptor), STATUS_SUCCESS);
  ASSERT_GE(descriptor, 0);
  EXPECT_NE(fcntl(descriptor, F_GETFD) & FD_CLOEXEC, 0);
  HANDLE imported = nullptr;
  ASSERT_EQ(OpenLsaTokenFromDescriptor(descriptor, &imported), STATUS_SUCCESS);
  EXPECT_NE(imported, original);
  EXPECT_TRUE(CloseHandle(imported));
  EXPECT_EQ(close(descriptor), 0);  // it stayed the caller's
  EXPECT_EQ(OpenLsaTokenFromDescriptor(descriptor, &imported), STATUS_INVALID_HANDLE);
  EXPECT_EQ(imported, nullptr);
  const int foreign = open("/dev/null", O_RDONLY | O_CLOEXEC);
  EXPECT_EQ(OpenLsaTokenFromDescriptor(foreign, &imported), STATUS_INVALID_HANDLE);
  close(foreign);
  descriptor = 7;
  EXPECT_EQ(OpenLsaTokenToDescriptor(reinterpret_cast<HANDLE>(0x7777778), &descriptor), STATUS_INVALID_HANDLE);
  EXPECT_EQ(descriptor, -1);
}

TEST_F(OpenLsa, AuthorityId) {
  UCHAR id[OPENLSA_AUTHORITY_ID_LENGTH] = {};
  ASSERT_EQ(OpenLsaGetAuthorityId(id), STATUS_SUCCESS);
  EXPECT_EQ(id[0], 0x5a);
  EXPECT_EQ(id[31], 0x5a);
  EXPECT_EQ(OpenLsaGetAuthorityId(nullptr), STATUS_INVALID_PARAMETER);
}

// A host's table is for threads inside package calls; the application in the same process does not see it.
TEST_F(OpenLsa, InterfacesBelongToTheirSide) {
  static const int host_table = 0, client_table = 0, other = 0;
  ASSERT_TRUE(openlsa_private_register_interface(win32::Side::host, "package", 1, &host_table));
  EXPECT_FALSE(openlsa_private_register_interface(win32::Side::host, "package", 1, &other));
  ASSERT_TRUE(openlsa_private_register_interface(win32::Side::client, "client", 1, &client_table));
  EXPECT_EQ(OpenLsaGetInterface("package", 1), nullptr);
  EXPECT_EQ(OpenLsaGetInterface("client", 1), &client_table);
  win32::SavedThread saved;
  openlsa_private_enter_host(&saved);
  EXPECT_EQ(OpenLsaGetInterface("package", 1), &host_table);
  EXPECT_EQ(OpenLsaGetInterface("client", 1), nullptr);
  EXPECT_EQ(OpenLsaGetInterface("package", 2), nullptr);
  EXPECT_EQ(OpenLsaGetInterface("Package", 1), nullptr);
  EXPECT_EQ(OpenLsaGetInterface(nullptr, 1), nullptr);
  openlsa_private_leave_host(&saved);
}

TEST_F(OpenLsa, ContextImpersonationGoesToLibsecur32) {
  static CtxtHandle seen{};
  CtxtHandle context{5, 6};
  EXPECT_EQ(OpenLsaImpersonateContextTokenOnly(&context), SEC_E_INVALID_HANDLE);
  ASSERT_TRUE(openlsa_private_install_context_impersonator([](void* handle) -> nt::Status {
    seen = *static_cast<PCtxtHandle>(handle);
    return SEC_E_NO_IMPERSONATION;
  }));
  EXPECT_EQ(OpenLsaImpersonateContextTokenOnly(&context), SEC_E_NO_IMPERSONATION);
  EXPECT_EQ(seen.dwLower, 5u);
  EXPECT_EQ(seen.dwUpper, 6u);
  EXPECT_EQ(OpenLsaImpersonateContextTokenOnly(nullptr), SEC_E_INVALID_HANDLE);
}

}  // namespace
}  // namespace openlsa::win32_tests
