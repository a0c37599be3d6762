/* Constants and message types of the Kerberos package. */
#ifndef OPENLSA_NTSECAPI_KERBEROS_H
#define OPENLSA_NTSECAPI_KERBEROS_H

#include "types.h"

EXTERN_C_START

#define MICROSOFT_KERBEROS_NAME_A "Kerberos"
#define MICROSOFT_KERBEROS_NAME_W OPENLSA_WIDE("Kerberos")
#ifdef UNICODE
#define MICROSOFT_KERBEROS_NAME MICROSOFT_KERBEROS_NAME_W
#else
#define MICROSOFT_KERBEROS_NAME MICROSOFT_KERBEROS_NAME_A
#endif

#define KERBEROS_VERSION 5
#define KERBEROS_REVISION 6

/* Encryption types (RFC 3961 and private ones) */
#define KERB_ETYPE_DEFAULT 0
#define KERB_ETYPE_NULL 0
#define KERB_ETYPE_DES_CBC_CRC 1
#define KERB_ETYPE_DES_CBC_MD4 2
#define KERB_ETYPE_DES_CBC_MD5 3
#define KERB_ETYPE_DES3_CBC_MD5 5
#define KERB_ETYPE_DES3_CBC_SHA1 7
#define KERB_ETYPE_DSA_SIGN 8
#define KERB_ETYPE_DSA_SHA1_CMS 9
#define KERB_ETYPE_RSA_PRIV 9
#define KERB_ETYPE_RSA_MD5_CMS 10
#define KERB_ETYPE_RSA_PUB 10
#define KERB_ETYPE_RSA_PUB_MD5 11
#define KERB_ETYPE_RSA_SHA1_CMS 11
#define KERB_ETYPE_RC2_CBC_ENV 12
#define KERB_ETYPE_RSA_PUB_SHA1 12
#define KERB_ETYPE_PKCS7_PUB 13
#define KERB_ETYPE_RSA_ENV 13
#define KERB_ETYPE_RSA_ES_OEAP_ENV 14
#define KERB_ETYPE_DES_EDE3_CBC_ENV 15
#define KERB_ETYPE_DES3_CBC_SHA1_KD 16
#define KERB_ETYPE_AES128_CTS_HMAC_SHA1_96 17
#define KERB_ETYPE_AES256_CTS_HMAC_SHA1_96 18
#define KERB_ETYPE_DES_CBC_MD5_NT 20
#define KERB_ETYPE_RC4_HMAC_NT 23
#define KERB_ETYPE_RC4_HMAC_NT_EXP 24
#define KERB_ETYPE_AES256_CTS_HMAC_SHA1_96_PLAIN (-149)
#define KERB_ETYPE_AES128_CTS_HMAC_SHA1_96_PLAIN (-148)
#define KERB_ETYPE_RC4_PLAIN_EXP (-141)
#define KERB_ETYPE_RC4_PLAIN (-140)
#define KERB_ETYPE_RC4_PLAIN_OLD_EXP (-136)
#define KERB_ETYPE_RC4_HMAC_OLD_EXP (-135)
#define KERB_ETYPE_RC4_PLAIN_OLD (-134)
#define KERB_ETYPE_RC4_HMAC_OLD (-133)
#define KERB_ETYPE_DES_PLAIN (-132)
#define KERB_ETYPE_RC4_SHA (-131)
#define KERB_ETYPE_RC4_LM (-130)
#define KERB_ETYPE_RC4_PLAIN2 (-129)
#define KERB_ETYPE_RC4_MD4 (-128)

/* Checksum types */
#define KERB_CHECKSUM_NONE 0
#define KERB_CHECKSUM_CRC32 1
#define KERB_CHECKSUM_MD4 2
#define KERB_CHECKSUM_KRB_DES_MAC 4
#define KERB_CHECKSUM_KRB_DES_MAC_K 5
#define KERB_CHECKSUM_MD5 7
#define KERB_CHECKSUM_MD5_DES 8
#define KERB_CHECKSUM_SHA1_NEW 14
#define KERB_CHECKSUM_HMAC_SHA1_96_AES128 15
#define KERB_CHECKSUM_HMAC_SHA1_96_AES256 16
#define KERB_CHECKSUM_HMAC_SHA1_96_AES256_Ki (-151)
#define KERB_CHECKSUM_HMAC_SHA1_96_AES128_Ki (-150)
#define KERB_CHECKSUM_HMAC_MD5 (-138)
#define KERB_CHECKSUM_MD5_HMAC (-137)
#define KERB_CHECKSUM_RC4_MD5 (-136)
#define KERB_CHECKSUM_MD25 (-135)
#define KERB_CHECKSUM_DES_MAC_MD5 (-134)
#define KERB_CHECKSUM_DES_MAC (-133)
#define KERB_CHECKSUM_REAL_CRC32 (-132)
#define KERB_CHECKSUM_SHA1 (-131)
#define KERB_CHECKSUM_LM (-130)

