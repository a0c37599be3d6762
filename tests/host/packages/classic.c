/* A classic authentication package: exported LsaAp functions, and the habit of taking the dispatch table for the head
 * of the whole support table. */
#include <string.h>

#include "observed.h"

#define EXPORT __attribute__((visibility("default")))

EXPORT OBSERVED test_observed;

static PLSA_SECPKG_FUNCTION_TABLE lsa;

EXPORT NTSTATUS NTAPI LsaApInitializePackage(ULONG id, PLSA_DISPATCH_TABLE table, PLSA_STRING database,
                                             PLSA_STRING confidentiality, PLSA_STRING *name) {
  static const char text[] = "Classic";
  lsa = (PLSA_SECPKG_FUNCTION_TABLE)table;
  test_observed.LastPackageId = id;
  test_observed.FullTable = lsa->AllocatePrivateHeap != NULL && lsa->GetClientInfo != NULL;
  if (database != NULL || confidentiality != NULL) return STATUS_INVALID_PARAMETER;
  *name = (PLSA_STRING)table->AllocateLsaHeap(sizeof(LSA_STRING));
  (*name)->Buffer = (PCHAR)table->AllocateLsaHeap(sizeof text);
  memcpy((*name)->Buffer, text, sizeof text);
  (*name)->Length = sizeof text - 1;
  (*name)->MaximumLength = sizeof text;
  ++test_observed.Initialized;
  return STATUS_SUCCESS;
}

EXPORT NTSTATUS NTAPI LsaApLogonUser(PLSA_CLIENT_REQUEST request, SECURITY_LOGON_TYPE type, PVOID submit, PVOID base,
                                     ULONG size, PVOID *profile, PULONG profile_size, PLUID logon_id,
                                     PNTSTATUS sub_status, PLSA_TOKEN_INFORMATION_TYPE information_type,
                                     PVOID *information, PLSA_UNICODE_STRING *account,
                                     PLSA_UNICODE_STRING *authority) {
  (void)request, (void)type, (void)submit, (void)base, (void)size, (void)profile, (void)profile_size;
  (void)sub_status, (void)account, (void)authority;
  PLSA_TOKEN_INFORMATION_NULL null = (PLSA_TOKEN_INFORMATION_NULL)lsa->AllocateLsaHeap(sizeof *null);
  null->ExpirationTime.QuadPart = 7;
  logon_id->LowPart = 0x77;
  *information_type = LsaTokenInformationNull;
  *information = null;
  return STATUS_SUCCESS;
}

EXPORT VOID NTAPI LsaApLogonTerminated(PLUID logon_id) {
  (void)logon_id;
  ++test_observed.Terminated;
}
