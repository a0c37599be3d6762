/* Trusted domains. */
#ifndef OPENLSA_NTSECAPI_TRUST_H
#define OPENLSA_NTSECAPI_TRUST_H

#include "lookup.h"
#include "types.h"

EXTERN_C_START

#define TRUST_DIRECTION_DISABLED 0x0
#define TRUST_DIRECTION_INBOUND 0x1
#define TRUST_DIRECTION_OUTBOUND 0x2
#define TRUST_DIRECTION_BIDIRECTIONAL (TRUST_DIRECTION_INBOUND | TRUST_DIRECTION_OUTBOUND)

#define TRUST_TYPE_DOWNLEVEL 0x1
#define TRUST_TYPE_UPLEVEL 0x2
#define TRUST_TYPE_MIT 0x3
#define TRUST_TYPE_DCE 0x4

#define TRUST_ATTRIBUTE_NON_TRANSITIVE 0x1
#define TRUST_ATTRIBUTE_UPLEVEL_ONLY 0x2
#define TRUST_ATTRIBUTE_QUARANTINED_DOMAIN 0x4
#define TRUST_ATTRIBUTE_FILTER_SIDS 0x4
#define TRUST_ATTRIBUTE_FOREST_TRANSITIVE 0x8
#define TRUST_ATTRIBUTE_CROSS_ORGANIZATION 0x10
#define TRUST_ATTRIBUTE_WITHIN_FOREST 0x20
#define TRUST_ATTRIBUTE_TREAT_AS_EXTERNAL 0x40
#define TRUST_ATTRIBUTE_TRUST_USES_RC4_ENCRYPTION 0x80
#define TRUST_ATTRIBUTE_TRUST_USES_AES_KEYS 0x100
#define TRUST_ATTRIBUTE_CROSS_ORGANIZATION_NO_TGT_DELEGATION 0x200
#define TRUST_ATTRIBUTE_PIM_TRUST 0x400
#define TRUST_ATTRIBUTE_CROSS_ORGANIZATION_ENABLE_TGT_DELEGATION 0x800
#define TRUST_ATTRIBUTE_TREE_PARENT 0x400000
#define TRUST_ATTRIBUTE_TREE_ROOT 0x800000
#define TRUST_ATTRIBUTES_VALID 0xFF02FFFF
#define TRUST_ATTRIBUTES_USER 0xFF000000

#define TRUST_AUTH_TYPE_NONE 0
#define TRUST_AUTH_TYPE_NT4OWF 1
#define TRUST_AUTH_TYPE_CLEAR 2
#define TRUST_AUTH_TYPE_VERSION 3

/* DesiredAccess to a trusted domain */
#define TRUSTED_QUERY_DOMAIN_NAME 0x01
#define TRUSTED_QUERY_CONTROLLERS 0x02
#define TRUSTED_SET_CONTROLLERS 0x04
#define TRUSTED_QUERY_POSIX 0x08
#define TRUSTED_SET_POSIX 0x10
#define TRUSTED_SET_AUTH 0x20
#define TRUSTED_QUERY_AUTH 0x40

typedef enum _TRUSTED_INFORMATION_CLASS OPENLSA_INT_ENUM {
  TrustedDomainNameInformation = 1,
  TrustedControllersInformation,
  TrustedPosixOffsetInformation,
  TrustedPasswordInformation,
  TrustedDomainInformationBasic,
  TrustedDomainInformationEx,
  TrustedDomainAuthInformation,
  TrustedDomainFullInformation,
  TrustedDomainAuthInformationInternal,
  TrustedDomainFullInformationInternal,
  TrustedDomainInformationEx2Internal,
  TrustedDomainFullInformation2Internal,
  TrustedDomainSupportedEncryptionTypes
} TRUSTED_INFORMATION_CLASS, *PTRUSTED_INFORMATION_CLASS;

typedef struct _TRUSTED_DOMAIN_NAME_INFO {
  LSA_UNICODE_STRING Name;
} TRUSTED_DOMAIN_NAME_INFO, *PTRUSTED_DOMAIN_NAME_INFO;

typedef struct _TRUSTED_CONTROLLERS_INFO {
  ULONG Entries;
  PLSA_UNICODE_STRING Names;
} TRUSTED_CONTROLLERS_INFO, *PTRUSTED_CONTROLLERS_INFO;

typedef struct _TRUSTED_POSIX_OFFSET_INFO {
  ULONG Offset;
} TRUSTED_POSIX_OFFSET_INFO, *PTRUSTED_POSIX_OFFSET_INFO;

typedef struct _TRUSTED_PASSWORD_INFO {
  LSA_UNICODE_STRING Password;
  LSA_UNICODE_STRING OldPassword;
} TRUSTED_PASSWORD_INFO, *PTRUSTED_PASSWORD_INFO;

typedef LSA_TRUST_INFORMATION TRUSTED_DOMAIN_INFORMATION_BASIC, *PTRUSTED_DOMAIN_INFORMATION_BASIC;

typedef struct _TRUSTED_DOMAIN_INFORMATION_EX {
  LSA_UNICODE_STRING Name;
  LSA_UNICODE_STRING FlatName;
  PSID Sid;
  ULONG TrustDirection;
  ULONG TrustType;
  ULONG TrustAttributes;
} TRUSTED_DOMAIN_INFORMATION_EX, *PTRUSTED_DOMAIN_INFORMATION_EX;

