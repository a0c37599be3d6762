#include "lsa_mode/caller.hpp"

namespace msv1_0 {

std::optional<Caller> current_caller(const Package& package) {
  SECPKG_CLIENT_INFO info{};
  if (package.setting.lsa->GetClientInfo(&info) != STATUS_SUCCESS ||
      (info.ClientFlags & SECPKG_CLIENT_PROCESS_TERMINATED) != 0)
    return std::nullopt;
  return Caller{info.LogonId, info.HasTcbPrivilege != FALSE,
                info.ImpersonationLevel >= SecurityImpersonation && info.Restricted == FALSE};
}

}  // namespace msv1_0
