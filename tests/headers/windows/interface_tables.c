/* SecurityFunctionTable: found through InitSecurityInterface, and made as a bare SSP makes its own. Members by their
   plain names, which the headers rename, by their A and W names, by position and by designation. */
#include "windows_headers.h"

typedef SECURITY_STATUS status_t;

/* Found: the classic way, with the entry point's own type. */
status_t call_through_table(PSecurityFunctionTable table, PCredHandle credentials, PCtxtHandle context);
PSecurityFunctionTable find_table(INIT_SECURITY_INTERFACE entry_point);

PSecurityFunctionTable find_table(INIT_SECURITY_INTERFACE entry_point) {
  INIT_SECURITY_INTERFACE own = InitSecurityInterface;
  return entry_point != NULL ? (*entry_point)() : own();
}

status_t call_through_table(PSecurityFunctionTable table, PCredHandle credentials, PCtxtHandle context) {
  SecurityFunctionTable copy = *table;
  PSecPkgInfo package = NULL;
  TimeStamp expiry;
  ULONG attributes, count;
  status_t status = copy.EnumerateSecurityPackages(&count, &package);
  if (status == SEC_E_OK) status = table->QuerySecurityPackageInfo((LPTSTR)TEXT("NTLM"), &package);
  if (status == SEC_E_OK)
    status = (*table->AcquireCredentialsHandle)(NULL, package->Name, SECPKG_CRED_BOTH, NULL, NULL, NULL, NULL,
                                                credentials, &expiry);
  if (status == SEC_E_OK)
    status = table->InitializeSecurityContext(credentials, NULL, NULL, 0, 0, SECURITY_NETWORK_DREP, NULL, 0, context,
                                              NULL, &attributes, &expiry);
  if (status == SEC_E_OK) status = table->QueryContextAttributes(context, SECPKG_ATTR_FLAGS, &attributes);
  if (status == SEC_E_OK) status = table->QueryCredentialsAttributes(credentials, SECPKG_CRED_ATTR_NAMES, &package);
  if (status == SEC_E_OK) status = table->SetContextAttributes(context, SECPKG_ATTR_FLAGS, &attributes, 4);
  if (status == SEC_E_OK) status = table->AddCredentials(credentials, NULL, NULL, 0, NULL, NULL, NULL, &expiry);
  if (status == SEC_E_OK) status = table->ImportSecurityContext(NULL, NULL, NULL, context);
  if (status == SEC_E_OK) status = table->DeleteSecurityContext(context);
  if (status == SEC_E_OK) status = table->FreeCredentialsHandle(credentials);
  return table->FreeContextBuffer(package) == SEC_E_OK ? status : SEC_E_INTERNAL_ERROR;
}

/* Made: by position; the plain names of the functions stand for A or W ones. */
SecurityFunctionTable by_position = {
    SECURITY_SUPPORT_PROVIDER_INTERFACE_VERSION_5,
    EnumerateSecurityPackages,
    QueryCredentialsAttributes,
    AcquireCredentialsHandle,
    FreeCredentialsHandle,
    NULL,
    InitializeSecurityContext,
    AcceptSecurityContext,
    CompleteAuthToken,
    DeleteSecurityContext,
    ApplyControlToken,
    QueryContextAttributes,
    ImpersonateSecurityContext,
    RevertSecurityContext,
    MakeSignature,
    VerifySignature,
    FreeContextBuffer,
    QuerySecurityPackageInfo,
    NULL,
    NULL,
    ExportSecurityContext,
    ImportSecurityContext,
    AddCredentials,
    NULL,
    QuerySecurityContextToken,
    EncryptMessage,
    DecryptMessage,
    SetContextAttributes,
    SetCredentialsAttributes,
    ChangeAccountPassword,
    QueryContextAttributesEx,
    QueryCredentialsAttributesEx,
};

