// AuditEnumerateCategories, AuditEnumerateSubCategories
#include "client/audit/audit_categories.hpp"
#include "client/memory/client_buffers.hpp"
#include "client/win32_edge.hpp"

using namespace openlsa::client;

namespace {

// Those of `all` that `chosen` says, as one array.
template <class All, class Chosen>
DWORD hand_out_guids(const All& all, const Chosen& chosen, GUID** array, ULONG* count) {
  if (array == nullptr || count == nullptr) return ERROR_INVALID_PARAMETER;
  auto* made = static_cast<GUID*>(allocate_buffer(all.size() * sizeof(GUID), FreedBy::audit_free));
  if (made == nullptr) return ERROR_NOT_ENOUGH_MEMORY;
  ULONG found = 0;
  for (const auto& one : all)
    if (chosen(one)) made[found++] = one.guid;
  *array = made;
  *count = found;
  return ERROR_SUCCESS;
}

}  // namespace

BOOLEAN AuditEnumerateCategories(GUID** ppAuditCategoriesArray, PULONG pdwCountReturned) {
  return win32_edge([&] {
    return hand_out_guids(
        audit_categories(), [](const AuditCategory&) { return true; }, ppAuditCategoriesArray, pdwCountReturned);
  });
}

BOOLEAN AuditEnumerateSubCategories(const GUID* pAuditCategoryGuid, BOOLEAN bRetrieveAllSubCategories,
                                    GUID** ppAuditSubCategoriesArray, PULONG pdwCountReturned) {
  return win32_edge([&]() -> DWORD {
    const bool all = bRetrieveAllSubCategories != FALSE;
    const AuditCategory* category =
        all || pAuditCategoryGuid == nullptr ? nullptr : find_audit_category(*pAuditCategoryGuid);
    if (!all && category == nullptr) return ERROR_INVALID_PARAMETER;
    return hand_out_guids(
        audit_subcategories(), [&](const AuditSubcategory& one) { return all || one.category == category->type; },
        ppAuditSubCategoriesArray, pdwCountReturned);
  });
}
