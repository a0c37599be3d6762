/* The local security policy: LsaOpenPolicy and what it opens. */
#ifndef OPENLSA_NTSECAPI_POLICY_H
#define OPENLSA_NTSECAPI_POLICY_H

#include "types.h"

EXTERN_C_START

/* DesiredAccess of LsaOpenPolicy */
#define POLICY_VIEW_LOCAL_INFORMATION 0x0001
#define POLICY_VIEW_AUDIT_INFORMATION 0x0002
#define POLICY_GET_PRIVATE_INFORMATION 0x0004
#define POLICY_TRUST_ADMIN 0x0008
#define POLICY_CREATE_ACCOUNT 0x0010
#define POLICY_CREATE_SECRET 0x0020
#define POLICY_CREATE_PRIVILEGE 0x0040
#define POLICY_SET_DEFAULT_QUOTA_LIMITS 0x0080
#define POLICY_SET_AUDIT_REQUIREMENTS 0x0100
#define POLICY_AUDIT_LOG_ADMIN 0x0200
#define POLICY_SERVER_ADMIN 0x0400
#define POLICY_LOOKUP_NAMES 0x0800
#define POLICY_NOTIFICATION 0x1000

#define POLICY_ALL_ACCESS (STANDARD_RIGHTS_REQUIRED | 0x0FFF)
#define POLICY_READ (STANDARD_RIGHTS_READ | POLICY_VIEW_AUDIT_INFORMATION | POLICY_GET_PRIVATE_INFORMATION)
#define POLICY_WRITE                                                                                        \
  (STANDARD_RIGHTS_WRITE | POLICY_TRUST_ADMIN | POLICY_CREATE_ACCOUNT | POLICY_CREATE_SECRET |              \
   POLICY_CREATE_PRIVILEGE | POLICY_SET_DEFAULT_QUOTA_LIMITS | POLICY_SET_AUDIT_REQUIREMENTS |              \
   POLICY_AUDIT_LOG_ADMIN | POLICY_SERVER_ADMIN)
#define POLICY_EXECUTE (STANDARD_RIGHTS_EXECUTE | POLICY_VIEW_LOCAL_INFORMATION | POLICY_LOOKUP_NAMES)

/* LsaStorePrivateData: where a secret belongs, by the prefix of its name */
#define LSA_GLOBAL_SECRET_PREFIX OPENLSA_WIDE("G$")
#define LSA_GLOBAL_SECRET_PREFIX_LENGTH 2
#define LSA_LOCAL_SECRET_PREFIX OPENLSA_WIDE("L$")
#define LSA_LOCAL_SECRET_PREFIX_LENGTH 2
#define LSA_MACHINE_SECRET_PREFIX OPENLSA_WIDE("M$")
#define LSA_MACHINE_SECRET_PREFIX_LENGTH 2
#define LSA_SECRET_MAXIMUM_COUNT 0x1000
#define LSA_SECRET_MAXIMUM_LENGTH 0x200

/* DesiredAccess to an account and to a secret */
#define ACCOUNT_VIEW 0x1
#define ACCOUNT_ADJUST_PRIVILEGES 0x2
#define ACCOUNT_ADJUST_QUOTAS 0x4
#define ACCOUNT_ADJUST_SYSTEM_ACCESS 0x8
#define SECRET_SET_VALUE 0x1
#define SECRET_QUERY_VALUE 0x2

#define LSA_MAXIMUM_SID_COUNT 0x100
#define LSA_MAXIMUM_ENUMERATION_LENGTH 32000

typedef enum _POLICY_INFORMATION_CLASS OPENLSA_INT_ENUM {
  PolicyAuditLogInformation = 1,
  PolicyAuditEventsInformation,
  PolicyPrimaryDomainInformation,
  PolicyPdAccountInformation,
  PolicyAccountDomainInformation,
  PolicyLsaServerRoleInformation,
  PolicyReplicaSourceInformation,
  PolicyDefaultQuotaInformation,
  PolicyModificationInformation,
  PolicyAuditFullSetInformation,
  PolicyAuditFullQueryInformation,
  PolicyDnsDomainInformation,
  PolicyDnsDomainInformationInt,
  PolicyLocalAccountDomainInformation,
  PolicyMachineAccountInformation,
  PolicyLastEntry
} POLICY_INFORMATION_CLASS, *PPOLICY_INFORMATION_CLASS;

