#include "lsa_mode/caller.hpp"

#include <openlsa/windows.h>

#include "protocol/statement.hpp"

namespace sshkey {
namespace {

// The information as the token gives it; SIDs in it are addresses within the block. Empty when it cannot be read.
std::vector<std::max_align_t> token_information(HANDLE token, TOKEN_INFORMATION_CLASS information_class) {
  DWORD size = 0;
  if (GetTokenInformation(token, information_class, nullptr, 0, &size) || size == 0) return {};
  std::vector<std::max_align_t> block((size + sizeof(std::max_align_t) - 1) / sizeof(std::max_align_t));
  if (!GetTokenInformation(token, information_class, block.data(), size, &size)) return {};
  return block;
}

}  // namespace

std::optional<Caller> current_caller(const Package& package) {
  SECPKG_CLIENT_INFO info{};
  if (package.setting.lsa->GetClientInfo(&info) != STATUS_SUCCESS ||
      (info.ClientFlags & SECPKG_CLIENT_PROCESS_TERMINATED) != 0)
    return std::nullopt;
  Caller caller;
  caller.logon_id = value_of(info.LogonId);
  caller.trusted = info.HasTcbPrivilege != FALSE;
  caller.may_act = info.ImpersonationLevel >= SecurityImpersonation && info.Restricted == FALSE;
  caller.token = info.ClientToken;
  OPENLSA_POSIX_IDENTITY identity{};
  const NTSTATUS status = package.setting.openlsa->GetTokenPosixIdentity(info.ClientToken, &identity);
  const bool known = (status == STATUS_SUCCESS || status == STATUS_BUFFER_OVERFLOW) && identity.HasIdentity != 0;
  caller.uid = known ? identity.Uid : no_uid;
  return caller;
}

Bytes user_sid_of(const Caller& caller) {
  const auto block = token_information(caller.token, TokenUser);
  if (block.empty()) return {};
  const auto* user = reinterpret_cast<const TOKEN_USER*>(block.data());
  const auto* sid = static_cast<const std::uint8_t*>(user->User.Sid);
  return sid == nullptr ? Bytes{} : Bytes(sid, sid + 8 + 4 * sid[1]);
}

// The authority gives S-1-5-2 to each token of a network logon.
bool is_from_network_logon(const Caller& caller) {
  static constexpr std::uint8_t network[] = {1, 1, 0, 0, 0, 0, 0, 5, 2, 0, 0, 0};
  const auto block = token_information(caller.token, TokenGroups);
  if (block.empty()) return true;
  const auto* groups = reinterpret_cast<const TOKEN_GROUPS*>(block.data());
  for (ULONG i = 0; i < groups->GroupCount; ++i)
    if (groups->Groups[i].Sid != nullptr && std::memcmp(groups->Groups[i].Sid, network, sizeof network) == 0)
      return true;
  return false;
}

}  // namespace sshkey
