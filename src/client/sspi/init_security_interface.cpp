// The function tables: static, complete to the newest slot, and the same as the exported names.
#include <openlsa/sspi.h>

namespace {

// Reserved3 and Reserved4 once were SealMessage and UnsealMessage; programs still find EncryptMessage and
// DecryptMessage there. The other reserved slots must be NULL.
void* as_reserved(ENCRYPT_MESSAGE_FN function) { return reinterpret_cast<void*>(function); }
void* as_reserved(DECRYPT_MESSAGE_FN function) { return reinterpret_cast<void*>(function); }

#define OPENLSA_SSPI_TABLE(Form)                  \
  {SECURITY_SUPPORT_PROVIDER_INTERFACE_VERSION_5, \
   EnumerateSecurityPackages##Form,               \
   QueryCredentialsAttributes##Form,              \
   AcquireCredentialsHandle##Form,                \
   FreeCredentialsHandle,                         \
   nullptr,                                       \
   InitializeSecurityContext##Form,               \
   AcceptSecurityContext,                         \
   CompleteAuthToken,                             \
   DeleteSecurityContext,                         \
   ApplyControlToken,                             \
   QueryContextAttributes##Form,                  \
   ImpersonateSecurityContext,                    \
   RevertSecurityContext,                         \
   MakeSignature,                                 \
   VerifySignature,                               \
   FreeContextBuffer,                             \
   QuerySecurityPackageInfo##Form,                \
   as_reserved(EncryptMessage),                   \
   as_reserved(DecryptMessage),                   \
   ExportSecurityContext,                         \
   ImportSecurityContext##Form,                   \
   AddCredentials##Form,                          \
   nullptr,                                       \
   QuerySecurityContextToken,                     \
   EncryptMessage,                                \
   DecryptMessage,                                \
   SetContextAttributes##Form,                    \
   SetCredentialsAttributes##Form,                \
   ChangeAccountPassword##Form,                   \
   QueryContextAttributesEx##Form,                \
   QueryCredentialsAttributesEx##Form}

}  // namespace

PSecurityFunctionTableA InitSecurityInterfaceA(void) {
  static SecurityFunctionTableA table = OPENLSA_SSPI_TABLE(A);
  return &table;
}

PSecurityFunctionTableW InitSecurityInterfaceW(void) {
  static SecurityFunctionTableW table = OPENLSA_SSPI_TABLE(W);
  return &table;
}