typedef enum _POLICY_DOMAIN_INFORMATION_CLASS OPENLSA_INT_ENUM {
  PolicyDomainEfsInformation = 2,
  PolicyDomainKerberosTicketInformation
} POLICY_DOMAIN_INFORMATION_CLASS, *PPOLICY_DOMAIN_INFORMATION_CLASS;

typedef enum _POLICY_NOTIFICATION_INFORMATION_CLASS OPENLSA_INT_ENUM {
  PolicyNotifyAuditEventsInformation = 1,
  PolicyNotifyAccountDomainInformation,
  PolicyNotifyServerRoleInformation,
  PolicyNotifyDnsDomainInformation,
  PolicyNotifyDomainEfsInformation,
  PolicyNotifyDomainKerberosTicketInformation,
  PolicyNotifyMachineAccountPasswordInformation,
  PolicyNotifyGlobalSaclInformation,
  PolicyNotifyMax
} POLICY_NOTIFICATION_INFORMATION_CLASS, *PPOLICY_NOTIFICATION_INFORMATION_CLASS;

typedef enum _POLICY_LSA_SERVER_ROLE OPENLSA_INT_ENUM { PolicyServerRoleBackup = 2, PolicyServerRolePrimary } POLICY_LSA_SERVER_ROLE,
    *PPOLICY_LSA_SERVER_ROLE;

typedef struct _POLICY_ACCOUNT_DOMAIN_INFO {
  LSA_UNICODE_STRING DomainName;
  PSID DomainSid;
} POLICY_ACCOUNT_DOMAIN_INFO, *PPOLICY_ACCOUNT_DOMAIN_INFO;

typedef struct _POLICY_PRIMARY_DOMAIN_INFO {
  LSA_UNICODE_STRING Name;
  PSID Sid;
} POLICY_PRIMARY_DOMAIN_INFO, *PPOLICY_PRIMARY_DOMAIN_INFO;

typedef struct _POLICY_DNS_DOMAIN_INFO {
  LSA_UNICODE_STRING Name;
  LSA_UNICODE_STRING DnsDomainName;
  LSA_UNICODE_STRING DnsForestName;
  GUID DomainGuid;
  PSID Sid;
} POLICY_DNS_DOMAIN_INFO, *PPOLICY_DNS_DOMAIN_INFO;

typedef struct _POLICY_PD_ACCOUNT_INFO {
  LSA_UNICODE_STRING Name;
} POLICY_PD_ACCOUNT_INFO, *PPOLICY_PD_ACCOUNT_INFO;

typedef struct _POLICY_LSA_SERVER_ROLE_INFO {
  POLICY_LSA_SERVER_ROLE LsaServerRole;
} POLICY_LSA_SERVER_ROLE_INFO, *PPOLICY_LSA_SERVER_ROLE_INFO;

typedef struct _POLICY_REPLICA_SOURCE_INFO {
  LSA_UNICODE_STRING ReplicaSource;
  LSA_UNICODE_STRING ReplicaAccountName;
} POLICY_REPLICA_SOURCE_INFO, *PPOLICY_REPLICA_SOURCE_INFO;

typedef struct _POLICY_DEFAULT_QUOTA_INFO {
  QUOTA_LIMITS QuotaLimits;
} POLICY_DEFAULT_QUOTA_INFO, *PPOLICY_DEFAULT_QUOTA_INFO;

typedef struct _POLICY_MODIFICATION_INFO {
  LARGE_INTEGER ModifiedId;
  LARGE_INTEGER DatabaseCreationTime;
} POLICY_MODIFICATION_INFO, *PPOLICY_MODIFICATION_INFO;

typedef struct _POLICY_MACHINE_ACCT_INFO {
  ULONG Rid;
  PSID Sid;
} POLICY_MACHINE_ACCT_INFO, *PPOLICY_MACHINE_ACCT_INFO;

typedef struct _POLICY_DOMAIN_EFS_INFO {
  ULONG InfoLength;
  PUCHAR EfsBlob;
} POLICY_DOMAIN_EFS_INFO, *PPOLICY_DOMAIN_EFS_INFO;