/* Ticket flags, bit 0 of RFC 4120 at the top */
#define KERB_TICKET_FLAGS_reserved1 1
#define KERB_TICKET_FLAGS_enc_pa_rep 0x10000
#define KERB_TICKET_FLAGS_name_canonicalize 0x10000
#define KERB_TICKET_FLAGS_cname_in_pa_data 0x40000
#define KERB_TICKET_FLAGS_ok_as_delegate 0x40000
#define KERB_TICKET_FLAGS_hw_authent 0x100000
#define KERB_TICKET_FLAGS_pre_authent 0x200000
#define KERB_TICKET_FLAGS_initial 0x400000
#define KERB_TICKET_FLAGS_renewable 0x800000
#define KERB_TICKET_FLAGS_invalid 0x1000000
#define KERB_TICKET_FLAGS_postdated 0x2000000
#define KERB_TICKET_FLAGS_may_postdate 0x4000000
#define KERB_TICKET_FLAGS_proxy 0x8000000
#define KERB_TICKET_FLAGS_proxiable 0x10000000
#define KERB_TICKET_FLAGS_forwarded 0x20000000
#define KERB_TICKET_FLAGS_forwardable 0x40000000
#define KERB_TICKET_FLAGS_reserved 0x80000000

/* What the KDC grants in an authentication */
#define AUTH_REQ_ALLOW_FORWARDABLE 1
#define AUTH_REQ_ALLOW_PROXIABLE 2
#define AUTH_REQ_ALLOW_POSTDATE 4
#define AUTH_REQ_ALLOW_RENEWABLE 8
#define AUTH_REQ_ALLOW_NOADDRESS 0x10
#define AUTH_REQ_ALLOW_ENC_TKT_IN_SKEY 0x20
#define AUTH_REQ_ALLOW_VALIDATE 0x40
#define AUTH_REQ_VALIDATE_CLIENT 0x80
#define AUTH_REQ_OK_AS_DELEGATE 0x100
#define AUTH_REQ_PREAUTH_REQUIRED 0x200
#define AUTH_REQ_TRANSITIVE_TRUST 0x400
#define AUTH_REQ_ALLOW_S4U_DELEGATE 0x800
#define AUTH_REQ_PER_USER_FLAGS \
  (AUTH_REQ_ALLOW_FORWARDABLE | AUTH_REQ_ALLOW_PROXIABLE | AUTH_REQ_ALLOW_POSTDATE | AUTH_REQ_ALLOW_RENEWABLE | \
   AUTH_REQ_ALLOW_VALIDATE)

#define KERB_WRAP_NO_ENCRYPT 0x80000001

typedef enum _KERB_LOGON_SUBMIT_TYPE OPENLSA_INT_ENUM {
  KerbInteractiveLogon = 2,
  KerbSmartCardLogon = 6,
  KerbWorkstationUnlockLogon,
  KerbSmartCardUnlockLogon,
  KerbProxyLogon,
  KerbTicketLogon,
  KerbTicketUnlockLogon,
  KerbS4ULogon,
  KerbCertificateLogon,
  KerbCertificateS4ULogon,
  KerbCertificateUnlockLogon,
  KerbNoElevationLogon = 83,
  KerbLuidLogon
} KERB_LOGON_SUBMIT_TYPE, *PKERB_LOGON_SUBMIT_TYPE;

typedef enum _KERB_PROFILE_BUFFER_TYPE OPENLSA_INT_ENUM {
  KerbInteractiveProfile = 2,
  KerbSmartCardProfile = 4,
  KerbTicketProfile = 6
} KERB_PROFILE_BUFFER_TYPE, *PKERB_PROFILE_BUFFER_TYPE;

