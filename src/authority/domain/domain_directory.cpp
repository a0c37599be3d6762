#include "authority/domain/domain_directory.hpp"

#include <algorithm>

#include "authority/names/known_sids.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

constexpr std::size_t longest_netbios = 15;
constexpr std::size_t longest_dns = 255;

bool is_name(std::u16string_view name, std::size_t most) {
  return !name.empty() && name.size() <= most && nt::to_utf8(name) &&
         std::none_of(name.begin(), name.end(),
                      [](char16_t c) { return c <= u' ' || c == u'\\' || c == u'@' || c == 0x7f; });
}

bool is_well_known(std::u16string_view name) {
  const auto known = known_domains();
  return std::any_of(known.begin(), known.end(),
                     [&](const KnownDomain& domain) { return nt::equal_names(domain.name, name); });
}

// S-1-5-21-x-y-z
bool is_domain_sid(const nt::Sid& sid) {
  return sid.authority() == 5 && sid.count() == 4 && sid.sub_authority(0) == 21;
}

}  // namespace

const seam::DomainName* find_domain(const DomainList& domains, std::u16string_view name) {
  if (name.empty()) return nullptr;
  for (const seam::DomainName& domain : domains)
    if (nt::equal_names(domain.netbios, name) || nt::equal_names(domain.dns, name)) return &domain;
  return nullptr;
}

const seam::DomainName* find_domain(const DomainList& domains, const nt::Sid& sid) {
  for (const seam::DomainName& domain : domains)
    if (domain.sid == sid) return &domain;
  return nullptr;
}

std::shared_ptr<const DomainList> DomainDirectory::known() const {
  base::MutexLock lock(mutex_);
  return list_;
}

bool DomainDirectory::is_due() const {
  base::MutexLock lock(mutex_);
  return Clock::now() >= next_;
}

void DomainDirectory::forget() {
  base::MutexLock lock(mutex_);
  list_ = nullptr;
  next_ = {};
}

// What is not a domain of somebody else is left out: the door cannot speak for this machine's own accounts, nor for the
// domains that every machine has. winbind lists BUILTIN and the machine itself.
DomainList DomainDirectory::sound(DomainList said) const {
  DomainList domains;
  for (seam::DomainName& domain : said) {
    if (domains.size() == max_domains) break;
    if (!is_domain_sid(domain.sid) || domain.sid == own_sid_ || !is_name(domain.netbios, longest_netbios)) continue;
    if (!is_name(domain.dns, longest_dns)) domain.dns.clear();
    const auto is_taken = [&](std::u16string_view name) {
      return nt::equal_names(name, own_name_) || is_well_known(name) || find_domain(domains, name) != nullptr;
    };
    if (is_taken(domain.netbios) || find_domain(domains, domain.sid) != nullptr) continue;
    if (!domain.dns.empty() && is_taken(domain.dns)) domain.dns.clear();
    domains.push_back(std::move(domain));
  }
  return domains;
}

std::shared_ptr<const DomainList> DomainDirectory::up_to_date(DomainDoor::Deadline until) {
  {
    base::MutexLock lock(mutex_);
    while (asking_)
      if (answered_.wait_until(mutex_, until) == std::cv_status::timeout) return list_;
    if (Clock::now() < next_) return list_;
    asking_ = true;
  }
  seam::EnumerateDomainsReply reply = door_.enumerate(until);
  DomainList domains;
  if (reply.status == STATUS_SUCCESS) domains = sound(std::move(reply.domains));
  base::MutexLock lock(mutex_);
  asking_ = false;
  // A door that knows no domain is one that does not know them yet.
  const bool came = !domains.empty();
  if (came) list_ = std::make_shared<const DomainList>(std::move(domains));
  next_ = Clock::now() + (came ? keeps : tries_again_after);
  answered_.notify_all();
  return list_;
}

}  // namespace openlsa::authority
