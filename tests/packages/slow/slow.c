/* A leg and a CallPackage take a third of a second. SpShutdown while one is inside, and an object freed afterwards, end
 * the process. For the target "overlong" a leg stays longer than a shutdown waits, and nothing ends the process. A thread
 * of the package's own uses the heap all the time. */
#include <openlsa/ntsecpkg.h>
#include <openlsa/ntstatus.h>
#include <openlsa/winerror.h>
#include <openlsa/windows.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

/* A thread of an earlier loading may still use it: the file stays mapped. */
static PLSA_SECPKG_FUNCTION_TABLE _Atomic lsa;
static atomic_int inside;
static atomic_int is_down;
static atomic_int overlong;

static void *use_heap(void *unused) {
  (void)unused;
  for (;;) lsa->FreeLsaHeap(lsa->AllocateLsaHeap(32));
  return NULL;
}

static NTSTATUS NTAPI initialize(ULONG_PTR id, PSECPKG_PARAMETERS parameters, PLSA_SECPKG_FUNCTION_TABLE table) {
  pthread_t thread;
  (void)id, (void)parameters;
  lsa = table;
  atomic_store(&is_down, 0); /* the file stayed mapped */
  atomic_store(&overlong, 0);
  return pthread_create(&thread, NULL, use_heap, NULL) == 0 ? STATUS_SUCCESS : STATUS_NO_MEMORY;
}

static NTSTATUS NTAPI shut_down(VOID) {
  if (atomic_load(&inside) != 0) abort();
  atomic_store(&is_down, 1);
  return STATUS_SUCCESS;
}

static NTSTATUS NTAPI info(PSecPkgInfoW package) {
  package->fCapabilities = SECPKG_FLAG_CONNECTION | SECPKG_FLAG_LOGON;
  package->wVersion = SECURITY_SUPPORT_PROVIDER_INTERFACE_VERSION;
  package->wRPCID = SECPKG_ID_NONE;
  package->cbMaxToken = 64;
  package->Name = (SEC_WCHAR *)OPENLSA_WIDE("Slow");
  package->Comment = (SEC_WCHAR *)OPENLSA_WIDE("takes its time");
  return STATUS_SUCCESS;
}

static NTSTATUS NTAPI acquire(PUNICODE_STRING principal, ULONG use, PLUID luid, PVOID data, PVOID get_key, PVOID argument,
                              PLSA_SEC_HANDLE handle, PTimeStamp expiry) {
  (void)principal, (void)use, (void)luid, (void)data, (void)get_key, (void)argument;
  *handle = 7;
  expiry->QuadPart = 0x7fffffffffffffff;
  return SEC_E_OK;
}

static NTSTATUS NTAPI free_object(LSA_SEC_HANDLE handle) {
  (void)handle;
  if (atomic_load(&is_down) && !atomic_load(&overlong)) abort();
  return SEC_E_OK;
}

static NTSTATUS NTAPI initiate(LSA_SEC_HANDLE credential, LSA_SEC_HANDLE context, PUNICODE_STRING target,
                               ULONG requirements, ULONG representation, PSecBufferDesc input, PLSA_SEC_HANDLE fresh,
                               PSecBufferDesc output, PULONG attributes, PTimeStamp expiry, PBOOLEAN mapped,
                               PSecBuffer data) {
  const int stays = target->Length == 2 * (sizeof "overlong" - 1);
  (void)credential, (void)context, (void)requirements, (void)representation, (void)input, (void)data;
  if (stays) atomic_store(&overlong, 1);
  atomic_fetch_add(&inside, stays ? 0 : 1);
  usleep(stays ? 2600000 : 300000);
  *fresh = 9;
  *attributes = 0;
  *mapped = FALSE;
  expiry->QuadPart = 0x7fffffffffffffff;
  output->pBuffers[0].cbBuffer = 0;
  atomic_fetch_sub(&inside, stays ? 0 : 1);
  return SEC_I_CONTINUE_NEEDED;
}

static NTSTATUS NTAPI call_package(PLSA_CLIENT_REQUEST request, PVOID submit, PVOID base, ULONG size, PVOID *returned,
                                   PULONG returned_size, PNTSTATUS protocol_status) {
  (void)request, (void)submit, (void)base, (void)size;
  atomic_fetch_add(&inside, 1);
  usleep(300000);
  *returned = NULL;
  *returned_size = 0;
  *protocol_status = STATUS_SUCCESS;
  atomic_fetch_sub(&inside, 1);
  return STATUS_SUCCESS;
}

static SECPKG_FUNCTION_TABLE table = {.Initialize = initialize,
                                      .Shutdown = shut_down,
                                      .GetInfo = info,
                                      .CallPackageUntrusted = call_package,
                                      .AcquireCredentialsHandleW = acquire,
                                      .FreeCredentialsHandle = free_object,
                                      .InitLsaModeContext = initiate,
                                      .DeleteContext = free_object};

__attribute__((visibility("default"))) NTSTATUS NTAPI SpLsaModeInitialize(ULONG version, PULONG package_version,
                                                                          PSECPKG_FUNCTION_TABLE *tables, PULONG count) {
  (void)version;
  *package_version = SECPKG_INTERFACE_VERSION;
  *tables = &table;
  *count = 1;
  return STATUS_SUCCESS;
}
