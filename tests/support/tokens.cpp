#include "support/tokens.hpp"

#include <openlsa/ntstatus.h>
#include <openlsa/winerror.h>

#include <cstring>

#include "support/text.hpp"

namespace openlsa::test {

std::vector<UCHAR> token_information(HANDLE token, TOKEN_INFORMATION_CLASS information_class) {
  DWORD needed = 0;
  if (GetTokenInformation(token, information_class, nullptr, 0, &needed)) return {};
  if (GetLastError() != ERROR_INSUFFICIENT_BUFFER || needed == 0) return {};
  std::vector<UCHAR> buffer(needed);
  DWORD written = 0;
  if (!GetTokenInformation(token, information_class, buffer.data(), needed, &written) || written > needed) return {};
  return buffer;
}

std::string token_user(HANDLE token) {
  auto bytes = token_information(token, TokenUser);
  return bytes.empty() ? "none" : sid_text(reinterpret_cast<TOKEN_USER*>(bytes.data())->User.Sid);
}

std::map<std::string, ULONG> token_groups(HANDLE token) {
  std::map<std::string, ULONG> result;
  auto bytes = token_information(token, TokenGroups);
  if (bytes.empty()) return result;
  const auto* groups = reinterpret_cast<const TOKEN_GROUPS*>(bytes.data());
  for (DWORD i = 0; i < groups->GroupCount; ++i) result[sid_text(groups->Groups[i].Sid)] = groups->Groups[i].Attributes;
  return result;
}

std::map<unsigned, ULONG> token_privileges(HANDLE token) {
  std::map<unsigned, ULONG> result;
  auto bytes = token_information(token, TokenPrivileges);
  if (bytes.empty()) return result;
  const auto* privileges = reinterpret_cast<const TOKEN_PRIVILEGES*>(bytes.data());
  for (DWORD i = 0; i < privileges->PrivilegeCount; ++i)
    result[privileges->Privileges[i].Luid.LowPart] = privileges->Privileges[i].Attributes;
  return result;
}

TOKEN_STATISTICS token_statistics(HANDLE token) {
  TOKEN_STATISTICS statistics{};
  DWORD written = 0;
  GetTokenInformation(token, TokenStatistics, &statistics, sizeof statistics, &written);
  return statistics;
}

unsigned long long token_logon_id(HANDLE token) { return value_of(token_statistics(token).AuthenticationId); }

OPENLSA_POSIX_IDENTITY posix_identity(HANDLE token) {
  OPENLSA_POSIX_IDENTITY identity{};
  OpenLsaGetTokenPosixIdentity(token, &identity);
  return identity;
}

bool is_open(HANDLE token) {
  TOKEN_STATISTICS statistics{};
  DWORD written = 0;
  return GetTokenInformation(token, TokenStatistics, &statistics, sizeof statistics, &written) != FALSE;
}

}  // namespace openlsa::test
