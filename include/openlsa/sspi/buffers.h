/* OpenLSA: SecBuffer.BufferType, and what buffers of certain types hold. */
#ifndef OPENLSA_SSPI_BUFFERS_H
#define OPENLSA_SSPI_BUFFERS_H

/* SecBufferDesc.ulVersion. */
#define SECBUFFER_VERSION 0

/* Types of buffers. */
#define SECBUFFER_EMPTY                           0
#define SECBUFFER_DATA                            1
#define SECBUFFER_TOKEN                           2
#define SECBUFFER_PKG_PARAMS                      3
#define SECBUFFER_MISSING                         4
#define SECBUFFER_EXTRA                           5
#define SECBUFFER_STREAM_TRAILER                  6
#define SECBUFFER_STREAM_HEADER                   7
#define SECBUFFER_NEGOTIATION_INFO                8
#define SECBUFFER_PADDING                         9
#define SECBUFFER_STREAM                          10
#define SECBUFFER_MECHLIST                        11
#define SECBUFFER_MECHLIST_SIGNATURE              12
#define SECBUFFER_TARGET                          13
#define SECBUFFER_CHANNEL_BINDINGS                14
#define SECBUFFER_CHANGE_PASS_RESPONSE            15
#define SECBUFFER_TARGET_HOST                     16
#define SECBUFFER_ALERT                           17
#define SECBUFFER_APPLICATION_PROTOCOLS           18
#define SECBUFFER_SRTP_PROTECTION_PROFILES        19
#define SECBUFFER_SRTP_MASTER_KEY_IDENTIFIER      20
#define SECBUFFER_TOKEN_BINDING                   21
#define SECBUFFER_PRESHARED_KEY                   22
#define SECBUFFER_PRESHARED_KEY_IDENTITY          23
#define SECBUFFER_DTLS_MTU                        24
#define SECBUFFER_SEND_GENERIC_TLS_EXTENSION      25
#define SECBUFFER_SUBSCRIBE_GENERIC_TLS_EXTENSION 26
#define SECBUFFER_FLAGS                           27
#define SECBUFFER_TRAFFIC_SECRETS                 28

/* Bits of BufferType beside the type. */
#define SECBUFFER_READONLY_WITH_CHECKSUM          0x10000000
#define SECBUFFER_KERNEL_MAP                      0x20000000
#define SECBUFFER_UNMAPPED                        0x40000000
#define SECBUFFER_READONLY                        0x80000000
#define SECBUFFER_RESERVED                        0x60000000
#define SECBUFFER_ATTRMASK                        0xF0000000

EXTERN_C_START

/* SECBUFFER_NEGOTIATION_INFO */
typedef struct _SEC_NEGOTIATION_INFO {
  ULONG Size;
  ULONG NameLength; /* in bytes */
  SEC_WCHAR* Name;
  void* Reserved;
} SEC_NEGOTIATION_INFO, *PSEC_NEGOTIATION_INFO;

/* SECBUFFER_CHANNEL_BINDINGS: offsets count from the start of this structure, and the data follow it. */
typedef struct _SEC_CHANNEL_BINDINGS {
  ULONG dwInitiatorAddrType;
  ULONG cbInitiatorLength;
  ULONG dwInitiatorOffset;
  ULONG dwAcceptorAddrType;
  ULONG cbAcceptorLength;
  ULONG dwAcceptorOffset;
  ULONG cbApplicationDataLength;
  ULONG dwApplicationDataOffset;
} SEC_CHANNEL_BINDINGS, *PSEC_CHANNEL_BINDINGS;

typedef enum _SEC_APPLICATION_PROTOCOL_NEGOTIATION_EXT OPENLSA_INT_ENUM {
  SecApplicationProtocolNegotiationExt_None,
  SecApplicationProtocolNegotiationExt_NPN,
  SecApplicationProtocolNegotiationExt_ALPN
} SEC_APPLICATION_PROTOCOL_NEGOTIATION_EXT, *PSEC_APPLICATION_PROTOCOL_NEGOTIATION_EXT;

typedef struct _SEC_APPLICATION_PROTOCOL_LIST {
  SEC_APPLICATION_PROTOCOL_NEGOTIATION_EXT ProtoNegoExt;
  USHORT ProtocolListSize; /* in bytes */
  UCHAR ProtocolList[ANYSIZE_ARRAY];
} SEC_APPLICATION_PROTOCOL_LIST, *PSEC_APPLICATION_PROTOCOL_LIST;

