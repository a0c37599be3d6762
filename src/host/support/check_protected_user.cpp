// CheckProtectedUserByToken: whether the token's user is a member of Protected Users, RID 525 of a domain ([MS-DTYP]
// 2.4.2.4).
#include <algorithm>

#include "host/support/calling_thread.hpp"
#include "host/support/functions.hpp"
#include "win32/local_object.hpp"

namespace openlsa::host::support {
namespace {

constexpr std::uint32_t protected_users_rid = 525;

bool is_protected_users(const nt::SidAndAttributes& group) {
  const nt::Sid& sid = group.sid;
  return sid.authority() == 5 && sid.count() == 5 && sid.sub_authority(0) == 21 && sid.rid() == protected_users_rid &&
         (group.attributes & SE_GROUP_ENABLED) != 0;
}

}  // namespace

NTSTATUS check_protected_user_by_token(HANDLE UserToken, PBOOLEAN ProtectedUser) {
  const std::shared_ptr<Runtime> runtime = calling_runtime();
  if (runtime == nullptr || ProtectedUser == nullptr) return STATUS_INVALID_PARAMETER;
  const std::uint32_t token = from_handle(UserToken);
  if (!win32::is_token_handle(token)) return STATUS_INVALID_HANDLE;
  const auto reply = runtime->support().query_host_token({calling_package(*runtime), token});
  if (!nt::succeeded(reply.status)) return reply.status;
  const auto& groups = reply.data.information.groups;
  *ProtectedUser = std::any_of(groups.begin(), groups.end(), is_protected_users);
  return STATUS_SUCCESS;
}

}  // namespace openlsa::host::support
