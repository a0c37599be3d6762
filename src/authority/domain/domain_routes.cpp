// Which names are judged where. The machine's own accounts come first: its domain, ".", and a bare name that an account
// here has are never asked of the door. "If the specified domain name is not trusted by the domain, the authentication
// request is processed on the computer being connected to" (NTLM user authentication): so a domain that nobody knows
// says nothing, once it is known which there are. Until then such a name is judged nowhere but in the cache, or an
// account of a domain could become one of this machine because its domain is away.
#include "authority/domain/domains.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

bool is_own(const DomainDirectory& directory, std::u16string_view domain) {
  return domain == u"." || nt::equal_names(domain, directory.own_name());
}

}  // namespace

bool Domains::may_be_elsewhere(std::u16string_view user, std::u16string_view domain) const {
  const std::size_t at = user.rfind(u'@');
  if (user.empty() || user.find(u'\\') != user.npos || is_own(directory_, domain)) return false;
  if (at != user.npos && (!domain.empty() || is_own(directory_, user.substr(at + 1)))) return false;  // two are none
  // Before any account is looked at: without a door it makes no difference whether there is one.
  if (!door_.is_registered()) return false;
  if (at == user.npos && domain.empty() && rooms_.accounts.find_by_name(user)) return false;
  return route_by_list(domain, !directory_.is_due()).value_or(Route::elsewhere) == Route::elsewhere;
}

Route Domains::route(std::u16string_view user, std::u16string_view domain, DomainDoor::Deadline until) {
  if (!may_be_elsewhere(user, domain)) return Route::here;
  if (directory_.up_to_date(until) == nullptr) return Route::unknown;
  return route_by_list(domain, true).value_or(Route::here);
}

std::optional<Route> Domains::route_by_list(std::u16string_view domain, bool fresh) const {
  const auto domains = directory_.known();
  if (domains == nullptr) return std::nullopt;
  // Without a domain: the machine's own one, or whose a user principal name is.
  if (domain.empty() || find_domain(*domains, domain) != nullptr) return Route::elsewhere;
  return fresh ? std::optional(Route::here) : std::nullopt;
}

void Domains::fill_domain(const std::u16string& user, std::u16string& domain) const {
  if (!domain.empty() || user.find(u'@') != user.npos) return;
  if (const auto domains = directory_.known(); domains != nullptr && !domains->empty())
    domain = domains->front().netbios;
}

}  // namespace openlsa::authority