typedef struct _TRUSTED_DOMAIN_INFORMATION_EX2 {
  LSA_UNICODE_STRING Name;
  LSA_UNICODE_STRING FlatName;
  PSID Sid;
  ULONG TrustDirection;
  ULONG TrustType;
  ULONG TrustAttributes;
  ULONG ForestTrustLength;
  PUCHAR ForestTrustInfo;
} TRUSTED_DOMAIN_INFORMATION_EX2, *PTRUSTED_DOMAIN_INFORMATION_EX2;

typedef struct _LSA_AUTH_INFORMATION {
  LARGE_INTEGER LastUpdateTime;
  ULONG AuthType; /* TRUST_AUTH_TYPE_... */
  ULONG AuthInfoLength;
  PUCHAR AuthInfo;
} LSA_AUTH_INFORMATION, *PLSA_AUTH_INFORMATION;

typedef struct _TRUSTED_DOMAIN_AUTH_INFORMATION {
  ULONG IncomingAuthInfos;
  PLSA_AUTH_INFORMATION IncomingAuthenticationInformation;
  PLSA_AUTH_INFORMATION IncomingPreviousAuthenticationInformation;
  ULONG OutgoingAuthInfos;
  PLSA_AUTH_INFORMATION OutgoingAuthenticationInformation;
  PLSA_AUTH_INFORMATION OutgoingPreviousAuthenticationInformation;
} TRUSTED_DOMAIN_AUTH_INFORMATION, *PTRUSTED_DOMAIN_AUTH_INFORMATION;

typedef struct _TRUSTED_DOMAIN_FULL_INFORMATION {
  TRUSTED_DOMAIN_INFORMATION_EX Information;
  TRUSTED_POSIX_OFFSET_INFO PosixOffset;
  TRUSTED_DOMAIN_AUTH_INFORMATION AuthInformation;
} TRUSTED_DOMAIN_FULL_INFORMATION, *PTRUSTED_DOMAIN_FULL_INFORMATION;

typedef struct _TRUSTED_DOMAIN_FULL_INFORMATION2 {
  TRUSTED_DOMAIN_INFORMATION_EX2 Information;
  TRUSTED_POSIX_OFFSET_INFO PosixOffset;
  TRUSTED_DOMAIN_AUTH_INFORMATION AuthInformation;
} TRUSTED_DOMAIN_FULL_INFORMATION2, *PTRUSTED_DOMAIN_FULL_INFORMATION2;

typedef struct _TRUSTED_DOMAIN_SUPPORTED_ENCRYPTION_TYPES {
  ULONG SupportedEncryptionTypes;
} TRUSTED_DOMAIN_SUPPORTED_ENCRYPTION_TYPES, *PTRUSTED_DOMAIN_SUPPORTED_ENCRYPTION_TYPES;

NTSTATUS NTAPI LsaEnumerateTrustedDomains(LSA_HANDLE PolicyHandle, PLSA_ENUMERATION_HANDLE EnumerationContext,
                                          PVOID *Buffer, ULONG PreferedMaximumLength, PULONG CountReturned);
NTSTATUS NTAPI LsaEnumerateTrustedDomainsEx(LSA_HANDLE PolicyHandle, PLSA_ENUMERATION_HANDLE EnumerationContext,
                                            PVOID *Buffer, ULONG PreferedMaximumLength, PULONG CountReturned);
NTSTATUS NTAPI LsaOpenTrustedDomainByName(LSA_HANDLE PolicyHandle, PLSA_UNICODE_STRING TrustedDomainName,
                                          ACCESS_MASK DesiredAccess, PLSA_HANDLE TrustedDomainHandle);
NTSTATUS NTAPI LsaQueryTrustedDomainInfo(LSA_HANDLE PolicyHandle, PSID TrustedDomainSid,
                                         TRUSTED_INFORMATION_CLASS InformationClass, PVOID *Buffer);
NTSTATUS NTAPI LsaSetTrustedDomainInformation(LSA_HANDLE PolicyHandle, PSID TrustedDomainSid,
                                              TRUSTED_INFORMATION_CLASS InformationClass, PVOID Buffer);
NTSTATUS NTAPI LsaDeleteTrustedDomain(LSA_HANDLE PolicyHandle, PSID TrustedDomainSid);
NTSTATUS NTAPI LsaQueryTrustedDomainInfoByName(LSA_HANDLE PolicyHandle, PLSA_UNICODE_STRING TrustedDomainName,
                                               TRUSTED_INFORMATION_CLASS InformationClass, PVOID *Buffer);
NTSTATUS NTAPI LsaSetTrustedDomainInfoByName(LSA_HANDLE PolicyHandle, PLSA_UNICODE_STRING TrustedDomainName,
                                             TRUSTED_INFORMATION_CLASS InformationClass, PVOID Buffer);
NTSTATUS NTAPI LsaCreateTrustedDomainEx(LSA_HANDLE PolicyHandle,
                                        PTRUSTED_DOMAIN_INFORMATION_EX TrustedDomainInformation,
                                        PTRUSTED_DOMAIN_AUTH_INFORMATION AuthenticationInformation,
                                        ACCESS_MASK DesiredAccess, PLSA_HANDLE TrustedDomainHandle);

EXTERN_C_END

#endif
