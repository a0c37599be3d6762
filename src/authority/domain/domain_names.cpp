// Names of domains and of their accounts. What is remembered is told at once; the door is asked only about its own
// domains, and only in calls that may wait.
#include "authority/domain/domains.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

Translation translation_of(const DomainIdentity& identity) {
  return {NameUse::user, identity.user, identity.user_name, identity.domain_name, identity.user.domain()};
}

Translation translation_of(const seam::DomainName& domain) {
  return {NameUse::domain, domain.sid, u"", domain.netbios, domain.sid};
}

// "DOMAIN\name", "name@domain", or "name", which may be a domain or an account of the machine's own one.
struct Parts {
  std::u16string_view domain;
  std::u16string_view user;
  bool isolated = false;
};
Parts parts_of(std::u16string_view name) {
  if (const std::size_t separator = name.find(u'\\'); separator != name.npos)
    return {name.substr(0, separator), name.substr(separator + 1)};
  if (const std::size_t at = name.rfind(u'@'); at != name.npos && at != 0)
    return {name.substr(at + 1), name.substr(0, at)};
  return {{}, name, true};
}

}  // namespace

std::optional<Translation> Domains::translate(std::u16string_view name, DoorQuestions* questions) {
  if (!door_.is_registered()) return std::nullopt;
  const auto domains = questions != nullptr ? directory_.up_to_date(questions->until) : directory_.known();
  if (domains == nullptr || domains->empty()) return std::nullopt;
  Parts parts = parts_of(name);
  if (parts.isolated) {
    if (const seam::DomainName* domain = find_domain(*domains, parts.user)) return translation_of(*domain);
    parts.domain = domains->front().netbios;
  }
  const seam::DomainName* domain = find_domain(*domains, parts.domain);
  if (domain == nullptr) return std::nullopt;
  if (parts.user.empty()) return translation_of(*domain);
  if (parts.user.find(u'\\') != parts.user.npos) return std::nullopt;
  if (const auto known = rooms_.identities.find(domain->netbios, parts.user)) return translation_of(*known);
  return ask({std::u16string(parts.user), domain->netbios, std::nullopt}, name, questions);
}

std::optional<Translation> Domains::translate(const nt::Sid& sid, DoorQuestions* questions) {
  if (!door_.is_registered()) return std::nullopt;
  const auto domains = questions != nullptr ? directory_.up_to_date(questions->until) : directory_.known();
  if (domains == nullptr) return std::nullopt;
  if (const seam::DomainName* domain = find_domain(*domains, sid)) return translation_of(*domain);
  if (find_domain(*domains, sid.domain()) == nullptr) return std::nullopt;
  if (const auto known = rooms_.identities.find(sid)) return translation_of(*known);
  seam::LookUpDomainAccountRequest request;
  request.sid = sid;
  return ask(std::move(request), u"", questions);
}

std::optional<Translation> Domains::ask(seam::LookUpDomainAccountRequest request, std::u16string_view asked,
                                        DoorQuestions* questions) {
  if (questions == nullptr || questions->left == 0 || DomainDirectory::Clock::now() >= questions->until)
    return std::nullopt;
  --questions->left;
  const std::optional<nt::Sid> sid = request.sid;
  const seam::LookUpDomainAccountReply reply = door_.look_up(std::move(request), questions->until);
  if (reply.status != STATUS_SUCCESS) return std::nullopt;
  const std::optional<DomainIdentity> identity = believed(reply.account, asked);
  if (!identity || (sid && identity->user != *sid)) return std::nullopt;
  rooms_.identities.remember(*identity);
  return translation_of(*identity);
}

}  // namespace openlsa::authority
