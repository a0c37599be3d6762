/* The audit policy: what is audited. */
#ifndef OPENLSA_NTSECAPI_AUDIT_POLICY_H
#define OPENLSA_NTSECAPI_AUDIT_POLICY_H

#include "types.h"

EXTERN_C_START

#define POLICY_AUDIT_EVENT_UNCHANGED 0x0
#define POLICY_AUDIT_EVENT_SUCCESS 0x1
#define POLICY_AUDIT_EVENT_FAILURE 0x2
#define POLICY_AUDIT_EVENT_NONE 0x4
#define POLICY_AUDIT_EVENT_MASK \
  (POLICY_AUDIT_EVENT_SUCCESS | POLICY_AUDIT_EVENT_FAILURE | POLICY_AUDIT_EVENT_UNCHANGED | POLICY_AUDIT_EVENT_NONE)

#define PER_USER_POLICY_UNCHANGED 0x00
#define PER_USER_AUDIT_SUCCESS_INCLUDE 0x01
#define PER_USER_AUDIT_SUCCESS_EXCLUDE 0x02
#define PER_USER_AUDIT_FAILURE_INCLUDE 0x04
#define PER_USER_AUDIT_FAILURE_EXCLUDE 0x08
#define PER_USER_AUDIT_NONE 0x10

#define AUDIT_SET_SYSTEM_POLICY 0x01
#define AUDIT_QUERY_SYSTEM_POLICY 0x02
#define AUDIT_SET_USER_POLICY 0x04
#define AUDIT_QUERY_USER_POLICY 0x08
#define AUDIT_ENUMERATE_USERS 0x10
#define AUDIT_SET_MISC_POLICY 0x20
#define AUDIT_QUERY_MISC_POLICY 0x40

typedef enum _POLICY_AUDIT_EVENT_TYPE OPENLSA_INT_ENUM {
  AuditCategorySystem = 0,
  AuditCategoryLogon,
  AuditCategoryObjectAccess,
  AuditCategoryPrivilegeUse,
  AuditCategoryDetailedTracking,
  AuditCategoryPolicyChange,
  AuditCategoryAccountManagement,
  AuditCategoryDirectoryServiceAccess,
  AuditCategoryAccountLogon
} POLICY_AUDIT_EVENT_TYPE, *PPOLICY_AUDIT_EVENT_TYPE;

typedef ULONG POLICY_AUDIT_EVENT_OPTIONS, *PPOLICY_AUDIT_EVENT_OPTIONS;

typedef struct _POLICY_AUDIT_LOG_INFO {
  ULONG AuditLogPercentFull;
  ULONG MaximumLogSize;
  LARGE_INTEGER AuditRetentionPeriod;
  BOOLEAN AuditLogFullShutdownInProgress;
  LARGE_INTEGER TimeToShutdown;
  ULONG NextAuditRecordId;
} POLICY_AUDIT_LOG_INFO, *PPOLICY_AUDIT_LOG_INFO;

typedef struct _POLICY_AUDIT_EVENTS_INFO {
  BOOLEAN AuditingMode;
  PPOLICY_AUDIT_EVENT_OPTIONS EventAuditingOptions; /* one for each POLICY_AUDIT_EVENT_TYPE */
  ULONG MaximumAuditEventCount;
} POLICY_AUDIT_EVENTS_INFO, *PPOLICY_AUDIT_EVENTS_INFO;

typedef struct _POLICY_AUDIT_SUBCATEGORIES_INFO {
  ULONG MaximumSubCategoryCount;
  PPOLICY_AUDIT_EVENT_OPTIONS EventAuditingOptions;
} POLICY_AUDIT_SUBCATEGORIES_INFO, *PPOLICY_AUDIT_SUBCATEGORIES_INFO;

typedef struct _POLICY_AUDIT_CATEGORIES_INFO {
  ULONG MaximumCategoryCount;
  PPOLICY_AUDIT_SUBCATEGORIES_INFO SubCategoriesInfo;
} POLICY_AUDIT_CATEGORIES_INFO, *PPOLICY_AUDIT_CATEGORIES_INFO;

typedef struct _POLICY_AUDIT_FULL_SET_INFO {
  BOOLEAN ShutDownOnFull;
} POLICY_AUDIT_FULL_SET_INFO, *PPOLICY_AUDIT_FULL_SET_INFO;

typedef struct _POLICY_AUDIT_FULL_QUERY_INFO {
  BOOLEAN ShutDownOnFull;
  BOOLEAN LogIsFull;
} POLICY_AUDIT_FULL_QUERY_INFO, *PPOLICY_AUDIT_FULL_QUERY_INFO;

typedef struct _POLICY_AUDIT_SID_ARRAY {
  ULONG UsersCount;
  PSID *UserSidArray;
} POLICY_AUDIT_SID_ARRAY, *PPOLICY_AUDIT_SID_ARRAY;

