// What is audited: AuditQuerySystemPolicy, and for one user or token, which is the same: there is no policy per user.
#include "client/audit/audit_categories.hpp"
#include "client/connection/current_client.hpp"
#include "client/memory/client_buffers.hpp"
#include "client/policy/arguments.hpp"
#include "client/win32_edge.hpp"
#include "win32/thread_state.hpp"

using namespace openlsa::client;
using openlsa::seam::AuthorityCalls;

namespace {

constexpr ULONG max_subcategories = 1024;  // there are far fewer, but one may be asked for twice
constexpr std::uint32_t audit_events_class = PolicyAuditEventsInformation;

// The options of the categories, for whoever may view audit information.
openlsa::nt::Status query_categories(std::vector<std::uint32_t>& options) {
  CurrentClient current;
  const auto opened = current.call(&AuthorityCalls::open_policy,
                                   {openlsa_private_thread_token(), POLICY_VIEW_AUDIT_INFORMATION}, authority_lost);
  if (!openlsa::nt::succeeded(opened.status)) return opened.status;
  const std::shared_ptr<ProcessClient> client = current.made_by();
  auto reply = client->call(&AuthorityCalls::query_policy, {opened.policy, audit_events_class}, authority_lost);
  client->call(&AuthorityCalls::close_policy, {opened.policy}, authority_lost);
  options = std::move(reply.audit_options);
  return reply.status;
}

DWORD query(const GUID* guids, ULONG count, PAUDIT_POLICY_INFORMATION* policy) {
  if (guids == nullptr || policy == nullptr || count == 0 || count > max_subcategories) return ERROR_INVALID_PARAMETER;
  for (ULONG i = 0; i < count; ++i)
    if (find_audit_subcategory(guids[i]) == nullptr) return ERROR_INVALID_PARAMETER;
  std::vector<std::uint32_t> options;
  if (const auto status = query_categories(options); !openlsa::nt::succeeded(status))
    return RtlNtStatusToDosError(status);
  auto* made = static_cast<PAUDIT_POLICY_INFORMATION>(
      allocate_buffer(count * sizeof(AUDIT_POLICY_INFORMATION), FreedBy::audit_free));
  if (made == nullptr) return ERROR_NOT_ENOUGH_MEMORY;
  for (ULONG i = 0; i < count; ++i) {
    const AuditSubcategory& subcategory = *find_audit_subcategory(guids[i]);
    const auto category = static_cast<std::size_t>(subcategory.category);
    made[i].AuditSubCategoryGuid = subcategory.guid;
    made[i].AuditCategoryGuid = audit_categories()[category].guid;
    made[i].AuditingInformation =
        subcategory.recorded && category < options.size() ? options[category] : POLICY_AUDIT_EVENT_NONE;
  }
  *policy = made;
  return ERROR_SUCCESS;
}

DWORD check_subject(PSID sid) {
  openlsa::nt::Sid copy;
  return RtlNtStatusToDosError(copy_sid(sid, copy));
}

}  // namespace

BOOLEAN AuditQuerySystemPolicy(const GUID* pSubCategoryGuids, ULONG dwPolicyCount,
                               PAUDIT_POLICY_INFORMATION* ppAuditPolicy) {
  return win32_edge([&] { return query(pSubCategoryGuids, dwPolicyCount, ppAuditPolicy); });
}

BOOLEAN AuditComputeEffectivePolicyBySid(const PSID pSid, const GUID* pSubCategoryGuids, ULONG dwPolicyCount,
                                         PAUDIT_POLICY_INFORMATION* ppAuditPolicy) {
  return win32_edge([&] {
    const DWORD error = check_subject(pSid);
    return error != ERROR_SUCCESS ? error : query(pSubCategoryGuids, dwPolicyCount, ppAuditPolicy);
  });
}

BOOLEAN AuditComputeEffectivePolicyByToken(HANDLE hTokenHandle, const GUID* pSubCategoryGuids, ULONG dwPolicyCount,
                                           PAUDIT_POLICY_INFORMATION* ppAuditPolicy) {
  return win32_edge([&]() -> DWORD {
    TOKEN_STATISTICS statistics;
    DWORD size = 0;
    if (!GetTokenInformation(hTokenHandle, TokenStatistics, &statistics, sizeof statistics, &size))
      return GetLastError();
    return query(pSubCategoryGuids, dwPolicyCount, ppAuditPolicy);
  });
}

// "ERROR_FILE_NOT_FOUND: No per-user audit policy exists for the principal."
BOOLEAN AuditQueryPerUserPolicy(const PSID pSid, const GUID* pSubCategoryGuids, ULONG dwPolicyCount,
                                PAUDIT_POLICY_INFORMATION* ppAuditPolicy) {
  return win32_edge([&]() -> DWORD {
    if (pSubCategoryGuids == nullptr || ppAuditPolicy == nullptr || dwPolicyCount == 0) return ERROR_INVALID_PARAMETER;
    const DWORD error = check_subject(pSid);
    return error != ERROR_SUCCESS ? error : ERROR_FILE_NOT_FOUND;
  });
}

BOOLEAN AuditEnumeratePerUserPolicy(PPOLICY_AUDIT_SID_ARRAY* ppAuditSidArray) {
  return win32_edge([&]() -> DWORD {
    if (ppAuditSidArray == nullptr) return ERROR_INVALID_PARAMETER;
    void* none = allocate_buffer(sizeof(POLICY_AUDIT_SID_ARRAY), FreedBy::audit_free);
    if (none == nullptr) return ERROR_NOT_ENOUGH_MEMORY;
    *ppAuditSidArray = static_cast<PPOLICY_AUDIT_SID_ARRAY>(none);
    return ERROR_SUCCESS;
  });
}
