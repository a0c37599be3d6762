// AuditLookupCategoryName, AuditLookupSubCategoryName, and the two forms that a category is named in.
#include "client/audit/audit_categories.hpp"
#include "client/sspi/text.hpp"
#include "client/win32_edge.hpp"

using namespace openlsa::client;

namespace {

template <class Found, class Character>
BOOLEAN look_up(const Found* (*find)(const GUID&), const GUID* guid, Character** name) {
  return win32_edge([&]() -> DWORD {
    const Found* found = guid == nullptr || name == nullptr ? nullptr : find(*guid);
    if (found == nullptr) return ERROR_INVALID_PARAMETER;
    void* text = allocate_text(found->name, sizeof(Character) == 1, FreedBy::audit_free);
    if (text == nullptr) return ERROR_NOT_ENOUGH_MEMORY;
    *name = static_cast<Character*>(text);
    return ERROR_SUCCESS;
  });
}

}  // namespace

BOOLEAN AuditLookupCategoryNameW(const GUID* pAuditCategoryGuid, PWSTR* ppszCategoryName) {
  return look_up(find_audit_category, pAuditCategoryGuid, ppszCategoryName);
}

BOOLEAN AuditLookupCategoryNameA(const GUID* pAuditCategoryGuid, PSTR* ppszCategoryName) {
  return look_up(find_audit_category, pAuditCategoryGuid, ppszCategoryName);
}

BOOLEAN AuditLookupSubCategoryNameW(const GUID* pAuditSubCategoryGuid, PWSTR* ppszSubCategoryName) {
  return look_up(find_audit_subcategory, pAuditSubCategoryGuid, ppszSubCategoryName);
}

BOOLEAN AuditLookupSubCategoryNameA(const GUID* pAuditSubCategoryGuid, PSTR* ppszSubCategoryName) {
  return look_up(find_audit_subcategory, pAuditSubCategoryGuid, ppszSubCategoryName);
}

BOOLEAN AuditLookupCategoryIdFromCategoryGuid(const GUID* pAuditCategoryGuid,
                                              PPOLICY_AUDIT_EVENT_TYPE pAuditCategoryId) {
  const AuditCategory* found = pAuditCategoryGuid == nullptr ? nullptr : find_audit_category(*pAuditCategoryGuid);
  if (found == nullptr || pAuditCategoryId == nullptr) return win32_failed(ERROR_INVALID_PARAMETER);
  *pAuditCategoryId = found->type;
  return TRUE;
}

BOOLEAN AuditLookupCategoryGuidFromCategoryId(POLICY_AUDIT_EVENT_TYPE AuditCategoryId, GUID* pAuditCategoryGuid) {
  for (const AuditCategory& category : audit_categories()) {
    if (category.type != AuditCategoryId || pAuditCategoryGuid == nullptr) continue;
    *pAuditCategoryGuid = category.guid;
    return TRUE;
  }
  return win32_failed(ERROR_INVALID_PARAMETER);
}
