#include "authority/domain/domains.hpp"

#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

constexpr std::size_t max_audited_units = 256;

}  // namespace

Domains::Domains(Rooms rooms, Registry& registry, std::unique_ptr<CachedLogons> cached)
    : rooms_(rooms),
      door_(registry),
      directory_(door_, nt::to_utf16(rooms.accounts.domain_name()).value_or(u""), rooms.accounts.domain_sid()),
      check_(rooms.configuration, rooms.accounts, rooms.identities),
      cached_(std::move(cached)) {}

void Domains::record(const char* what, nt::Status status, std::u16string_view account, std::string detail) {
  AuditEvent event;
  event.event = what;
  event.status = status;
  event.package = door_.name();
  event.account = nt::to_utf8_lossy(account.substr(0, max_audited_units));
  event.detail = std::move(detail);
  rooms_.audit.record_of_host(event);
}

}  // namespace openlsa::authority
