// Domain doors that are refused, one per BROKEN_... macro.
#include <openlsa/ntstatus.h>
#include <openlsa/openlsa_domain.h>

#include <stdexcept>

namespace {

NTSTATUS log_on(const OPENLSA_DOMAIN_ATTEMPT*, OPENLSA_DOMAIN_ACCOUNT*) { return STATUS_NO_SUCH_USER; }
NTSTATUS look_up(PSID, PCUNICODE_STRING, PCUNICODE_STRING, OPENLSA_DOMAIN_ACCOUNT*) { return STATUS_NONE_MAPPED; }
void free_account(OPENLSA_DOMAIN_ACCOUNT*) {}
NTSTATUS enumerate(OPENLSA_DOMAIN_NAME**, ULONG*) { return STATUS_NO_LOGON_SERVERS; }
void free_domains(OPENLSA_DOMAIN_NAME*, ULONG) {}

OPENLSA_DOMAIN_INTERFACE table{sizeof(OPENLSA_DOMAIN_INTERFACE),
                               OPENLSA_DOMAIN_INTERFACE_VERSION,
                               log_on,
                               look_up,
                               free_account,
                               enumerate,
                               free_domains,
                               nullptr};
#ifdef BROKEN_HEAP
OPENLSA_DOMAIN_INTERFACE* const heap_table = new OPENLSA_DOMAIN_INTERFACE(table);
#endif

}  // namespace

extern "C" __attribute__((visibility("default"))) NTSTATUS
OpenlsaDomainInitialize(ULONG, const OPENLSA_DOMAIN_INTERFACE** out) {
  *out = &table;
#if defined(BROKEN_NO_TABLE)
  *out = nullptr;
#elif defined(BROKEN_HEAP)
  *out = heap_table;
#elif defined(BROKEN_VERSION)
  table.Version = 2;
#elif defined(BROKEN_SIZE)
  table.Size = sizeof table - 1;
#elif defined(BROKEN_MISSING)
  table.FreeDomains = nullptr;
#elif defined(BROKEN_SLOT)
  table.ChangePassword = reinterpret_cast<decltype(table.ChangePassword)>(&table);  // data, not code
#elif defined(BROKEN_FAILS)
  return STATUS_DLL_NOT_FOUND;
#elif defined(BROKEN_THROWS)
  throw std::runtime_error("no");
#endif
  return STATUS_SUCCESS;
}
