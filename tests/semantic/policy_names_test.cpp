// secext.h: GetUserNameEx, GetComputerObjectName, TranslateName.
#include <gtest/gtest.h>
#include <openlsa/ntstatus.h>
#include <openlsa/secext.h>
#include <openlsa/winerror.h>

#include "support/authority_environment.hpp"
#include "support/child.hpp"
#include "support/composition.hpp"
#include "support/policy_client.hpp"

namespace openlsa::test {
namespace {

// The name, or "error N".
std::string user_name(EXTENDED_NAME_FORMAT format) {
  char narrow_name[128] = {};
  SEC_WCHAR wide_name[128] = {};
  ULONG narrow_size = 128, wide_size = 128;
  const BOOLEAN narrow_given = GetUserNameExA(format, narrow_name, &narrow_size);
  const DWORD error = GetLastError();
  const BOOLEAN wide_given = GetUserNameExW(format, wide_name, &wide_size);
  EXPECT_EQ(narrow_given, wide_given);
  if (!narrow_given) return "error " + std::to_string(error);
  EXPECT_EQ(narrow(wide_name), narrow_name);
  EXPECT_EQ(narrow_size, std::strlen(narrow_name)) << "without the terminator";
  EXPECT_EQ(wide_size, narrow_size);
  return narrow_name;
}

std::string error(DWORD code) { return "error " + std::to_string(code); }

TEST(UserName, IsThatOfTheProcess) {
  OPENLSA_NEEDS_ROOT();
  EXPECT_EQ(user_name(NameSamCompatible), "NT AUTHORITY\\SYSTEM");
  OPENLSA_NEEDS_DAEMON();
  const auto sam_name = [] { return user_name(NameSamCompatible); };
  EXPECT_EQ(in_child(sam_name, Identity{alice().uid, alice().gid}), "TESTBOX\\alice");
  EXPECT_EQ(in_child(sam_name, Identity{4321, 4321}), "Unix User\\4321") << "a uid without an account";
}

TEST(UserName, IsThatOfTheClientWhileTheThreadImpersonates) {
  const std::string own = user_name(NameSamCompatible);
  const LogonResult logon = Connection::trusted().logon("Probe", "user=alice");
  ASSERT_STATUS(STATUS_SUCCESS, logon.status);
  {
    const ActingAs alice(logon.token);
    EXPECT_EQ(user_name(NameSamCompatible), "TESTBOX\\alice");
    EXPECT_EQ(user_name(NameUserPrincipal), "alice@probe.test") << "as the package said";
    EXPECT_EQ(user_name(NameDnsDomain), "probe.test\\alice");
  }
  EXPECT_EQ(user_name(NameSamCompatible), own);
}

TEST(UserName, HasNoFormThatNobodyGave) {
  for (const auto format : {NameFullyQualifiedDN, NameDisplay, NameUniqueId, NameCanonical, NameUserPrincipal,
                            NameCanonicalEx, NameServicePrincipal, NameDnsDomain, NameGivenName, NameSurname})
    EXPECT_EQ(user_name(format), error(ERROR_NONE_MAPPED)) << format;
  for (const int none : {static_cast<int>(NameUnknown), 4, 5, 11, 15, -1})
    EXPECT_EQ(user_name(static_cast<EXTENDED_NAME_FORMAT>(none)), error(ERROR_INVALID_PARAMETER)) << none;
}

TEST(UserName, SaysHowMuchRoomItNeeds) {
  const LogonResult logon = Connection::trusted().logon("Probe", "user=alice");
  ASSERT_STATUS(STATUS_SUCCESS, logon.status);
  const ActingAs alice(logon.token);
  const std::string name = "TESTBOX\\alice";
  for (ULONG room = 0; room <= name.size(); ++room) {
    SEC_WCHAR buffer[32] = {0x55, 0x55};
    ULONG size = room;
    EXPECT_FALSE(GetUserNameExW(NameSamCompatible, buffer, &size));
    EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_MORE_DATA));
    EXPECT_EQ(size, name.size() + 1) << "with the terminator";
    EXPECT_EQ(buffer[0], 0x55) << "nothing of it was written";
  }
  ULONG size = 100;
  EXPECT_FALSE(GetUserNameExA(NameSamCompatible, nullptr, &size));
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_MORE_DATA));
  EXPECT_EQ(size, name.size() + 1);
  char exact[14];
  EXPECT_TRUE(GetUserNameExA(NameSamCompatible, exact, &size));
  EXPECT_EQ(exact, name);
  EXPECT_FALSE(GetUserNameExA(NameSamCompatible, exact, nullptr));
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INVALID_PARAMETER));
}

