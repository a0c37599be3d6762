/* The user-mode half of a test package. The packed context is {key, token value / 8}: messages are XORed with the key.
 */
#include <openlsa/ntsecpkg.h>
#include <openlsa/ntstatus.h>

#include <pthread.h>

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
EXPORT ULONG half_export_flags = 0;
EXPORT NTSTATUS half_export_status = STATUS_SUCCESS;
EXPORT ULONG half_export_size = 0; /* cbBuffer to lie with */
EXPORT HANDLE half_import_token = 0;
EXPORT LSA_SEC_HANDLE half_import_as = 0; /* the handle of the next import; 0: a new one */

/* Contexts come and go on several threads. */
static pthread_mutex_t changing = PTHREAD_MUTEX_INITIALIZER;

static int find_locked(LSA_SEC_HANDLE handle) {
  for (int i = 0; i < MAX_CONTEXTS; ++i)
    if (contexts[i].handle == handle) return i;
  return -1;
}

static int find(LSA_SEC_HANDLE handle) {
  pthread_mutex_lock(&changing);
  int at = find_locked(handle);
  pthread_mutex_unlock(&changing);
  return at;
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
  PVOID located = functions.LocatePackageById(9);
  pthread_mutex_lock(&changing);
  int at = find_locked(handle);
  if (at < 0) {
    at = find_locked(0);
    ++half_contexts;
  }
  contexts[at].handle = handle;
  contexts[at].key = ((UCHAR *)packed->pvBuffer)[0];
  contexts[at].token = ((UCHAR *)packed->pvBuffer)[1];
  half_located = located;
  pthread_mutex_unlock(&changing);
  functions.FreeHeap(packed->pvBuffer);
  return STATUS_SUCCESS;
}

static NTSTATUS NTAPI delete_context(LSA_SEC_HANDLE handle) {
  pthread_mutex_lock(&changing);
  int at = find_locked(handle);
  if (at >= 0) {
    contexts[at].handle = 0;
    --half_contexts;
  }
  pthread_mutex_unlock(&changing);
  return at >= 0 ? STATUS_SUCCESS : SEC_E_INVALID_HANDLE;
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
  if (attribute == 0x7ff0) { /* of the package alone: it fills 16 bytes, and the first says how it was asked */
    for (int i = 1; i < 16; ++i) ((UCHAR *)buffer)[i] = (UCHAR)i;
    return STATUS_SUCCESS;
  }
  if (attribute != SECPKG_ATTR_NAMES) return STATUS_NOT_SUPPORTED;
  PVOID copy = functions.AllocateHeap(sizeof name);
  __builtin_memcpy(copy, name, sizeof name);
  ((SecPkgContext_NamesW *)buffer)->sUserName = (SEC_WCHAR *)copy;
  return STATUS_SUCCESS;
}

/* {key, token / 8} as InitUserModeContext gets it. */
static NTSTATUS NTAPI export_context(LSA_SEC_HANDLE handle, ULONG flags, PSecBuffer packed, PHANDLE token) {
  int at = find(handle);
  half_export_flags = flags;
  if (at < 0) return SEC_E_INVALID_HANDLE;
  if (half_export_status != STATUS_SUCCESS) return half_export_status;
  packed->BufferType = SECBUFFER_DATA;
  packed->cbBuffer = half_export_size != 0 ? half_export_size : 2;
  packed->pvBuffer = functions.AllocateHeap(2);
  ((UCHAR *)packed->pvBuffer)[0] = contexts[at].key;
  ((UCHAR *)packed->pvBuffer)[1] = contexts[at].token;
  if (token) *token = (HANDLE)(ULONG_PTR)(contexts[at].token * 8u);
  return STATUS_SUCCESS;
}

static NTSTATUS NTAPI import_context(PSecBuffer packed, HANDLE token, PLSA_SEC_HANDLE handle) {
  static LSA_SEC_HANDLE next = 0x700000;
  if (packed->cbBuffer != 2 || packed->BufferType != SECBUFFER_DATA) return SEC_E_INVALID_TOKEN;
  *handle = half_import_as != 0 ? half_import_as : ++next;
  half_import_token = token;
  if (find(*handle) >= 0) return STATUS_SUCCESS; /* a mistake of the half's: two contexts of one name */
  int at = find(0);
  contexts[at].handle = *handle;
  contexts[at].key = ((UCHAR *)packed->pvBuffer)[0];
  contexts[at].token = (UCHAR)((ULONG_PTR)token / 8u);
  ++half_contexts;
  return STATUS_SUCCESS;
}

static NTSTATUS NTAPI complete(LSA_SEC_HANDLE handle, PSecBufferDesc token) {
  if (find(handle) < 0) return SEC_E_INVALID_HANDLE;
  return token->pBuffers[0].BufferType == SECBUFFER_TOKEN ? STATUS_SUCCESS : SEC_E_INVALID_TOKEN;
}

static NTSTATUS NTAPI format(PSecBuffer credentials, PSecBuffer formatted) {
  if (credentials->cbBuffer == 0) return SEC_E_NO_CREDENTIALS;
  formatted->BufferType = SECBUFFER_DATA;
  formatted->cbBuffer = credentials->cbBuffer;
  formatted->pvBuffer = functions.AllocateHeap(credentials->cbBuffer);
  __builtin_memcpy(formatted->pvBuffer, credentials->pvBuffer, credentials->cbBuffer);
  ((UCHAR *)formatted->pvBuffer)[0] = 'F';
  return STATUS_SUCCESS;
}

/* With "wild" the memory is none of AllocateHeap. */
static NTSTATUS NTAPI marshall(ULONG size, PUCHAR credentials, PULONG marshalled_size, PVOID *marshalled) {
  static UCHAR wild[4];
  *marshalled_size = size + 1;
  if (size == 4 && __builtin_memcmp(credentials, "wild", 4) == 0) {
    *marshalled = wild;
    return STATUS_SUCCESS;
  }
  *marshalled = functions.AllocateHeap(size + 1);
  ((UCHAR *)*marshalled)[0] = 'M';
  __builtin_memcpy((UCHAR *)*marshalled + 1, credentials, size);
  return STATUS_SUCCESS;
}

static NTSTATUS NTAPI marshal_attribute(ULONG info, ULONG attribute, ULONG size, PBYTE data, PULONG marshaled_size,
                                        PBYTE *marshaled) {
  *marshaled_size = size + 2;
  *marshaled = functions.AllocateHeap(size + 2);
  (*marshaled)[0] = (UCHAR)info;
  (*marshaled)[1] = (UCHAR)attribute;
  __builtin_memcpy(*marshaled + 2, data, size);
  return STATUS_SUCCESS;
}

static SECPKG_USER_FUNCTION_TABLE table = {
    .InstanceInit = instance_init,
    .InitUserModeContext = init_context,
    .SealMessage = seal,
    .UnsealMessage = unseal,
    .GetContextToken = get_token,
    .QueryContextAttributes = query,
    .CompleteAuthToken = complete,
    .DeleteUserModeContext = delete_context,
    .FormatCredentials = format,
    .MarshallSupplementalCreds = marshall,
    .ExportContext = export_context,
    .ImportContext = import_context,
    .MarshalAttributeData = marshal_attribute,
};

EXPORT NTSTATUS NTAPI SpUserModeInitialize(ULONG version, PULONG package_version, PSECPKG_USER_FUNCTION_TABLE *tables,
                                           PULONG count) {
  (void)version;
  *package_version = SECPKG_INTERFACE_VERSION_3;
  *tables = &table;
  *count = 1;
  return STATUS_SUCCESS;
}
