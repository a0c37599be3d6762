/* Every function has the type that its pointer type says: the A form, the W form, and what the plain names stand for. */
#include "windows_headers.h"

/* A function of one form. */
#define CHECK(type, name)       \
  extern type const p##name;   \
  type const p##name = name

/* The plain name is a macro, which is replaced before it is pasted: pAcquireCredentialsHandleW, for example, is then
   declared twice. So the plain names have a table. */
CHECK(ACQUIRE_CREDENTIALS_HANDLE_FN_A, AcquireCredentialsHandleA);
CHECK(ACQUIRE_CREDENTIALS_HANDLE_FN_W, AcquireCredentialsHandleW);
CHECK(ADD_CREDENTIALS_FN_A, AddCredentialsA);
CHECK(ADD_CREDENTIALS_FN_W, AddCredentialsW);
CHECK(QUERY_CREDENTIALS_ATTRIBUTES_FN_A, QueryCredentialsAttributesA);
CHECK(QUERY_CREDENTIALS_ATTRIBUTES_FN_W, QueryCredentialsAttributesW);
CHECK(SET_CREDENTIALS_ATTRIBUTES_FN_A, SetCredentialsAttributesA);
CHECK(SET_CREDENTIALS_ATTRIBUTES_FN_W, SetCredentialsAttributesW);
CHECK(CHANGE_PASSWORD_FN_A, ChangeAccountPasswordA);
CHECK(CHANGE_PASSWORD_FN_W, ChangeAccountPasswordW);
CHECK(INITIALIZE_SECURITY_CONTEXT_FN_A, InitializeSecurityContextA);
CHECK(INITIALIZE_SECURITY_CONTEXT_FN_W, InitializeSecurityContextW);
CHECK(QUERY_CONTEXT_ATTRIBUTES_FN_A, QueryContextAttributesA);
CHECK(QUERY_CONTEXT_ATTRIBUTES_FN_W, QueryContextAttributesW);
CHECK(SET_CONTEXT_ATTRIBUTES_FN_A, SetContextAttributesA);
CHECK(SET_CONTEXT_ATTRIBUTES_FN_W, SetContextAttributesW);
CHECK(IMPORT_SECURITY_CONTEXT_FN_A, ImportSecurityContextA);
CHECK(IMPORT_SECURITY_CONTEXT_FN_W, ImportSecurityContextW);
CHECK(ENUMERATE_SECURITY_PACKAGES_FN_A, EnumerateSecurityPackagesA);
CHECK(ENUMERATE_SECURITY_PACKAGES_FN_W, EnumerateSecurityPackagesW);
CHECK(QUERY_SECURITY_PACKAGE_INFO_FN_A, QuerySecurityPackageInfoA);
CHECK(QUERY_SECURITY_PACKAGE_INFO_FN_W, QuerySecurityPackageInfoW);
CHECK(INIT_SECURITY_INTERFACE_A, InitSecurityInterfaceA);
CHECK(INIT_SECURITY_INTERFACE_W, InitSecurityInterfaceW);
CHECK(FREE_CREDENTIALS_HANDLE_FN, FreeCredentialsHandle);
CHECK(ACCEPT_SECURITY_CONTEXT_FN, AcceptSecurityContext);
CHECK(COMPLETE_AUTH_TOKEN_FN, CompleteAuthToken);
CHECK(APPLY_CONTROL_TOKEN_FN, ApplyControlToken);
CHECK(DELETE_SECURITY_CONTEXT_FN, DeleteSecurityContext);
CHECK(IMPERSONATE_SECURITY_CONTEXT_FN, ImpersonateSecurityContext);
CHECK(REVERT_SECURITY_CONTEXT_FN, RevertSecurityContext);
CHECK(QUERY_SECURITY_CONTEXT_TOKEN_FN, QuerySecurityContextToken);
CHECK(EXPORT_SECURITY_CONTEXT_FN, ExportSecurityContext);
CHECK(MAKE_SIGNATURE_FN, MakeSignature);
CHECK(VERIFY_SIGNATURE_FN, VerifySignature);
CHECK(ENCRYPT_MESSAGE_FN, EncryptMessage);
CHECK(DECRYPT_MESSAGE_FN, DecryptMessage);
CHECK(FREE_CONTEXT_BUFFER_FN, FreeContextBuffer);
CHECK(QUERY_CONTEXT_ATTRIBUTES_EX_FN_A, QueryContextAttributesExA);
CHECK(QUERY_CONTEXT_ATTRIBUTES_EX_FN_W, QueryContextAttributesExW);
CHECK(QUERY_CREDENTIALS_ATTRIBUTES_EX_FN_A, QueryCredentialsAttributesExA);
CHECK(QUERY_CREDENTIALS_ATTRIBUTES_EX_FN_W, QueryCredentialsAttributesExW);

struct plain_names {
  ACQUIRE_CREDENTIALS_HANDLE_FN slot0;
  ADD_CREDENTIALS_FN slot1;
  QUERY_CREDENTIALS_ATTRIBUTES_FN slot2;
  SET_CREDENTIALS_ATTRIBUTES_FN slot3;
  CHANGE_PASSWORD_FN slot4;
  INITIALIZE_SECURITY_CONTEXT_FN slot5;
  QUERY_CONTEXT_ATTRIBUTES_FN slot6;
  SET_CONTEXT_ATTRIBUTES_FN slot7;
  IMPORT_SECURITY_CONTEXT_FN slot8;
  ENUMERATE_SECURITY_PACKAGES_FN slot9;
  QUERY_SECURITY_PACKAGE_INFO_FN slot10;
  INIT_SECURITY_INTERFACE slot11;
};
extern const struct plain_names plain_names;
const struct plain_names plain_names = {
    AcquireCredentialsHandle,
    AddCredentials,
    QueryCredentialsAttributes,
    SetCredentialsAttributes,
    ChangeAccountPassword,
    InitializeSecurityContext,
    QueryContextAttributes,
    SetContextAttributes,
    ImportSecurityContext,
    EnumerateSecurityPackages,
    QuerySecurityPackageInfo,
    InitSecurityInterface,
};
