#include "client/audit/audit_categories.hpp"

#include <cstring>

namespace openlsa::client {
namespace {

constexpr GUID category_guid(ULONG low) {
  return {0x69979800 | low, 0x797a, 0x11d9, {0xbe, 0xd3, 0x50, 0x50, 0x54, 0x50, 0x30, 0x30}};
}
constexpr GUID subcategory_guid(ULONG low) {
  return {0x0cce9200 | low, 0x69ae, 0x11d9, {0xbe, 0xd3, 0x50, 0x50, 0x54, 0x50, 0x30, 0x30}};
}

constexpr AuditCategory categories[] = {
    {AuditCategorySystem, category_guid(0x48), u"System"},
    {AuditCategoryLogon, category_guid(0x49), u"Logon/Logoff"},
    {AuditCategoryObjectAccess, category_guid(0x4a), u"Object Access"},
    {AuditCategoryPrivilegeUse, category_guid(0x4b), u"Privilege Use"},
    {AuditCategoryDetailedTracking, category_guid(0x4c), u"Detailed Tracking"},
    {AuditCategoryPolicyChange, category_guid(0x4d), u"Policy Change"},
    {AuditCategoryAccountManagement, category_guid(0x4e), u"Account Management"},
    {AuditCategoryDirectoryServiceAccess, category_guid(0x4f), u"DS Access"},
    {AuditCategoryAccountLogon, category_guid(0x50), u"Account Logon"},
};
static_assert(category_guid(0x48).Data1 == 0x69979848);

constexpr AuditSubcategory row(POLICY_AUDIT_EVENT_TYPE category, ULONG low, std::u16string_view name,
                               bool recorded = false) {
  return {category, subcategory_guid(low), name, recorded};
}
constexpr bool recorded = true;

// Recorded are: packages and logon processes that come and go; hosts that break the rules; logons and their ends;
// changes of rights; accounts; what packages say of account logons.
constexpr AuditSubcategory subcategories[] = {
    row(AuditCategorySystem, 0x10, u"Security State Change"),
    row(AuditCategorySystem, 0x11, u"Security System Extension", recorded),
    row(AuditCategorySystem, 0x12, u"System Integrity", recorded),
    row(AuditCategorySystem, 0x13, u"IPsec Driver"),
    row(AuditCategorySystem, 0x14, u"Other System Events"),
    row(AuditCategoryLogon, 0x15, u"Logon", recorded),
    row(AuditCategoryLogon, 0x16, u"Logoff", recorded),
    row(AuditCategoryLogon, 0x17, u"Account Lockout"),
    row(AuditCategoryLogon, 0x18, u"IPsec Main Mode"),
    row(AuditCategoryLogon, 0x19, u"IPsec Quick Mode"),
    row(AuditCategoryLogon, 0x1a, u"IPsec Extended Mode"),
    row(AuditCategoryLogon, 0x1b, u"Special Logon"),
    row(AuditCategoryLogon, 0x1c, u"Other Logon/Logoff Events"),
    row(AuditCategoryLogon, 0x43, u"Network Policy Server"),
    row(AuditCategoryLogon, 0x47, u"User / Device Claims"),
    row(AuditCategoryLogon, 0x49, u"Group Membership"),
    row(AuditCategoryObjectAccess, 0x1d, u"File System"),
    row(AuditCategoryObjectAccess, 0x1e, u"Registry"),
    row(AuditCategoryObjectAccess, 0x1f, u"Kernel Object"),
    row(AuditCategoryObjectAccess, 0x20, u"SAM"),
    row(AuditCategoryObjectAccess, 0x21, u"Certification Services"),
    row(AuditCategoryObjectAccess, 0x22, u"Application Generated"),
    row(AuditCategoryObjectAccess, 0x23, u"Handle Manipulation"),
    row(AuditCategoryObjectAccess, 0x24, u"File Share"),
    row(AuditCategoryObjectAccess, 0x25, u"Filtering Platform Packet Drop"),
    row(AuditCategoryObjectAccess, 0x26, u"Filtering Platform Connection"),
    row(AuditCategoryObjectAccess, 0x27, u"Other Object Access Events"),
    row(AuditCategoryObjectAccess, 0x44, u"Detailed File Share"),
    row(AuditCategoryObjectAccess, 0x45, u"Removable Storage"),
    row(AuditCategoryObjectAccess, 0x46, u"Central Policy Staging"),
    row(AuditCategoryPrivilegeUse, 0x28, u"Sensitive Privilege Use"),
    row(AuditCategoryPrivilegeUse, 0x29, u"Non Sensitive Privilege Use"),
    row(AuditCategoryPrivilegeUse, 0x2a, u"Other Privilege Use Events"),
    row(AuditCategoryDetailedTracking, 0x2b, u"Process Creation"),
    row(AuditCategoryDetailedTracking, 0x2c, u"Process Termination"),
    row(AuditCategoryDetailedTracking, 0x2d, u"DPAPI Activity"),
    row(AuditCategoryDetailedTracking, 0x2e, u"RPC Events"),
    row(AuditCategoryDetailedTracking, 0x48, u"Plug and Play Events"),
    row(AuditCategoryDetailedTracking, 0x4a, u"Token Right Adjusted Events"),
    row(AuditCategoryPolicyChange, 0x2f, u"Audit Policy Change"),
    row(AuditCategoryPolicyChange, 0x30, u"Authentication Policy Change", recorded),
    row(AuditCategoryPolicyChange, 0x31, u"Authorization Policy Change", recorded),
    row(AuditCategoryPolicyChange, 0x32, u"MPSSVC Rule-Level Policy Change"),
    row(AuditCategoryPolicyChange, 0x33, u"Filtering Platform Policy Change"),
    row(AuditCategoryPolicyChange, 0x34, u"Other Policy Change Events"),
    row(AuditCategoryAccountManagement, 0x35, u"User Account Management", recorded),
    row(AuditCategoryAccountManagement, 0x36, u"Computer Account Management"),
    row(AuditCategoryAccountManagement, 0x37, u"Security Group Management"),
    row(AuditCategoryAccountManagement, 0x38, u"Distribution Group Management"),
    row(AuditCategoryAccountManagement, 0x39, u"Application Group Management"),
    row(AuditCategoryAccountManagement, 0x3a, u"Other Account Management Events"),
    row(AuditCategoryDirectoryServiceAccess, 0x3b, u"Directory Service Access"),
    row(AuditCategoryDirectoryServiceAccess, 0x3c, u"Directory Service Changes"),
    row(AuditCategoryDirectoryServiceAccess, 0x3d, u"Directory Service Replication"),
    row(AuditCategoryDirectoryServiceAccess, 0x3e, u"Detailed Directory Service Replication"),
    row(AuditCategoryAccountLogon, 0x3f, u"Credential Validation", recorded),
    row(AuditCategoryAccountLogon, 0x40, u"Kerberos Service Ticket Operations"),
    row(AuditCategoryAccountLogon, 0x41, u"Other Account Logon Events"),
    row(AuditCategoryAccountLogon, 0x42, u"Kerberos Authentication Service"),
};

}  // namespace

std::span<const AuditCategory> audit_categories() { return categories; }
std::span<const AuditSubcategory> audit_subcategories() { return subcategories; }

bool same(const GUID& a, const GUID& b) { return std::memcmp(&a, &b, sizeof a) == 0; }

const AuditCategory* find_audit_category(const GUID& guid) {
  for (const AuditCategory& category : categories)
    if (same(category.guid, guid)) return &category;
  return nullptr;
}

const AuditSubcategory* find_audit_subcategory(const GUID& guid) {
  for (const AuditSubcategory& subcategory : subcategories)
    if (same(subcategory.guid, guid)) return &subcategory;
  return nullptr;
}

}  // namespace openlsa::client