/* By designation, whole, in the order of the slots as C++20 wants it. */
SecurityFunctionTable whole = {
    .dwVersion = SECURITY_SUPPORT_PROVIDER_INTERFACE_VERSION_5,
    .EnumerateSecurityPackages = EnumerateSecurityPackages,
    .QueryCredentialsAttributes = QueryCredentialsAttributes,
    .AcquireCredentialsHandle = AcquireCredentialsHandle,
    .FreeCredentialsHandle = FreeCredentialsHandle,
    .Reserved2 = NULL,
    .InitializeSecurityContext = InitializeSecurityContext,
    .AcceptSecurityContext = AcceptSecurityContext,
    .CompleteAuthToken = CompleteAuthToken,
    .DeleteSecurityContext = DeleteSecurityContext,
    .ApplyControlToken = ApplyControlToken,
    .QueryContextAttributes = QueryContextAttributes,
    .ImpersonateSecurityContext = ImpersonateSecurityContext,
    .RevertSecurityContext = RevertSecurityContext,
    .MakeSignature = MakeSignature,
    .VerifySignature = VerifySignature,
    .FreeContextBuffer = FreeContextBuffer,
    .QuerySecurityPackageInfo = QuerySecurityPackageInfo,
    .Reserved3 = NULL,
    .Reserved4 = NULL,
    .ExportSecurityContext = ExportSecurityContext,
    .ImportSecurityContext = ImportSecurityContext,
    .AddCredentials = AddCredentials,
    .Reserved8 = NULL,
    .QuerySecurityContextToken = QuerySecurityContextToken,
    .EncryptMessage = EncryptMessage,
    .DecryptMessage = DecryptMessage,
    .SetContextAttributes = SetContextAttributes,
    .SetCredentialsAttributes = SetCredentialsAttributes,
    .ChangeAccountPassword = ChangeAccountPassword,
    .QueryContextAttributesEx = QueryContextAttributesEx,
    .QueryCredentialsAttributesEx = QueryCredentialsAttributesEx,
};

/* Some slots: C only. In C++ -Wextra asks for all of them, with these headers and with those of Windows. */
#ifndef __cplusplus
SecurityFunctionTable by_designation = {
    .dwVersion = SECURITY_SUPPORT_PROVIDER_INTERFACE_VERSION,
    .AcquireCredentialsHandle = AcquireCredentialsHandle,
    .InitializeSecurityContext = InitializeSecurityContext,
    .QueryContextAttributes = QueryContextAttributes,
    .SetContextAttributes = SetContextAttributes,
};
SecurityFunctionTableW by_wide_names = {
    .dwVersion = SECURITY_SUPPORT_PROVIDER_INTERFACE_VERSION,
    .EnumerateSecurityPackagesW = EnumerateSecurityPackagesW,
    .QueryCredentialsAttributesW = QueryCredentialsAttributesW,
    .AcquireCredentialsHandleW = AcquireCredentialsHandleW,
    .InitializeSecurityContextW = InitializeSecurityContextW,
    .QuerySecurityPackageInfoW = QuerySecurityPackageInfoW,
};
SecurityFunctionTableA by_ansi_names = {
    .dwVersion = SECURITY_SUPPORT_PROVIDER_INTERFACE_VERSION,
    .EnumerateSecurityPackagesA = EnumerateSecurityPackagesA,
    .QueryCredentialsAttributesA = QueryCredentialsAttributesA,
    .AcquireCredentialsHandleA = AcquireCredentialsHandleA,
    .InitializeSecurityContextA = InitializeSecurityContextA,
    .QuerySecurityPackageInfoA = QuerySecurityPackageInfoA,
};
#endif

/* Both forms in one source, whatever UNICODE says. */
PSecurityFunctionTableA ansi_table(VOID);
PSecurityFunctionTableW wide_table(VOID);
PSecurityFunctionTableA ansi_table(VOID) {
  INIT_SECURITY_INTERFACE_A entry = InitSecurityInterfaceA;
  PSecurityFunctionTableA table = entry();
  table->AcquireCredentialsHandleA = AcquireCredentialsHandleA;
  return table;
}
PSecurityFunctionTableW wide_table(VOID) {
  INIT_SECURITY_INTERFACE_W entry = InitSecurityInterfaceW;
  PSecurityFunctionTableW table = entry();
  table->AcquireCredentialsHandleW = AcquireCredentialsHandleW;
  return table;
}
