// The SID map's part for accounts of domains: a bounded memory of what the door said, filled by logons and look-ups.
// A SID that is not here has no name and no POSIX identity; it is never looked for by its name.
//
// And the judgements: when a package had the domain judge an attempt and makes the token itself (LsaLogonUser), the
// verdict waits here for that token, for the call's life and once. So a package that may speak for every account speaks
// only for accounts of a domain that were judged in the very call.
#pragma once

#include <list>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "authority/domain/domain_identity.hpp"
#include "base/mutex.hpp"
#include "seam/identity.hpp"

namespace openlsa::authority {

struct VouchSubject;
// Whom a package speaks for when it names the account: by "DOMAIN\\name", its SID, and the uid of the domain's mapping.
VouchSubject subject_of(const DomainIdentity& identity);

class DomainIdentities {
 public:
  static constexpr std::size_t max_identities = 4096;
  static constexpr std::size_t max_judgements = 4096;

  void remember(const DomainIdentity& identity) OPENLSA_EXCLUDES(mutex_);
  std::optional<DomainIdentity> find(const nt::Sid& user) const OPENLSA_EXCLUDES(mutex_);
  // The domain by its NetBIOS or its DNS name.
  std::optional<DomainIdentity> find(std::u16string_view domain, std::u16string_view user) const
      OPENLSA_EXCLUDES(mutex_);
  // Whether the uid is that of another account that is remembered.
  bool is_uid_of_another(std::uint32_t uid, const nt::Sid& user) const OPENLSA_EXCLUDES(mutex_);
  std::size_t size() const OPENLSA_EXCLUDES(mutex_);

  struct Judgement {
    DomainIdentity identity;
    bool cached = false;  // without the domain, by what was left of an earlier logon
  };
  void judged(seam::ChainId chain, seam::HostId host, Judgement judgement) OPENLSA_EXCLUDES(mutex_);
  std::optional<Judgement> take_judged(seam::ChainId chain, seam::HostId host, const nt::Sid& user)
      OPENLSA_EXCLUDES(mutex_);
  void call_ended(seam::ChainId chain) OPENLSA_EXCLUDES(mutex_);

 private:
  struct Waiting {
    seam::HostId host;
    Judgement judgement;
  };
  using Entries = std::list<DomainIdentity>;  // the newest first

  mutable base::Mutex mutex_;
  mutable Entries entries_ OPENLSA_GUARDED_BY(mutex_);
  std::map<nt::Sid, Entries::iterator> by_sid_ OPENLSA_GUARDED_BY(mutex_);
  std::multimap<std::uint64_t, Waiting> judgements_ OPENLSA_GUARDED_BY(mutex_);  // by chain
};

}  // namespace openlsa::authority