#define POLICY_KERBEROS_VALIDATE_CLIENT 0x00000080

/* Ages and skew count 100 ns. */
typedef struct _POLICY_DOMAIN_KERBEROS_TICKET_INFO {
  ULONG AuthenticationOptions;
  LARGE_INTEGER MaxServiceTicketAge;
  LARGE_INTEGER MaxTicketAge;
  LARGE_INTEGER MaxRenewAge;
  LARGE_INTEGER MaxClockSkew;
  LARGE_INTEGER Reserved;
} POLICY_DOMAIN_KERBEROS_TICKET_INFO, *PPOLICY_DOMAIN_KERBEROS_TICKET_INFO;

/* An account that has a right (LsaEnumerateAccountsWithUserRight). */
typedef struct _LSA_ENUMERATION_INFORMATION {
  PSID Sid;
} LSA_ENUMERATION_INFORMATION, *PLSA_ENUMERATION_INFORMATION;

/* Buffers that these functions return are freed with LsaFreeMemory, handles closed with LsaClose. */
NTSTATUS NTAPI LsaFreeMemory(PVOID Buffer);
NTSTATUS NTAPI LsaClose(LSA_HANDLE ObjectHandle);
NTSTATUS NTAPI LsaOpenPolicy(PLSA_UNICODE_STRING SystemName, PLSA_OBJECT_ATTRIBUTES ObjectAttributes,
                             ACCESS_MASK DesiredAccess, PLSA_HANDLE PolicyHandle);
NTSTATUS NTAPI LsaQueryInformationPolicy(LSA_HANDLE PolicyHandle, POLICY_INFORMATION_CLASS InformationClass,
                                         PVOID *Buffer);
NTSTATUS NTAPI LsaSetInformationPolicy(LSA_HANDLE PolicyHandle, POLICY_INFORMATION_CLASS InformationClass,
                                       PVOID Buffer);
NTSTATUS NTAPI LsaQueryDomainInformationPolicy(LSA_HANDLE PolicyHandle,
                                               POLICY_DOMAIN_INFORMATION_CLASS InformationClass, PVOID *Buffer);
NTSTATUS NTAPI LsaSetDomainInformationPolicy(LSA_HANDLE PolicyHandle, POLICY_DOMAIN_INFORMATION_CLASS InformationClass,
                                             PVOID Buffer);
NTSTATUS NTAPI LsaRegisterPolicyChangeNotification(POLICY_NOTIFICATION_INFORMATION_CLASS InformationClass,
                                                   HANDLE NotificationEventHandle);
NTSTATUS NTAPI LsaUnregisterPolicyChangeNotification(POLICY_NOTIFICATION_INFORMATION_CLASS InformationClass,
                                                     HANDLE NotificationEventHandle);
NTSTATUS NTAPI LsaEnumerateAccountsWithUserRight(LSA_HANDLE PolicyHandle, PLSA_UNICODE_STRING UserRight,
                                                 PVOID *Buffer, PULONG CountReturned);
NTSTATUS NTAPI LsaEnumerateAccountRights(LSA_HANDLE PolicyHandle, PSID AccountSid, PLSA_UNICODE_STRING *UserRights,
                                         PULONG CountOfRights);
NTSTATUS NTAPI LsaAddAccountRights(LSA_HANDLE PolicyHandle, PSID AccountSid, PLSA_UNICODE_STRING UserRights,
                                   ULONG CountOfRights);
NTSTATUS NTAPI LsaRemoveAccountRights(LSA_HANDLE PolicyHandle, PSID AccountSid, BOOLEAN AllRights,
                                      PLSA_UNICODE_STRING UserRights, ULONG CountOfRights);
/* PrivateData NULL deletes the secret. */
NTSTATUS NTAPI LsaStorePrivateData(LSA_HANDLE PolicyHandle, PLSA_UNICODE_STRING KeyName,
                                   PLSA_UNICODE_STRING PrivateData);
NTSTATUS NTAPI LsaRetrievePrivateData(LSA_HANDLE PolicyHandle, PLSA_UNICODE_STRING KeyName,
                                      PLSA_UNICODE_STRING *PrivateData);

EXTERN_C_END

#endif
