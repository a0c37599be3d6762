#include <algorithm>
#include <map>
#include <memory>
#include <mutex>

#include "functions.hpp"
#include "guarded.hpp"
#include "library.hpp"
#include "statuses.hpp"
#include "storage.hpp"

namespace winbind {
namespace {

// What was given and is not freed yet, by its first element.
std::mutex mutex;
std::map<const OPENLSA_DOMAIN_NAME*, std::unique_ptr<Storage>> given;

// Not this machine's own accounts and its Builtin, which winbindd lists, too.
bool is_of_a_directory(const wbc::DomainInfo& domain) {
  return domain.trust_type != wbc::trust_is_local && domain.sid.count != 0 && domain.short_name != nullptr &&
         *domain.short_name != '\0';
}

bool is_of_this_machine(const wbc::DomainInfo& domain) {
  return (domain.domain_flags & wbc::domain_is_primary) != 0 ||
         (domain.trust_type >= wbc::machine_is_workstation && domain.trust_type <= wbc::machine_is_primary_controller);
}

bool add(const wbc::DomainInfo& domain, Storage& storage) {
  OPENLSA_DOMAIN_NAME name{};
  name.Sid = storage.sid(domain.sid);
  if (name.Sid == nullptr || !storage.text(domain.short_name, name.Netbios) || !storage.text(domain.dns_name, name.Dns))
    return false;
  storage.domains.push_back(name);
  return true;
}

}  // namespace

NTSTATUS enumerate_domains(OPENLSA_DOMAIN_NAME** Domains, ULONG* Count) {
  return guarded([&]() -> NTSTATUS {
    const Connection connection;
    if (!connection) return STATUS_NO_MEMORY;
    Given<wbc::DomainInfo> list;
    std::size_t count = 0;
    if (const wbc::Error result = library().wbcCtxListTrusts(connection.get(), list.out(), &count);
        result != wbc::success)
      return status_of(result, nullptr);
    note_winbind_answers();
    auto storage = std::make_unique<Storage>();
    for (const bool primary : {true, false})  // this machine's comes first
      for (std::size_t i = 0; list && i < count; ++i) {
        const wbc::DomainInfo& domain = list.get()[i];
        if (is_of_this_machine(domain) == primary && is_of_a_directory(domain) && !add(domain, *storage))
          return STATUS_INTERNAL_ERROR;
      }
    OPENLSA_DOMAIN_NAME* const first = storage->domains.data();
    const auto size = static_cast<ULONG>(storage->domains.size());
    if (size != 0) {
      const std::lock_guard lock(mutex);
      given[first] = std::move(storage);
    }
    *Domains = first;
    *Count = size;
    return STATUS_SUCCESS;
  });
}

void free_domains(OPENLSA_DOMAIN_NAME* Domains, ULONG) {
  const std::lock_guard lock(mutex);
  given.erase(Domains);
}

}  // namespace winbind
