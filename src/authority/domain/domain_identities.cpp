#include "authority/domain/domain_identities.hpp"

#include "authority/packages/rights.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

bool same_posix(const std::optional<nt::PosixIdentity>& a, const std::optional<nt::PosixIdentity>& b) {
  if (!a || !b) return !a && !b;
  return a->uid == b->uid && a->gid == b->gid && a->groups == b->groups;
}

}  // namespace

bool DomainIdentity::operator==(const DomainIdentity& other) const {
  return user_name == other.user_name && full_name == other.full_name && domain_name == other.domain_name &&
         dns_domain_name == other.dns_domain_name && user == other.user && primary_group == other.primary_group &&
         groups == other.groups && same_posix(posix, other.posix);
}

std::string DomainIdentity::qualified_name() const { return nt::to_utf8_lossy(domain_name + u"\\" + user_name); }

VouchSubject subject_of(const DomainIdentity& identity) {
  VouchSubject subject;
  subject.name = identity.qualified_name();
  subject.sid = identity.user;
  subject.of_domain = true;
  subject.has_uid = identity.posix.has_value();
  subject.uid = identity.posix ? identity.posix->uid : 0;
  return subject;
}

void DomainIdentities::remember(const DomainIdentity& identity) {
  base::MutexLock lock(mutex_);
  if (const auto known = by_sid_.find(identity.user); known != by_sid_.end()) {
    *known->second = identity;
    entries_.splice(entries_.begin(), entries_, known->second);
    return;
  }
  if (entries_.size() >= max_identities) {
    by_sid_.erase(entries_.back().user);
    entries_.pop_back();
  }
  entries_.push_front(identity);
  by_sid_.emplace(identity.user, entries_.begin());
}

std::optional<DomainIdentity> DomainIdentities::find(const nt::Sid& user) const {
  base::MutexLock lock(mutex_);
  const auto found = by_sid_.find(user);
  if (found == by_sid_.end()) return std::nullopt;
  entries_.splice(entries_.begin(), entries_, found->second);
  return *found->second;
}

std::optional<DomainIdentity> DomainIdentities::find(std::u16string_view domain, std::u16string_view user) const {
  base::MutexLock lock(mutex_);
  for (const DomainIdentity& entry : entries_)
    if (nt::equal_names(entry.user_name, user) &&
        (nt::equal_names(entry.domain_name, domain) ||
         (!entry.dns_domain_name.empty() && nt::equal_names(entry.dns_domain_name, domain))))
      return entry;
  return std::nullopt;
}

bool DomainIdentities::is_uid_of_another(std::uint32_t uid, const nt::Sid& user) const {
  base::MutexLock lock(mutex_);
  for (const DomainIdentity& entry : entries_)
    if (entry.posix && entry.posix->uid == uid && entry.user != user) return true;
  return false;
}

std::size_t DomainIdentities::size() const {
  base::MutexLock lock(mutex_);
  return entries_.size();
}

void DomainIdentities::judged(seam::ChainId chain, seam::HostId host, Judgement judgement) {
  if (!chain) return;  // nothing would end it
  base::MutexLock lock(mutex_);
  if (judgements_.size() >= max_judgements) return;  // the token is refused then
  judgements_.emplace(chain.value, Waiting{host, std::move(judgement)});
}

std::optional<DomainIdentities::Judgement> DomainIdentities::take_judged(seam::ChainId chain, seam::HostId host,
                                                                         const nt::Sid& user) {
  base::MutexLock lock(mutex_);
  const auto [first, last] = judgements_.equal_range(chain.value);
  for (auto waiting = first; waiting != last; ++waiting) {
    if (waiting->second.host != host || waiting->second.judgement.identity.user != user) continue;
    Judgement judgement = std::move(waiting->second.judgement);
    judgements_.erase(waiting);
    return judgement;
  }
  return std::nullopt;
}

void DomainIdentities::call_ended(seam::ChainId chain) {
  base::MutexLock lock(mutex_);
  judgements_.erase(chain.value);
}

}  // namespace openlsa::authority
