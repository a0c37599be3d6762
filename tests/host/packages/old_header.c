/* As built with another header: no ELF note, and tables that end with the slots of SECPKG_INTERFACE_VERSION, packed
 * one behind the other. What lies behind the last slot must not be read. */
#define OPENLSA_NO_PACKAGE_NOTE
#include <openlsa/ntsecpkg.h>
#include <openlsa/ntstatus.h>

typedef struct {
  const void *slots[27];
} OLD_TABLE;

static SEC_WCHAR first_name[] = {'F', 'i', 'r', 's', 't', 0};
static SEC_WCHAR second_name[] = {'S', 'e', 'c', 'o', 'n', 'd', 0};
static SEC_WCHAR no_comment[] = {0};

static NTSTATUS information(PSecPkgInfoW info, SEC_WCHAR *name) {
  info->wVersion = 1;
  info->Name = name;
  info->Comment = no_comment;
  return STATUS_SUCCESS;
}
static NTSTATUS NTAPI first(PSecPkgInfoW info) { return information(info, first_name); }
static NTSTATUS NTAPI second(PSecPkgInfoW info) { return information(info, second_name); }

static struct {
  OLD_TABLE tables[2];
  const void *behind[16];
} memory = {{{{[10] = (const void *)first}}, {{[10] = (const void *)second}}}, {&memory, &memory, &memory}};

__attribute__((visibility("default"))) NTSTATUS NTAPI SpLsaModeInitialize(ULONG lsa_version, PULONG version,
                                                                          PSECPKG_FUNCTION_TABLE *tables,
                                                                          PULONG count) {
  (void)lsa_version;
  *version = SECPKG_INTERFACE_VERSION;
  *tables = (PSECPKG_FUNCTION_TABLE)&memory;
  *count = 2;
  return STATUS_SUCCESS;
}