typedef struct _AUDIT_POLICY_INFORMATION {
  GUID AuditSubCategoryGuid;
  ULONG AuditingInformation;
  GUID AuditCategoryGuid;
} AUDIT_POLICY_INFORMATION, *PAUDIT_POLICY_INFORMATION;
typedef const AUDIT_POLICY_INFORMATION *PCAUDIT_POLICY_INFORMATION;

/* FALSE leaves the reason in GetLastError. AuditFree frees what these functions return. The audit trail records what it
 * records: the policy can be queried, and not be set (ERROR_NOT_SUPPORTED). */
VOID NTAPI AuditFree(PVOID Buffer);
BOOLEAN NTAPI AuditSetSystemPolicy(PCAUDIT_POLICY_INFORMATION pAuditPolicy, ULONG dwPolicyCount);
BOOLEAN NTAPI AuditSetPerUserPolicy(const PSID pSid, PCAUDIT_POLICY_INFORMATION pAuditPolicy, ULONG dwPolicyCount);
BOOLEAN NTAPI AuditQuerySystemPolicy(const GUID *pSubCategoryGuids, ULONG dwPolicyCount,
                                     PAUDIT_POLICY_INFORMATION *ppAuditPolicy);
BOOLEAN NTAPI AuditQueryPerUserPolicy(const PSID pSid, const GUID *pSubCategoryGuids, ULONG dwPolicyCount,
                                      PAUDIT_POLICY_INFORMATION *ppAuditPolicy);
BOOLEAN NTAPI AuditEnumeratePerUserPolicy(PPOLICY_AUDIT_SID_ARRAY *ppAuditSidArray);
BOOLEAN NTAPI AuditComputeEffectivePolicyBySid(const PSID pSid, const GUID *pSubCategoryGuids, ULONG dwPolicyCount,
                                               PAUDIT_POLICY_INFORMATION *ppAuditPolicy);
BOOLEAN NTAPI AuditComputeEffectivePolicyByToken(HANDLE hTokenHandle, const GUID *pSubCategoryGuids,
                                                 ULONG dwPolicyCount, PAUDIT_POLICY_INFORMATION *ppAuditPolicy);
BOOLEAN NTAPI AuditEnumerateCategories(GUID **ppAuditCategoriesArray, PULONG pdwCountReturned);
BOOLEAN NTAPI AuditEnumerateSubCategories(const GUID *pAuditCategoryGuid, BOOLEAN bRetrieveAllSubCategories,
                                          GUID **ppAuditSubCategoriesArray, PULONG pdwCountReturned);
BOOLEAN NTAPI AuditLookupCategoryNameW(const GUID *pAuditCategoryGuid, PWSTR *ppszCategoryName);
BOOLEAN NTAPI AuditLookupCategoryNameA(const GUID *pAuditCategoryGuid, PSTR *ppszCategoryName);
BOOLEAN NTAPI AuditLookupSubCategoryNameW(const GUID *pAuditSubCategoryGuid, PWSTR *ppszSubCategoryName);
BOOLEAN NTAPI AuditLookupSubCategoryNameA(const GUID *pAuditSubCategoryGuid, PSTR *ppszSubCategoryName);
BOOLEAN NTAPI AuditLookupCategoryIdFromCategoryGuid(const GUID *pAuditCategoryGuid,
                                                    PPOLICY_AUDIT_EVENT_TYPE pAuditCategoryId);
BOOLEAN NTAPI AuditLookupCategoryGuidFromCategoryId(POLICY_AUDIT_EVENT_TYPE AuditCategoryId, GUID *pAuditCategoryGuid);
BOOLEAN NTAPI AuditSetSecurity(SECURITY_INFORMATION SecurityInformation, PSECURITY_DESCRIPTOR pSecurityDescriptor);
BOOLEAN NTAPI AuditQuerySecurity(SECURITY_INFORMATION SecurityInformation, PSECURITY_DESCRIPTOR *ppSecurityDescriptor);
BOOLEAN NTAPI AuditSetGlobalSaclW(PCWSTR ObjectTypeName, PACL Acl);
BOOLEAN NTAPI AuditSetGlobalSaclA(PCSTR ObjectTypeName, PACL Acl);
BOOLEAN NTAPI AuditQueryGlobalSaclW(PCWSTR ObjectTypeName, PACL *Acl);
BOOLEAN NTAPI AuditQueryGlobalSaclA(PCSTR ObjectTypeName, PACL *Acl);

EXTERN_C_END

#ifdef UNICODE
#define AuditLookupCategoryName AuditLookupCategoryNameW
#define AuditLookupSubCategoryName AuditLookupSubCategoryNameW
#define AuditSetGlobalSacl AuditSetGlobalSaclW
#define AuditQueryGlobalSacl AuditQueryGlobalSaclW
#else
#define AuditLookupCategoryName AuditLookupCategoryNameA
#define AuditLookupSubCategoryName AuditLookupSubCategoryNameA
#define AuditSetGlobalSacl AuditSetGlobalSaclA
#define AuditQueryGlobalSacl AuditQueryGlobalSaclA
#endif

#endif
