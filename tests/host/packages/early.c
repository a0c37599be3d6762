/* Two packages that register a notification in SpInitialize; the second then fails. */
#include <openlsa/windows.h>

#include "observed.h"

__attribute__((visibility("default"))) OBSERVED test_observed;

static PLSA_SECPKG_FUNCTION_TABLE lsa;
static HANDLE event; /* signalled from the beginning */

static DWORD WINAPI notified(LPVOID parameter) {
  (void)parameter;
  test_observed.InitializedWhenNotified = test_observed.Initialized;
  ++test_observed.Notified;
  return 0;
}

static DWORD WINAPI notified_of_dropped(LPVOID parameter) {
  (void)parameter;
  ++test_observed.NotifiedOfDropped;
  return 0;
}

static NTSTATUS NTAPI initialize(ULONG_PTR id, PSECPKG_PARAMETERS parameters, PLSA_SECPKG_FUNCTION_TABLE table) {
  (void)id, (void)parameters;
  lsa = table;
  event = CreateEventA(NULL, TRUE, TRUE, NULL);
  ++test_observed.Initialized;
  return lsa->RegisterNotification(notified, NULL, NOTIFIER_TYPE_HANDLE_WAIT, 0, 0, 0, event) != NULL
             ? STATUS_SUCCESS
             : STATUS_UNSUCCESSFUL;
}

static NTSTATUS NTAPI initialize_fails(ULONG_PTR id, PSECPKG_PARAMETERS parameters, PLSA_SECPKG_FUNCTION_TABLE table) {
  (void)id, (void)parameters, (void)table;
  ++test_observed.Initialized;
  lsa->RegisterNotification(notified_of_dropped, NULL, NOTIFIER_TYPE_HANDLE_WAIT, 0, 0, 0, event);
  lsa->RegisterNotification(notified_of_dropped, NULL, NOTIFIER_TYPE_IMMEDIATE, 0, NOTIFIER_FLAG_NEW_THREAD, 0, NULL);
  return STATUS_UNSUCCESSFUL;
}

static NTSTATUS NTAPI get_info(PSecPkgInfoW info) {
  info->wVersion = 1;
  info->Name = (SEC_WCHAR *)OPENLSA_WIDE("Early");
  info->Comment = info->Name;
  return STATUS_SUCCESS;
}

static SECPKG_FUNCTION_TABLE tables[2] = {{.Initialize = initialize, .GetInfo = get_info},
                                          {.Initialize = initialize_fails, .GetInfo = get_info}};

__attribute__((visibility("default"))) NTSTATUS NTAPI SpLsaModeInitialize(ULONG lsa_version, PULONG version,
                                                                          PSECPKG_FUNCTION_TABLE *out, PULONG count) {
  (void)lsa_version;
  *version = SECPKG_INTERFACE_VERSION;
  *out = tables;
  *count = 2;
  return STATUS_SUCCESS;
}