typedef enum _KERB_PROTOCOL_MESSAGE_TYPE OPENLSA_INT_ENUM {
  KerbDebugRequestMessage = 0,
  KerbQueryTicketCacheMessage,
  KerbChangeMachinePasswordMessage,
  KerbVerifyPacMessage,
  KerbRetrieveTicketMessage,
  KerbUpdateAddressesMessage,
  KerbPurgeTicketCacheMessage,
  KerbChangePasswordMessage,
  KerbRetrieveEncodedTicketMessage,
  KerbDecryptDataMessage,
  KerbAddBindingCacheEntryMessage,
  KerbSetPasswordMessage,
  KerbSetPasswordExMessage,
  KerbVerifyCredentialsMessage,
  KerbQueryTicketCacheExMessage,
  KerbPurgeTicketCacheExMessage,
  KerbRefreshSmartcardCredentialsMessage,
  KerbAddExtraCredentialsMessage,
  KerbQuerySupplementalCredentialsMessage,
  KerbTransferCredentialsMessage,
  KerbQueryTicketCacheEx2Message,
  KerbSubmitTicketMessage,
  KerbAddExtraCredentialsExMessage,
  KerbQueryKdcProxyCacheMessage,
  KerbPurgeKdcProxyCacheMessage,
  KerbQueryTicketCacheEx3Message,
  KerbCleanupMachinePkinitCredsMessage,
  KerbAddBindingCacheEntryExMessage,
  KerbQueryBindingCacheMessage,
  KerbPurgeBindingCacheMessage,
  KerbPinKdcMessage,
  KerbUnpinAllKdcsMessage,
  KerbQueryDomainExtendedPoliciesMessage,
  KerbQueryS4U2ProxyCacheMessage,
  KerbRetrieveKeyTabMessage,
  KerbRefreshPolicyMessage,
  KerbPrintCloudKerberosDebugMessage
} KERB_PROTOCOL_MESSAGE_TYPE, *PKERB_PROTOCOL_MESSAGE_TYPE;

/* Value is counted by Length, in bytes. */
typedef struct _KERB_CRYPTO_KEY {
  LONG KeyType; /* KERB_ETYPE_... */
  ULONG Length;
  PUCHAR Value;
} KERB_CRYPTO_KEY, *PKERB_CRYPTO_KEY;

typedef struct _KERB_CRYPTO_KEY32 {
  LONG KeyType;
  ULONG Length;
  ULONG Offset; /* from the start of the block */
} KERB_CRYPTO_KEY32, *PKERB_CRYPTO_KEY32;

typedef struct _KERB_AUTH_DATA {
  ULONG Type;
  ULONG Length;
  PUCHAR Data;
} KERB_AUTH_DATA, *PKERB_AUTH_DATA;

typedef struct _KERB_NET_ADDRESS {
  ULONG Family;
  ULONG Length;
  PCHAR Address;
} KERB_NET_ADDRESS, *PKERB_NET_ADDRESS;

typedef struct _KERB_NET_ADDRESSES {
  ULONG Number;
  KERB_NET_ADDRESS Addresses[ANYSIZE_ARRAY];
} KERB_NET_ADDRESSES, *PKERB_NET_ADDRESSES;

typedef struct _KERB_EXTERNAL_NAME {
  SHORT NameType; /* KRB_NT_... */
  USHORT NameCount;
  UNICODE_STRING Names[ANYSIZE_ARRAY];
} KERB_EXTERNAL_NAME, *PKERB_EXTERNAL_NAME;

/* Name types (RFC 4120, 6.2) */
#define KRB_NT_UNKNOWN 0
#define KRB_NT_PRINCIPAL 1
#define KRB_NT_SRV_INST 2
#define KRB_NT_SRV_HST 3
#define KRB_NT_SRV_XHST 4
#define KRB_NT_UID 5
#define KRB_NT_X500_PRINCIPAL 6
#define KRB_NT_ENTERPRISE_PRINCIPAL 10
#define KRB_NT_WELLKNOWN 11
#define KRB_NT_MS_PRINCIPAL (-128)
#define KRB_NT_MS_PRINCIPAL_AND_ID (-129)
#define KRB_NT_ENT_PRINCIPAL_AND_ID (-130)
#define KRB_NT_PRINCIPAL_AND_ID (-131)
#define KRB_NT_SRV_INST_AND_ID (-132)
#define KRB_NT_MS_BRANCH_ID (-133)
#define KERB_IS_MS_PRINCIPAL(type) ((type) <= KRB_NT_MS_PRINCIPAL || (type) >= KRB_NT_ENTERPRISE_PRINCIPAL)

EXTERN_C_END

#endif
