/* A file with three packages: the initialisation of the second fails, the others stay and keep their ids. */
#include <openlsa/ntsecpkg.h>
#include <openlsa/ntstatus.h>
#include <openlsa/windows.h>

#include <string.h>

static PLSA_SECPKG_FUNCTION_TABLE lsa;
static ULONG_PTR ids[3];
static SECPKG_FUNCTION_TABLE tables[3];

static NTSTATUS NTAPI initialize_first(ULONG_PTR id, PSECPKG_PARAMETERS parameters, PLSA_SECPKG_FUNCTION_TABLE table) {
  (void)parameters;
  lsa = table;
  ids[0] = id;
  return STATUS_SUCCESS;
}

static NTSTATUS NTAPI initialize_fails(ULONG_PTR id, PSECPKG_PARAMETERS parameters, PLSA_SECPKG_FUNCTION_TABLE table) {
  (void)parameters, (void)table;
  ids[1] = id;
  return STATUS_NO_SUCH_DOMAIN;
}

static NTSTATUS NTAPI initialize_last(ULONG_PTR id, PSECPKG_PARAMETERS parameters, PLSA_SECPKG_FUNCTION_TABLE table) {
  (void)parameters, (void)table;
  ids[2] = id;
  return STATUS_SUCCESS;
}

static NTSTATUS NTAPI shut_down(VOID) { return STATUS_SUCCESS; }

static NTSTATUS fill_info(PSecPkgInfoW info, const WCHAR *name) {
  info->fCapabilities = SECPKG_FLAG_LOGON;
  info->wVersion = SECURITY_SUPPORT_PROVIDER_INTERFACE_VERSION;
  info->wRPCID = SECPKG_ID_NONE;
  info->cbMaxToken = 0;
  info->Name = (SEC_WCHAR *)name;
  info->Comment = (SEC_WCHAR *)name;
  return STATUS_SUCCESS;
}
static NTSTATUS NTAPI info_first(PSecPkgInfoW info) { return fill_info(info, OPENLSA_WIDE("FailingFirst")); }
static NTSTATUS NTAPI info_fails(PSecPkgInfoW info) { return fill_info(info, OPENLSA_WIDE("FailingSecond")); }
static NTSTATUS NTAPI info_last(PSecPkgInfoW info) { return fill_info(info, OPENLSA_WIDE("FailingThird")); }

/* Answers with the ids: consecutive, that of the dropped package included. */
static NTSTATUS NTAPI call_package(PLSA_CLIENT_REQUEST request, PVOID submit, PVOID base, ULONG size, PVOID *returned,
                                   PULONG returned_size, PNTSTATUS protocol_status) {
  ULONG answer[3];
  NTSTATUS status;
  int i;
  (void)submit, (void)base, (void)size;
  for (i = 0; i < 3; ++i) answer[i] = (ULONG)ids[i];
  *protocol_status = STATUS_SUCCESS;
  *returned_size = sizeof answer;
  status = lsa->AllocateClientBuffer(request, sizeof answer, returned);
  if (!NT_SUCCESS(status)) return status;
  return lsa->CopyToClientBuffer(request, sizeof answer, *returned, answer);
}

__attribute__((visibility("default"))) NTSTATUS NTAPI SpLsaModeInitialize(ULONG LsaVersion, PULONG PackageVersion,
                                                                          PSECPKG_FUNCTION_TABLE *ppTables,
                                                                          PULONG pcTables) {
  int i;
  (void)LsaVersion;
  for (i = 0; i < 3; ++i) {
    tables[i].Shutdown = shut_down;
    tables[i].CallPackage = call_package;
    tables[i].CallPackageUntrusted = call_package;
  }
  tables[0].Initialize = initialize_first;
  tables[1].Initialize = initialize_fails;
  tables[2].Initialize = initialize_last;
  tables[0].GetInfo = info_first;
  tables[1].GetInfo = info_fails;
  tables[2].GetInfo = info_last;
  *PackageVersion = SECPKG_INTERFACE_VERSION_10;
  *ppTables = tables;
  *pcTables = 3;
  return STATUS_SUCCESS;
}
