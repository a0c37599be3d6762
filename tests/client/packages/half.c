/* The user-mode half of a test package. The packed context is {key, token value / 8}: messages are XORed with the key. */
#include <openlsa/ntsecpkg.h>
#include <openlsa/ntstatus.h>

#define EXPORT __attribute__((visibility("default")))
#define MAX_CONTEXTS 64

static struct {
  LSA_SEC_HANDLE handle;
  UCHAR key;
  UCHAR token;
} contexts[MAX_CONTEXTS];
static SECPKG_DLL_FUNCTIONS functions;

/* For the test, which finds them with dlsym. */
EXPORT int half_instances = 0;
EXPORT int half_contexts = 0;
EXPORT void (*half_in_seal)(void) = 0;
EXPORT PVOID half_located = 0;

static int find(LSA_SEC_HANDLE handle) {
  for (int i = 0; i < MAX_CONTEXTS; ++i)
    if (contexts[i].handle == handle) return i;
  return -1;
}

static NTSTATUS reverse(ULONG_PTR argument1, ULONG_PTR argument2, PSecBuffer input, PSecBuffer output) {
  output->BufferType = SECBUFFER_DATA;
  output->cbBuffer = input->cbBuffer;
  output->pvBuffer = functions.AllocateHeap(input->cbBuffer);
  for (ULONG i = 0; i < input->cbBuffer; ++i)
    ((UCHAR *)output->pvBuffer)[i] = ((UCHAR *)input->pvBuffer)[input->cbBuffer - 1 - i];
  return argument1 == argument2 ? STATUS_SUCCESS : SEC_E_LOGON_DENIED;
}

static NTSTATUS NTAPI instance_init(ULONG version, PSECPKG_DLL_FUNCTIONS table, PVOID *unused) {
  (void)unused;
  if (version != SECPKG_INTERFACE_VERSION) return STATUS_INVALID_PARAMETER;
  functions = *table;
  ++half_instances;
  return functions.RegisterCallback(7, reverse);
}

static NTSTATUS NTAPI init_context(LSA_SEC_HANDLE handle, PSecBuffer packed) {
  int at = find(handle);
  if (at < 0) {
    at = find(0);
    ++half_contexts;
  }
  contexts[at].handle = handle;
  contexts[at].key = ((UCHAR *)packed->pvBuffer)[0];
  contexts[at].token = ((UCHAR *)packed->pvBuffer)[1];
  functions.FreeHeap(packed->pvBuffer);
  half_located = functions.LocatePackageById(9);
  return STATUS_SUCCESS;
}

static NTSTATUS NTAPI delete_context(LSA_SEC_HANDLE handle) {
  contexts[find(handle)].handle = 0;
  --half_contexts;
  return STATUS_SUCCESS;
}

static NTSTATUS NTAPI seal(LSA_SEC_HANDLE handle, ULONG quality, PSecBufferDesc message, ULONG number) {
  (void)quality;
  if (half_in_seal) half_in_seal();
  int at = find(handle);
  if (at < 0) return SEC_E_INVALID_HANDLE;
  for (ULONG i = 0; i < message->pBuffers[0].cbBuffer; ++i)
    ((UCHAR *)message->pBuffers[0].pvBuffer)[i] ^= contexts[at].key ^ (UCHAR)number;
  return STATUS_SUCCESS;
}

static NTSTATUS NTAPI unseal(LSA_SEC_HANDLE handle, PSecBufferDesc message, ULONG number, PULONG quality) {
  *quality = 3;
  return seal(handle, 0, message, number);
}

static NTSTATUS NTAPI get_token(LSA_SEC_HANDLE handle, PHANDLE token) {
  *token = (HANDLE)(ULONG_PTR)(contexts[find(handle)].token * 8u);
  return STATUS_SUCCESS;
}

static NTSTATUS NTAPI query(LSA_SEC_HANDLE handle, ULONG attribute, PVOID buffer) {
  static const unsigned short name[] = {'a', 'l', 'i', 'c', 0xe9, 0};
  (void)handle;
  if (attribute == SECPKG_ATTR_SIZES) {
    ((SecPkgContext_Sizes *)buffer)->cbMaxToken = 1234;
    return STATUS_SUCCESS;
  }
  if (attribute != SECPKG_ATTR_NAMES) return STATUS_NOT_SUPPORTED;
  PVOID copy = functions.AllocateHeap(sizeof name);
  __builtin_memcpy(copy, name, sizeof name);
  ((SecPkgContext_NamesW *)buffer)->sUserName = (SEC_WCHAR *)copy;
  return STATUS_SUCCESS;
}

static SECPKG_USER_FUNCTION_TABLE table = {
    .InstanceInit = instance_init,
    .InitUserModeContext = init_context,
    .SealMessage = seal,
    .UnsealMessage = unseal,
    .GetContextToken = get_token,
    .QueryContextAttributes = query,
    .DeleteUserModeContext = delete_context,
};

EXPORT NTSTATUS NTAPI SpUserModeInitialize(ULONG version, PULONG package_version, PSECPKG_USER_FUNCTION_TABLE *tables,
                                           PULONG count) {
  (void)version;
  *package_version = SECPKG_INTERFACE_VERSION_3;
  *tables = &table;
  *count = 1;
  return STATUS_SUCCESS;
}
