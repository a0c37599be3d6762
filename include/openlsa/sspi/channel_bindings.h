/* OpenLSA: channel bindings that a server only audits. */
#ifndef OPENLSA_SSPI_CHANNEL_BINDINGS_H
#define OPENLSA_SSPI_CHANNEL_BINDINGS_H

/* A buffer of AcceptSecurityContext's output: SEC_CHANNEL_BINDINGS_RESULT. */
#define SECBUFFER_CHANNEL_BINDINGS_RESULT 30

/* magicNumber of SEC_CHANNEL_BINDINGS_EX: no address type has this number. */
#define SEC_CHANNEL_BINDINGS_EX_MAGIC 0x58454243

/* flags of SEC_CHANNEL_BINDINGS_EX: say what came of the bindings, but fail nothing. */
#define SEC_CHANNEL_BINDINGS_AUDIT_BINDINGS 0x1
#define SEC_CHANNEL_BINDINGS_VALID_FLAGS    SEC_CHANNEL_BINDINGS_AUDIT_BINDINGS

/* flags of SEC_CHANNEL_BINDINGS_RESULT. */
#define SEC_CHANNEL_BINDINGS_RESULT_CLIENT_SUPPORT    0x1
#define SEC_CHANNEL_BINDINGS_RESULT_ABSENT            0x2
#define SEC_CHANNEL_BINDINGS_RESULT_NOTVALID_MISMATCH 0x4
#define SEC_CHANNEL_BINDINGS_RESULT_NOTVALID_MISSING  0x8
#define SEC_CHANNEL_BINDINGS_RESULT_VALID_MATCHED     0x10
#define SEC_CHANNEL_BINDINGS_RESULT_VALID_PROXY       0x20
#define SEC_CHANNEL_BINDINGS_RESULT_VALID_MISSING     0x40

EXTERN_C_START

/* SECBUFFER_CHANNEL_BINDINGS with flags: offsets count from the start of this structure, and the data follow it. */
typedef struct _SEC_CHANNEL_BINDINGS_EX {
  ULONG magicNumber;
  ULONG flags;
  ULONG cbHeaderLength;
  ULONG cbStructureLength;
  ULONG dwInitiatorAddrType;
  ULONG cbInitiatorLength;
  ULONG dwInitiatorOffset;
  ULONG dwAcceptorAddrType;
  ULONG cbAcceptorLength;
  ULONG dwAcceptorOffset;
  ULONG cbApplicationDataLength;
  ULONG dwApplicationDataOffset;
} SEC_CHANNEL_BINDINGS_EX, *PSEC_CHANNEL_BINDINGS_EX;

typedef struct _SEC_CHANNEL_BINDINGS_RESULT {
  ULONG flags;
} SEC_CHANNEL_BINDINGS_RESULT, *PSEC_CHANNEL_BINDINGS_RESULT;

/* Makes bindings that QueryContextAttributes gave into a SEC_CHANNEL_BINDINGS_EX with these flags: pBindings names the
 * new block, which FreeContextBuffer frees; the old one is gone if it was such a block. */
SECURITY_STATUS SEC_ENTRY SspiSetChannelBindingFlags(PSecPkgContext_Bindings pBindings, ULONG flags);

EXTERN_C_END

#endif
