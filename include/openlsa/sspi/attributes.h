/* OpenLSA: ulAttribute of QueryContextAttributes and SetContextAttributes. */
#ifndef OPENLSA_SSPI_ATTRIBUTES_H
#define OPENLSA_SSPI_ATTRIBUTES_H

/* The structure of an attribute is SecPkgContext_<Name> in contexts.h; AUTHENTICATION_ID is AuthzID, PROMPTING_NEEDED
   is CredInfo, UNIQUE_BINDINGS and ENDPOINT_BINDINGS are Bindings. */
#define SECPKG_ATTR_SIZES                       0x0
#define SECPKG_ATTR_NAMES                       0x1
#define SECPKG_ATTR_LIFESPAN                    0x2
#define SECPKG_ATTR_DCE_INFO                    0x3
#define SECPKG_ATTR_STREAM_SIZES                0x4
#define SECPKG_ATTR_KEY_INFO                    0x5
#define SECPKG_ATTR_AUTHORITY                   0x6
#define SECPKG_ATTR_PROTO_INFO                  0x7
#define SECPKG_ATTR_PASSWORD_EXPIRY             0x8
#define SECPKG_ATTR_SESSION_KEY                 0x9
#define SECPKG_ATTR_PACKAGE_INFO                0xA
#define SECPKG_ATTR_USER_FLAGS                  0xB
#define SECPKG_ATTR_NEGOTIATION_INFO            0xC
#define SECPKG_ATTR_NATIVE_NAMES                0xD
#define SECPKG_ATTR_FLAGS                       0xE
#define SECPKG_ATTR_USE_VALIDATED               0xF
#define SECPKG_ATTR_CREDENTIAL_NAME             0x10
#define SECPKG_ATTR_TARGET_INFORMATION          0x11
#define SECPKG_ATTR_ACCESS_TOKEN                0x12
#define SECPKG_ATTR_TARGET                      0x13
#define SECPKG_ATTR_AUTHENTICATION_ID           0x14
#define SECPKG_ATTR_LOGOFF_TIME                 0x15
#define SECPKG_ATTR_NEGO_KEYS                   0x16
#define SECPKG_ATTR_PROMPTING_NEEDED            0x18
#define SECPKG_ATTR_UNIQUE_BINDINGS             0x19
#define SECPKG_ATTR_ENDPOINT_BINDINGS           0x1A
#define SECPKG_ATTR_CLIENT_SPECIFIED_TARGET     0x1B
#define SECPKG_ATTR_LAST_CLIENT_TOKEN_STATUS    0x1E
#define SECPKG_ATTR_NEGO_PKG_INFO               0x1F
#define SECPKG_ATTR_NEGO_STATUS                 0x20
#define SECPKG_ATTR_CONTEXT_DELETED             0x21
#define SECPKG_ATTR_DTLS_MTU                    0x22
#define SECPKG_ATTR_APPLICATION_PROTOCOL        0x23
#define SECPKG_ATTR_NEGOTIATED_TLS_EXTENSIONS   0x24
#define SECPKG_ATTR_IS_LOOPBACK                 0x25
#define SECPKG_ATTR_SUBJECT_SECURITY_ATTRIBUTES 0x7C

/* Bits that go with NEGO_PKG_INFO; no attributes. */
#define SECPKG_ATTR_NEGO_INFO_FLAG_NO_KERBEROS 0x1
#define SECPKG_ATTR_NEGO_INFO_FLAG_NO_NTLM     0x2

/* Where the attributes begin that LSA mode answers, and the only one of ours there. */
#define SECPKG_ATTR_THUNK_ALL    0x10000
#define SECPKG_ATTR_SASL_CONTEXT 0x10000

/* Attributes of Schannel; their structures are in schannel.h on Windows. */
#define SECPKG_ATTR_ISSUER_LIST                   0x50
#define SECPKG_ATTR_REMOTE_CRED                   0x51
#define SECPKG_ATTR_LOCAL_CRED                    0x52
#define SECPKG_ATTR_REMOTE_CERT_CONTEXT           0x53
#define SECPKG_ATTR_LOCAL_CERT_CONTEXT            0x54
#define SECPKG_ATTR_ROOT_STORE                    0x55
#define SECPKG_ATTR_SUPPORTED_ALGS                0x56
#define SECPKG_ATTR_CIPHER_STRENGTHS              0x57
#define SECPKG_ATTR_SUPPORTED_PROTOCOLS           0x58
#define SECPKG_ATTR_ISSUER_LIST_EX                0x59
#define SECPKG_ATTR_CONNECTION_INFO               0x5A
#define SECPKG_ATTR_EAP_KEY_BLOCK                 0x5B
#define SECPKG_ATTR_MAPPED_CRED_ATTR              0x5C
#define SECPKG_ATTR_SESSION_INFO                  0x5D
#define SECPKG_ATTR_APP_DATA                      0x5E
#define SECPKG_ATTR_REMOTE_CERTIFICATES           0x5F
#define SECPKG_ATTR_CLIENT_CERT_POLICY            0x60
#define SECPKG_ATTR_CC_POLICY_RESULT              0x61
#define SECPKG_ATTR_USE_NCRYPT                    0x62
#define SECPKG_ATTR_LOCAL_CERT_INFO               0x63
#define SECPKG_ATTR_CIPHER_INFO                   0x64
#define SECPKG_ATTR_EAP_PRF_INFO                  0x65
#define SECPKG_ATTR_SUPPORTED_SIGNATURES          0x66
#define SECPKG_ATTR_REMOTE_CERT_CHAIN             0x67
#define SECPKG_ATTR_UI_INFO                       0x68
#define SECPKG_ATTR_EARLY_START                   0x69
#define SECPKG_ATTR_KEYING_MATERIAL_INFO          0x6A
#define SECPKG_ATTR_KEYING_MATERIAL               0x6B
#define SECPKG_ATTR_SRTP_PARAMETERS               0x6C
#define SECPKG_ATTR_TOKEN_BINDING                 0x6D
#define SECPKG_ATTR_CONNECTION_INFO_EX            0x6E
#define SECPKG_ATTR_KEYING_MATERIAL_TOKEN_BINDING 0x6F
#define SECPKG_ATTR_KEYING_MATERIAL_INPROC        0x70
#define SECPKG_ATTR_CERT_CHECK_RESULT             0x71
#define SECPKG_ATTR_CERT_CHECK_RESULT_INPROC      0x72
#define SECPKG_ATTR_SESSION_TICKET_KEYS           0x73

/* Attributes of CredSSP; their structures are in credssp.h on Windows. */
#define SECPKG_ATTR_C_ACCESS_TOKEN      0x80000012
#define SECPKG_ATTR_CREDS               0x80000080
#define SECPKG_ATTR_NEGOTIATION_PACKAGE 0x80000081
#define SECPKG_ATTR_C_FULL_ACCESS_TOKEN 0x80000082
#define SECPKG_ATTR_SERVER_AUTH_FLAGS   0x80000083
#define SECPKG_ATTR_CERT_TRUST_STATUS   0x80000084
#define SECPKG_ATTR_CREDS_2             0x80000086

#endif
