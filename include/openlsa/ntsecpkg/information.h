/* What a package learns about the machine, its caller and its call, and what it tells about itself. */
#ifndef OPENLSA_NTSECPKG_INFORMATION_H
#define OPENLSA_NTSECPKG_INFORMATION_H

#include "../winnt.h"
#include "../subauth.h"
#include "../sspi.h"

EXTERN_C_START

/* SpInitialize: the machine. */
typedef struct _SECPKG_PARAMETERS {
  ULONG Version;      /* of the LSA's package interface */
  ULONG MachineState; /* SECPKG_STATE_... */
  ULONG SetupMode;    /* not 0 while the system is being set up */
  PSID DomainSid;     /* the primary domain; NULL without one */
  UNICODE_STRING DomainName;
  UNICODE_STRING DnsDomainName;
  GUID DomainGuid;
} SECPKG_PARAMETERS, *PSECPKG_PARAMETERS, SECPKG_EVENT_DOMAIN_CHANGE, *PSECPKG_EVENT_DOMAIN_CHANGE;

/* GetClientInfo. ClientToken came later: the LSA writes it only for packages of a newer interface version. */
typedef struct _SECPKG_CLIENT_INFO {
  LUID LogonId; /* of the caller's effective token */
  ULONG ProcessID;
  ULONG ThreadID;
  BOOLEAN HasTcbPrivilege;
  BOOLEAN Impersonating;
  BOOLEAN Restricted;
  UCHAR ClientFlags; /* SECPKG_CLIENT_... */
  SECURITY_IMPERSONATION_LEVEL ImpersonationLevel;
  HANDLE ClientToken;
} SECPKG_CLIENT_INFO, *PSECPKG_CLIENT_INFO;

/* GetCallInfo. MechOid came later: the LSA writes it only for packages of a newer interface version. */
typedef struct _SECPKG_CALL_INFO {
  ULONG ProcessId;
  ULONG ThreadId;
  ULONG Attributes; /* SECPKG_CALL_... */
  ULONG CallCount;
  PVOID MechOid;
} SECPKG_CALL_INFO, *PSECPKG_CALL_INFO;

typedef enum _SECPKG_EXTENDED_INFORMATION_CLASS OPENLSA_INT_ENUM {
  SecpkgGssInfo = 1,
  SecpkgContextThunks,
  SecpkgMutualAuthLevel,
  SecpkgWowClientDll,
  SecpkgExtraOids,
  SecpkgMaxInfo,
  SecpkgNego2Info
} SECPKG_EXTENDED_INFORMATION_CLASS;

/* The package's object identifier for SPNEGO and GSSAPI, in DER. */
typedef struct _SECPKG_GSS_INFO {
  ULONG EncodedIdLength; /* bytes at EncodedId */
  UCHAR EncodedId[4];
} SECPKG_GSS_INFO, *PSECPKG_GSS_INFO;

/* The context attributes that LSA mode answers. SECPKG_ATTR_THUNK_ALL stands for all. */
typedef struct _SECPKG_CONTEXT_THUNKS {
  ULONG InfoLevelCount;
  ULONG Levels[1];
} SECPKG_CONTEXT_THUNKS, *PSECPKG_CONTEXT_THUNKS;

typedef struct _SECPKG_MUTUAL_AUTH_LEVEL {
  ULONG MutualAuthLevel;
} SECPKG_MUTUAL_AUTH_LEVEL, *PSECPKG_MUTUAL_AUTH_LEVEL;

typedef struct _SECPKG_WOW_CLIENT_DLL {
  SECURITY_STRING WowClientDllPath;
} SECPKG_WOW_CLIENT_DLL, *PSECPKG_WOW_CLIENT_DLL;

#define SECPKG_MAX_OID_LENGTH 32

typedef struct _SECPKG_SERIALIZED_OID {
  ULONG OidLength;
  ULONG OidAttributes;
  UCHAR OidValue[SECPKG_MAX_OID_LENGTH];
} SECPKG_SERIALIZED_OID, *PSECPKG_SERIALIZED_OID;

typedef struct _SECPKG_EXTRA_OIDS {
  ULONG OidCount;
  SECPKG_SERIALIZED_OID Oids[1];
} SECPKG_EXTRA_OIDS, *PSECPKG_EXTRA_OIDS;

typedef struct _SECPKG_NEGO2_INFO {
  UCHAR AuthScheme[16];
  ULONG PackageFlags;
} SECPKG_NEGO2_INFO, *PSECPKG_NEGO2_INFO;

typedef struct _SECPKG_EXTENDED_INFORMATION {
  SECPKG_EXTENDED_INFORMATION_CLASS Class;
  union {
    SECPKG_GSS_INFO GssInfo;
    SECPKG_CONTEXT_THUNKS ContextThunks;
    SECPKG_MUTUAL_AUTH_LEVEL MutualAuthLevel;
    SECPKG_WOW_CLIENT_DLL WowClientDll;
    SECPKG_EXTRA_OIDS ExtraOids;
    SECPKG_NEGO2_INFO Nego2Info;
  } Info;
} SECPKG_EXTENDED_INFORMATION, *PSECPKG_EXTENDED_INFORMATION;

/* SpGetUserInfo. */
typedef struct _SECURITY_USER_DATA {
  SECURITY_STRING UserName;
  SECURITY_STRING LogonDomainName;
  SECURITY_STRING LogonServer;
  PSID pSid;
} SECURITY_USER_DATA, *PSECURITY_USER_DATA, SecurityUserData, *PSecurityUserData;

/* SpValidateTargetInfo, SpExtractTargetInfo: the machine that a logon is meant for. */
typedef struct _SECPKG_TARGETINFO {
  PSID DomainSid;
  PCWSTR ComputerName;
} SECPKG_TARGETINFO, *PSECPKG_TARGETINFO;

/* PostLogonUser. LinkedLogonId is the twin session of a split (elevated and filtered) logon, or 0. */
typedef struct _SECPKG_POST_LOGON_USER_INFO {
  ULONG Flags;
  LUID LogonId;
  LUID LinkedLogonId;
} SECPKG_POST_LOGON_USER_INFO, *PSECPKG_POST_LOGON_USER_INFO;

EXTERN_C_END

#endif
