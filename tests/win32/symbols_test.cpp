// Another library with the same names captures no call: neither the program's nor the library's own.
#include <dlfcn.h>
#include <gtest/gtest.h>
#include <openlsa/windows.h>

#include "fake_backend.hpp"

extern "C" int winpr_stub_calls;

namespace openlsa::win32_tests {
namespace {

TEST(Symbols, LibraryWithTheSameNamesCapturesNoCall) {
  FakeBackend::installed().reset();
  // The stub is there, and first in the scope: the bare name finds it.
  auto* stub = reinterpret_cast<int (*)(void*)>(dlsym(RTLD_DEFAULT, "CloseHandle"));
  ASSERT_NE(stub, nullptr);
  stub(nullptr);
  ASSERT_EQ(winpr_stub_calls, 1);

  HANDLE event = CreateEventW(nullptr, TRUE, FALSE, nullptr);
  ASSERT_NE(event, nullptr);
  EXPECT_TRUE(SetEvent(event));
  EXPECT_EQ(WaitForSingleObject(event, 0), static_cast<DWORD>(WAIT_OBJECT_0));
  EXPECT_TRUE(CloseHandle(event));
  EXPECT_FALSE(CloseHandle(event));
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INVALID_HANDLE));
  SetLastError(ERROR_SUCCESS);
  EXPECT_EQ(LocalFree(LocalAlloc(LPTR, 16)), nullptr);

  // Functions that call others of the library: InitializeSid, RevertToSelf, RtlNtStatusToDosError.
  SID_IDENTIFIER_AUTHORITY nt_authority = SECURITY_NT_AUTHORITY;
  PSID sid = nullptr;
  EXPECT_TRUE(AllocateAndInitializeSid(&nt_authority, 1, 18, 0, 0, 0, 0, 0, 0, 0, &sid));
  EXPECT_EQ(FreeSid(sid), nullptr);
  EXPECT_TRUE(SetThreadToken(nullptr, nullptr));
  HANDLE token = nullptr;
  EXPECT_FALSE(DuplicateToken(reinterpret_cast<HANDLE>(8), SecurityImpersonation, &token));

  EXPECT_EQ(winpr_stub_calls, 1);
}

// What the library exports is prefixed, without exception.
TEST(Symbols, LibraryExportsNoBareWindowsName) {
  void* library = dlopen("libopenlsa.so.1", RTLD_NOW | RTLD_NOLOAD);
  ASSERT_NE(library, nullptr) << dlerror();
  EXPECT_NE(dlsym(library, "openlsa_CloseHandle"), nullptr);
  EXPECT_NE(dlvsym(library, "openlsa_GetTokenInformation", "OPENLSA_1.0"), nullptr);
  EXPECT_NE(dlvsym(library, "openlsa_private_install_backend", "OPENLSA_PRIVATE"), nullptr);
  for (const char* name : {"CloseHandle", "LocalAlloc", "GetTokenInformation", "_ZTVN7openlsa5win325EventE"})
    EXPECT_EQ(dlsym(library, name), nullptr) << name;
  dlclose(library);
}

}  // namespace
}  // namespace openlsa::win32_tests
