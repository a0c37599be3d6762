// A logon without the domain: whose it is, whether he may guess, and whether he knows the password.
#include <algorithm>

#include "authority/domain/cached_logons.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

bool is_upn_of(std::u16string_view submitted, std::u16string_view user, std::u16string_view domain) {
  const std::size_t at = submitted.rfind(u'@');
  return at != submitted.npos && !domain.empty() && nt::equal_names(submitted.substr(0, at), user) &&
         nt::equal_names(submitted.substr(at + 1), domain);
}

}  // namespace

// With a domain: its account. Without: the user principal name that was submitted then, or one made of the domain's
// names; a bare name only if one account has it.
CachedLogons::Entry* CachedLogons::find(std::u16string_view user, std::u16string_view domain) {
  Entry* found = nullptr;
  std::size_t named = 0;
  for (Entry& entry : entries_) {
    const bool same_user = nt::equal_names(entry.user, user);
    if (!domain.empty()) {
      if (same_user && (nt::equal_names(entry.domain, domain) || nt::equal_names(entry.dns_domain, domain)))
        return &entry;
      continue;
    }
    if ((entry.submitted.find(u'@') != entry.submitted.npos && nt::equal_names(entry.submitted, user)) ||
        is_upn_of(user, entry.user, entry.dns_domain) || is_upn_of(user, entry.user, entry.domain))
      return &entry;
    if (!same_user) continue;
    found = &entry;
    ++named;
  }
  return named == 1 ? found : nullptr;
}

CachedLogons::Entry* CachedLogons::find(const nt::Sid& sid) {
  for (Entry& entry : entries_)
    if (entry.sid == sid) return &entry;
  return nullptr;
}

// As for accounts of this machine (accounts/evaluate_key.cpp).
bool CachedLogons::is_locked(Entry& entry, const AccountPolicy& policy) {
  const Clock::time_point now = options_.clock();
  if (entry.locked) {
    const std::chrono::seconds duration(policy.lockout_duration_seconds);
    if (policy.lockout_duration_seconds == 0 || now - entry.locked_at < duration) return true;
    entry.locked = false;
    entry.wrong = 0;
  }
  if (entry.wrong != 0 && now - entry.wrong_at >= std::chrono::seconds(policy.lockout_window_seconds)) entry.wrong = 0;
  return false;
}

void CachedLogons::count_guess(const nt::Sid& sid, bool right, const AccountPolicy& policy) {
  base::MutexLock lock(mutex_);
  Entry* entry = find(sid);
  if (entry == nullptr) return;
  if (right) {
    entry->wrong = 0;
    return;
  }
  entry->wrong = std::min(entry->wrong, 0xfffeu) + 1;
  entry->wrong_at = options_.clock();
  entry->locked = policy.lockout_threshold != 0 && entry->wrong >= policy.lockout_threshold;
  if (entry->locked) entry->locked_at = entry->wrong_at;
}

CachedLogons::Verdict CachedLogons::judge(std::u16string_view user, std::u16string_view domain, const NtKey& presented,
                                          const AccountPolicy& policy) {
  base::MutexLock turn(turn_);
  Verdict verdict;
  {
    base::MutexLock lock(mutex_);
    Entry* entry = find(user, domain);
    if (entry == nullptr) return verdict;
    if (is_locked(*entry, policy)) {
      verdict.status = STATUS_ACCOUNT_LOCKED_OUT;
      return verdict;
    }
    verdict.logon = open_seal(*entry);
  }
  if (!verdict.logon) return verdict;
  const bool right = verdict.logon->verifier.accepts(presented);
  count_guess(verdict.logon->identity.user, right, policy);
  verdict.status = right ? STATUS_SUCCESS : STATUS_WRONG_PASSWORD;
  if (!right) verdict.logon.reset();
  return verdict;
}

}  // namespace openlsa::authority
