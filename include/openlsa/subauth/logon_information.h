/* What a sub-authentication routine is given about a logon. */
#ifndef OPENLSA_SUBAUTH_LOGON_INFORMATION_H
#define OPENLSA_SUBAUTH_LOGON_INFORMATION_H

#include "../ntdef.h"

#define CLEAR_BLOCK_LENGTH 8
#define CYPHER_BLOCK_LENGTH 8

typedef struct _CLEAR_BLOCK {
  CHAR data[CLEAR_BLOCK_LENGTH];
} CLEAR_BLOCK, *PCLEAR_BLOCK;

typedef struct _CYPHER_BLOCK {
  CHAR data[CYPHER_BLOCK_LENGTH];
} CYPHER_BLOCK, *PCYPHER_BLOCK;

typedef struct _LM_OWF_PASSWORD {
  CYPHER_BLOCK data[2];
} LM_OWF_PASSWORD, *PLM_OWF_PASSWORD, NT_OWF_PASSWORD, *PNT_OWF_PASSWORD, ENCRYPTED_NT_OWF_PASSWORD,
    *PENCRYPTED_NT_OWF_PASSWORD;

typedef CLEAR_BLOCK LM_CHALLENGE, *PLM_CHALLENGE;
typedef LM_CHALLENGE NT_CHALLENGE, *PNT_CHALLENGE;

typedef struct _USER_SESSION_KEY {
  CYPHER_BLOCK data[2];
} USER_SESSION_KEY, *PUSER_SESSION_KEY;

typedef enum _NETLOGON_LOGON_INFO_CLASS OPENLSA_INT_ENUM {
  NetlogonInteractiveInformation = 1,
  NetlogonNetworkInformation,
  NetlogonServiceInformation,
  NetlogonGenericInformation,
  NetlogonInteractiveTransitiveInformation,
  NetlogonNetworkTransitiveInformation,
  NetlogonServiceTransitiveInformation
} NETLOGON_LOGON_INFO_CLASS;

/* ParameterControl holds the MSV1_0_* flags of the request. */
typedef struct _NETLOGON_LOGON_IDENTITY_INFO {
  UNICODE_STRING LogonDomainName;
  ULONG ParameterControl;
  OLD_LARGE_INTEGER LogonId;
  UNICODE_STRING UserName;
  UNICODE_STRING Workstation;
} NETLOGON_LOGON_IDENTITY_INFO, *PNETLOGON_LOGON_IDENTITY_INFO;

typedef struct _NETLOGON_INTERACTIVE_INFO {
  NETLOGON_LOGON_IDENTITY_INFO Identity;
  LM_OWF_PASSWORD LmOwfPassword;
  NT_OWF_PASSWORD NtOwfPassword;
} NETLOGON_INTERACTIVE_INFO, *PNETLOGON_INTERACTIVE_INFO;

typedef struct _NETLOGON_SERVICE_INFO {
  NETLOGON_LOGON_IDENTITY_INFO Identity;
  LM_OWF_PASSWORD LmOwfPassword;
  NT_OWF_PASSWORD NtOwfPassword;
} NETLOGON_SERVICE_INFO, *PNETLOGON_SERVICE_INFO;

typedef struct _NETLOGON_NETWORK_INFO {
  NETLOGON_LOGON_IDENTITY_INFO Identity;
  LM_CHALLENGE LmChallenge;
  STRING NtChallengeResponse;
  STRING LmChallengeResponse;
} NETLOGON_NETWORK_INFO, *PNETLOGON_NETWORK_INFO;

typedef struct _NETLOGON_GENERIC_INFO {
  NETLOGON_LOGON_IDENTITY_INFO Identity;
  UNICODE_STRING PackageName;
  ULONG DataLength;
  PUCHAR LogonData;
} NETLOGON_GENERIC_INFO, *PNETLOGON_GENERIC_INFO;

#endif
