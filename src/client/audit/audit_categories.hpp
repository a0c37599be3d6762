// The categories and subcategories of audit policy ("Auditing Constants"; [MS-GPAC] 2.2.1.2), and which of them the
// audit trail of the authority records.
#pragma once

#include <openlsa/ntsecapi.h>

#include <span>
#include <string_view>

namespace openlsa::client {

struct AuditCategory {
  POLICY_AUDIT_EVENT_TYPE type;
  GUID guid;
  std::u16string_view name;
};
struct AuditSubcategory {
  POLICY_AUDIT_EVENT_TYPE category;
  GUID guid;
  std::u16string_view name;
  bool recorded;
};

std::span<const AuditCategory> audit_categories();
std::span<const AuditSubcategory> audit_subcategories();

bool same(const GUID& a, const GUID& b);
// nullptr: there is none of that name.
const AuditCategory* find_audit_category(const GUID& guid);
const AuditSubcategory* find_audit_subcategory(const GUID& guid);

}  // namespace openlsa::client
