/* Tables with the A and the W spelling, and every slot of the newest table in its place. */
#pragma once

#include "functions.h"

static SECPKG_FUNCTION_TABLE spelled_a = {
    .LogonUserA = NULL,
    .LogonUserExA = LogonUserExPlain,
    .AcquireCredentialsHandleA = AcquireCredentials,
    .QueryCredentialsAttributesA = QueryAttributes,
    .QueryContextAttributesA = QueryAttributes,
    .AddCredentialsA = NULL,
    .SetContextAttributesA = SetAttributes,
    .SetCredentialsAttributesA = SetAttributes,
    .ChangeAccountPasswordA = NULL,
};

static SECPKG_FUNCTION_TABLE spelled_w = {
    .LogonUserW = NULL,
    .LogonUserExW = LogonUserExPlain,
    .AcquireCredentialsHandleW = AcquireCredentials,
    .QueryCredentialsAttributesW = QueryAttributes,
    .QueryContextAttributesW = QueryAttributes,
    .AddCredentialsW = NULL,
    .SetContextAttributesW = SetAttributes,
    .SetCredentialsAttributesW = SetAttributes,
    .ChangeAccountPasswordW = NULL,
};

static SECPKG_USER_FUNCTION_TABLE user_spelled_a = {.QueryContextAttributesA = QueryAttributes};
static SECPKG_USER_FUNCTION_TABLE user_spelled_w = {.QueryContextAttributesW = QueryAttributes};

/* A pointer of the slot's type whose value is the slot's number, from 1. */
#define AT(type, slot) ((type *)(uintptr_t)((slot) + 1))

/* Whole, positional. A slot of another type, missing or out of order does not compile or fails the check. */
static SECPKG_FUNCTION_TABLE numbered = {
    AT(LSA_AP_INITIALIZE_PACKAGE, 0), AT(LSA_AP_LOGON_USER, 1), AT(LSA_AP_CALL_PACKAGE, 2),
    AT(LSA_AP_LOGON_TERMINATED, 3), AT(LSA_AP_CALL_PACKAGE, 4), AT(LSA_AP_CALL_PACKAGE, 5),
    AT(LSA_AP_LOGON_USER_EX, 6), AT(LSA_AP_LOGON_USER_EX2, 7), AT(SpInitializeFn, 8), AT(SpShutdownFn, 9),
    AT(SpGetInfoFn, 10), AT(SpAcceptCredentialsFn, 11), AT(SpAcquireCredentialsHandleFn, 12),
    AT(SpQueryCredentialsAttributesFn, 13), AT(SpFreeCredentialsHandleFn, 14), AT(SpSaveCredentialsFn, 15),
    AT(SpGetCredentialsFn, 16), AT(SpDeleteCredentialsFn, 17), AT(SpInitLsaModeContextFn, 18),
    AT(SpAcceptLsaModeContextFn, 19), AT(SpDeleteContextFn, 20), AT(SpApplyControlTokenFn, 21),
    AT(SpGetUserInfoFn, 22), AT(SpGetExtendedInformationFn, 23), AT(SpQueryContextAttributesFn, 24),
    AT(SpAddCredentialsFn, 25), AT(SpSetExtendedInformationFn, 26), AT(SpSetContextAttributesFn, 27),
    AT(SpSetCredentialsAttributesFn, 28), AT(SpChangeAccountPasswordFn, 29), AT(SpQueryMetaDataFn, 30),
    AT(SpExchangeMetaDataFn, 31), AT(SpGetCredUIContextFn, 32), AT(SpUpdateCredentialsFn, 33),
    AT(SpValidateTargetInfoFn, 34), AT(LSA_AP_POST_LOGON_USER, 35), AT(SpGetRemoteCredGuardLogonBufferFn, 36),
    AT(SpGetRemoteCredGuardSupplementalCredsFn, 37), AT(SpGetTbalSupplementalCredsFn, 38),
    AT(LSA_AP_LOGON_USER_EX3, 39), AT(LSA_AP_PRE_LOGON_USER_SURROGATE, 40),
    AT(LSA_AP_POST_LOGON_USER_SURROGATE, 41), AT(SpExtractTargetInfoFn, 42)};

static SECPKG_USER_FUNCTION_TABLE user_numbered = {
    AT(SpInstanceInitFn, 0), AT(SpInitUserModeContextFn, 1), AT(SpMakeSignatureFn, 2), AT(SpVerifySignatureFn, 3),
    AT(SpSealMessageFn, 4), AT(SpUnsealMessageFn, 5), AT(SpGetContextTokenFn, 6), AT(SpQueryContextAttributesFn, 7),
    AT(SpCompleteAuthTokenFn, 8), AT(SpDeleteContextFn, 9), AT(SpFormatCredentialsFn, 10),
    AT(SpMarshallSupplementalCredsFn, 11), AT(SpExportSecurityContextFn, 12), AT(SpImportSecurityContextFn, 13),
    AT(SpMarshalAttributeDataFn, 14)};
