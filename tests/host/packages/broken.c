/* Files that are refused, one per BROKEN_... macro. */
#include <stdlib.h>

#include <openlsa/ntsecpkg.h>
#include <openlsa/ntstatus.h>

static NTSTATUS NTAPI initialize(ULONG_PTR id, PSECPKG_PARAMETERS parameters, PLSA_SECPKG_FUNCTION_TABLE table) {
  (void)id, (void)parameters, (void)table;
  return STATUS_SUCCESS;
}

static SECPKG_FUNCTION_TABLE table = {.Initialize = initialize};

#if defined(BROKEN_HEAP)
static PSECPKG_FUNCTION_TABLE heap_table;
__attribute__((destructor)) static void free_table(void) { free(heap_table); }
#endif

__attribute__((visibility("default"))) NTSTATUS NTAPI SpLsaModeInitialize(ULONG lsa_version, PULONG version,
                                                                          PSECPKG_FUNCTION_TABLE *tables,
                                                                          PULONG count) {
  (void)lsa_version;
  *version = SECPKG_INTERFACE_VERSION;
  *tables = &table;
  *count = 1;
#if defined(BROKEN_VERSION)
  *version = 3;
#elif defined(BROKEN_NO_TABLES)
  *count = 0;
#elif defined(BROKEN_COUNT)
  *count = 65;
#elif defined(BROKEN_BEYOND)
  *count = 64; /* plausible, but not all of them lie in the file */
#elif defined(BROKEN_NULL)
  *tables = NULL;
#elif defined(BROKEN_HEAP)
  *tables = heap_table = (PSECPKG_FUNCTION_TABLE)calloc(1, sizeof table);
#elif defined(BROKEN_SLOT)
  table.GetInfo = (SpGetInfoFn *)&table; /* data, not code */
#elif defined(BROKEN_FAILS)
  return STATUS_INSUFFICIENT_RESOURCES;
#endif
  return STATUS_SUCCESS;
}