/* SECBUFFER_APPLICATION_PROTOCOLS */
typedef struct _SEC_APPLICATION_PROTOCOLS {
  ULONG ProtocolListsSize; /* in bytes */
  SEC_APPLICATION_PROTOCOL_LIST ProtocolLists[ANYSIZE_ARRAY];
} SEC_APPLICATION_PROTOCOLS, *PSEC_APPLICATION_PROTOCOLS;

/* SECBUFFER_SRTP_PROTECTION_PROFILES */
typedef struct _SEC_SRTP_PROTECTION_PROFILES {
  USHORT ProfilesSize; /* in bytes */
  USHORT ProfilesList[ANYSIZE_ARRAY];
} SEC_SRTP_PROTECTION_PROFILES, *PSEC_SRTP_PROTECTION_PROFILES;

/* SECBUFFER_SRTP_MASTER_KEY_IDENTIFIER */
typedef struct _SEC_SRTP_MASTER_KEY_IDENTIFIER {
  UCHAR MasterKeyIdentifierSize;
  UCHAR MasterKeyIdentifier[ANYSIZE_ARRAY];
} SEC_SRTP_MASTER_KEY_IDENTIFIER, *PSEC_SRTP_MASTER_KEY_IDENTIFIER;

/* SECBUFFER_TOKEN_BINDING */
typedef struct _SEC_TOKEN_BINDING {
  UCHAR MajorVersion;
  UCHAR MinorVersion;
  USHORT KeyParametersSize;
  UCHAR KeyParameters[ANYSIZE_ARRAY];
} SEC_TOKEN_BINDING, *PSEC_TOKEN_BINDING;

/* SECBUFFER_PRESHARED_KEY */
typedef struct _SEC_PRESHAREDKEY {
  USHORT KeySize;
  UCHAR Key[ANYSIZE_ARRAY];
} SEC_PRESHAREDKEY, *PSEC_PRESHAREDKEY;

/* SECBUFFER_PRESHARED_KEY_IDENTITY */
typedef struct _SEC_PRESHAREDKEY_IDENTITY {
  USHORT KeyIdentitySize;
  UCHAR KeyIdentity[ANYSIZE_ARRAY];
} SEC_PRESHAREDKEY_IDENTITY, *PSEC_PRESHAREDKEY_IDENTITY;

/* SECBUFFER_DTLS_MTU */
typedef struct _SEC_DTLS_MTU {
  USHORT PathMTU;
} SEC_DTLS_MTU, *PSEC_DTLS_MTU;

/* SECBUFFER_FLAGS: ISC_REQ_ bits above 32 bits. */
typedef struct _SEC_FLAGS {
  ULONGLONG Flags;
} SEC_FLAGS, *PSEC_FLAGS;

#define SZ_ALG_MAX_SIZE 64

typedef enum _SEC_TRAFFIC_SECRET_TYPE OPENLSA_INT_ENUM {
  SecTrafficSecret_None,
  SecTrafficSecret_Client,
  SecTrafficSecret_Server
} SEC_TRAFFIC_SECRET_TYPE, *PSEC_TRAFFIC_SECRET_TYPE;

/* SECBUFFER_TRAFFIC_SECRETS */
typedef struct _SEC_TRAFFIC_SECRETS {
  WCHAR SymmetricAlgId[SZ_ALG_MAX_SIZE];
  WCHAR ChainingMode[SZ_ALG_MAX_SIZE];
  WCHAR HashAlgId[SZ_ALG_MAX_SIZE];
  USHORT KeySize; /* of the keys to derive, in bytes */
  USHORT IvSize;
  USHORT MsgSequenceStart; /* offset of the sequence number in the IV, in bytes */
  USHORT MsgSequenceEnd;
  SEC_TRAFFIC_SECRET_TYPE TrafficSecretType;
  USHORT TrafficSecretSize;
  UCHAR TrafficSecret[ANYSIZE_ARRAY];
} SEC_TRAFFIC_SECRETS, *PSEC_TRAFFIC_SECRETS;

EXTERN_C_END

#endif
