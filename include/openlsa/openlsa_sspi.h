/* OpenLSA: the functions of a security package that Windows reaches from inside its own components and has no public
 * name for. openlsa.h includes this header; libsecur32.so.1 has the functions.
 *
 * Statuses are those of SSPI. Besides those named at a function, each may answer SEC_E_INVALID_HANDLE,
 * SEC_E_INVALID_PARAMETER for a NULL pointer where one is needed, SEC_E_UNSUPPORTED_FUNCTION when the package does not
 * offer it, SEC_E_INSUFFICIENT_MEMORY, SEC_E_INTERNAL_ERROR, and what the package says. A function that does not
 * succeed leaves its outputs alone, where nothing else is said. What a function returns is freed with
 * FreeContextBuffer. */
#ifndef OPENLSA_OPENLSA_SSPI_H
#define OPENLSA_OPENLSA_SSPI_H

#include "ntsecpkg/information.h"
#include "sspi.h"

EXTERN_C_START

/* -- NEGOEX ----------------------------------------------------------------------------------------------------------
 * What a package wants to tell its peer before the handshake, and what the peer told ([MS-NEGOEX], META_DATA). The
 * first of these calls makes the context (Context NULL, NewContext its place), and InitializeSecurityContext or
 * AcceptSecurityContext then continues it; a later one names it (NewContext NULL, or the same place).
 * Credential may be NULL when Context is not. ContextReq: ISC_REQ_... TargetName may be NULL. */
SECURITY_STATUS OpenLsaQueryMetaData(PCredHandle Credential, PCtxtHandle Context, PCWSTR TargetName, ULONG ContextReq,
                                     PCtxtHandle NewContext, ULONG* MetaDataLength, PUCHAR* MetaData)
    OPENLSA_SYMBOL(OpenLsaQueryMetaData);
SECURITY_STATUS OpenLsaExchangeMetaData(PCredHandle Credential, PCtxtHandle Context, PCWSTR TargetName,
                                        ULONG ContextReq, PCtxtHandle NewContext, ULONG MetaDataLength,
                                        const UCHAR* MetaData) OPENLSA_SYMBOL(OpenLsaExchangeMetaData);

/* -- Credentials that a package keeps for a user ---------------------------------------------------------------------
 * SpSaveCredentials, SpGetCredentials and SpDeleteCredentials; what the buffers mean is the package's matter.
 * OpenLsaGetCredentials: with pvBuffer NULL a block is allocated; else cbBuffer is its capacity.
 *   SEC_E_BUFFER_TOO_SMALL  cbBuffer says what the package needs, if it said so */
SECURITY_STATUS OpenLsaSaveCredentials(PCredHandle Credential, PSecBuffer Credentials)
    OPENLSA_SYMBOL(OpenLsaSaveCredentials);
SECURITY_STATUS OpenLsaGetCredentials(PCredHandle Credential, PSecBuffer Credentials)
    OPENLSA_SYMBOL(OpenLsaGetCredentials);
SECURITY_STATUS OpenLsaDeleteCredentials(PCredHandle Credential, PSecBuffer Key)
    OPENLSA_SYMBOL(OpenLsaDeleteCredentials);

/* SpGetUserInfo of the package. LogonId NULL is the session of the calling thread. Flags: NO_LONG_NAMES or
 * UNDERSTANDS_LONG_NAMES. One block holds everything. (GetSecurityUserInfo, which Windows documents for drivers.)
 *   SEC_E_SECPKG_NOT_FOUND  no such package
 *   SEC_E_NOT_OWNER         another session than the caller's own, without SeTcbPrivilege */
SECURITY_STATUS OpenLsaGetUserInfo(PCWSTR Package, PLUID LogonId, ULONG Flags, PSECURITY_USER_DATA* UserData)
    OPENLSA_SYMBOL(OpenLsaGetUserInfo);

/* -- The user-mode half of a package ---------------------------------------------------------------------------------
 * SpFormatCredentials, SpMarshallSupplementalCreds and SpMarshalAttributeData of the credential's package. They run in
 * this process. */
SECURITY_STATUS OpenLsaFormatCredentials(PCredHandle Credential, PSecBuffer Credentials, PSecBuffer Formatted)
    OPENLSA_SYMBOL(OpenLsaFormatCredentials);
SECURITY_STATUS OpenLsaMarshalSupplementalCredentials(PCredHandle Credential, ULONG Size, PUCHAR Credentials,
                                                      ULONG* MarshaledSize, PVOID* Marshaled)
    OPENLSA_SYMBOL(OpenLsaMarshalSupplementalCredentials);
SECURITY_STATUS OpenLsaMarshalAttributeData(PCredHandle Credential, ULONG AttributeInfo, ULONG Attribute, ULONG Size,
                                            PUCHAR Data, ULONG* MarshaledSize, PUCHAR* Marshaled)
    OPENLSA_SYMBOL(OpenLsaMarshalAttributeData);

/* -- Under Negotiate -------------------------------------------------------------------------------------------------
 * Negotiate has made, or verified, mechListMIC with MakeSignature or VerifySignature (sequence number 0) of the context
 * that it chose. It tells the user-mode half by SpQueryContextAttributes with this attribute, whose ULONG says which. A
 * package whose key state must be the same for mechListMIC and for the first message after it (NTLM's RC4, [MS-SPNG]
 * 3.3.5.1) resets the keys of that direction; the answer counts for nothing. */
#define OPENLSA_ATTR_MECH_LIST_MIC    0x8F4C0001
#define OPENLSA_MECH_LIST_MIC_MADE     0
#define OPENLSA_MECH_LIST_MIC_VERIFIED 1

/* -- Credential providers --------------------------------------------------------------------------------------------
 * The serialization (CREDUIWIN_MARSHALED_CONTEXT) that a program in need of credentials for a context gives to a
 * credential provider in the same process; SspiUnmarshalCredUIContext takes it apart. AuthError says why credentials
 * are needed. TargetName may be NULL. */
SECURITY_STATUS OpenLsaMarshalCredUIContext(PCtxtHandle Context, ULONG AuthError, PCWSTR TargetName,
                                            ULONG* MarshaledLength, PUCHAR* Marshaled)
    OPENLSA_SYMBOL(OpenLsaMarshalCredUIContext);

EXTERN_C_END

#endif