TEST(ComputerObjectName, IsNoneOfAMachineWithoutADomain) {
  char narrow_name[64];
  SEC_WCHAR wide_name[64];
  ULONG size = 64;
  EXPECT_FALSE(GetComputerObjectNameA(NameSamCompatible, narrow_name, &size));
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_CANT_ACCESS_DOMAIN_INFO));
  EXPECT_FALSE(GetComputerObjectNameW(NameFullyQualifiedDN, wide_name, &size));
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_CANT_ACCESS_DOMAIN_INFO));
  EXPECT_FALSE(GetComputerObjectNameW(NameUnknown, wide_name, &size));
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INVALID_PARAMETER));
  EXPECT_FALSE(GetComputerObjectNameA(NameSamCompatible, narrow_name, nullptr));
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INVALID_PARAMETER));
  EXPECT_EQ(size, 64u);
}

std::string translate(const std::string& name, EXTENDED_NAME_FORMAT from, EXTENDED_NAME_FORMAT to) {
  char buffer[128] = {};
  SEC_WCHAR wide_buffer[128] = {};
  ULONG size = 128, wide_size = 128;
  const BOOLEAN given = TranslateNameA(name.c_str(), from, to, buffer, &size);
  const DWORD code = GetLastError();
  EXPECT_EQ(TranslateNameW(wide(name).data(), from, to, wide_buffer, &wide_size), given);
  if (!given) return error(code);
  EXPECT_EQ(narrow(wide_buffer), buffer);
  EXPECT_EQ(size, std::strlen(buffer) + 1) << "with the terminator";
  return buffer;
}

TEST(TranslateName, TellsTheAccountsOfThisMachine) {
  EXPECT_EQ(translate("testbox\\ALICE", NameSamCompatible, NameSamCompatible), "TESTBOX\\alice");
  EXPECT_EQ(translate("alice@testbox", NameUserPrincipal, NameSamCompatible), "TESTBOX\\alice");
  EXPECT_EQ(translate("alice", NameUnknown, NameSamCompatible), "TESTBOX\\alice");
  EXPECT_EQ(translate("builtin\\administrators", NameSamCompatible, NameSamCompatible), "BUILTIN\\Administrators");
  EXPECT_EQ(translate("alice", NameSamCompatible, NameSamCompatible), error(ERROR_NONE_MAPPED)) << "not of that form";
  EXPECT_EQ(translate("OTHER\\alice", NameSamCompatible, NameSamCompatible), error(ERROR_NONE_MAPPED));
  EXPECT_EQ(translate("TESTBOX\\alice", NameUserPrincipal, NameSamCompatible), error(ERROR_NONE_MAPPED));
  for (const auto format : {NameFullyQualifiedDN, NameDisplay, NameUniqueId, NameUserPrincipal, NameCanonical})
    EXPECT_EQ(translate("TESTBOX\\alice", NameSamCompatible, format), error(ERROR_NONE_MAPPED)) << format;
  EXPECT_EQ(translate("TESTBOX\\alice", NameSamCompatible, NameUnknown), error(ERROR_INVALID_PARAMETER));
  EXPECT_EQ(translate("TESTBOX\\alice", static_cast<EXTENDED_NAME_FORMAT>(99), NameSamCompatible),
            error(ERROR_INVALID_PARAMETER));
}

TEST(TranslateName, SaysHowMuchRoomItNeeds) {
  ULONG size = 0;
  EXPECT_TRUE(TranslateNameA("TESTBOX\\alice", NameSamCompatible, NameSamCompatible, nullptr, &size));
  EXPECT_EQ(size, 14u);
  size = 13;
  char buffer[16] = "untouched";
  EXPECT_FALSE(TranslateNameA("TESTBOX\\alice", NameSamCompatible, NameSamCompatible, buffer, &size));
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INSUFFICIENT_BUFFER));
  EXPECT_EQ(size, 14u);
  EXPECT_STREQ(buffer, "untouched");
  EXPECT_FALSE(TranslateNameA(nullptr, NameSamCompatible, NameSamCompatible, buffer, &size));
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INVALID_PARAMETER));
  EXPECT_FALSE(TranslateNameA("\xff\xfe", NameUnknown, NameSamCompatible, buffer, &size));
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INVALID_PARAMETER)) << "not UTF-8";
}

}  // namespace
}  // namespace openlsa::test
