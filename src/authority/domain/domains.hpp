// Accounts of domains, for the rest of the authority: which names are a domain's, and what the door behind them says,
// checked. What waits for the door says so with its deadline; no lock is held meanwhile.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "authority/audit/audit_trail.hpp"
#include "authority/domain/account_check.hpp"
#include "authority/domain/cached_logons.hpp"
#include "authority/domain/domain_directory.hpp"
#include "authority/domain/domain_door.hpp"
#include "authority/domain/domain_identities.hpp"
#include "authority/domain/domain_logon.hpp"
#include "authority/names/translator.hpp"

namespace openlsa::authority {

// Where an account is judged.
enum class Route {
  here,       // by the accounts of this machine
  elsewhere,  // by the door
  unknown,    // the domains could not be asked for: only a cached logon can help
};

// Several questions of one call: together they have one deadline and a limit.
struct DoorQuestions {
  DomainDoor::Deadline until;
  std::uint32_t left = 64;
};

class Domains {
 public:
  struct Rooms {
    const Configuration& configuration;
    const AccountStore& accounts;
    DomainIdentities& identities;
    AuditTrail& audit;
  };
  Domains(Rooms rooms, Registry& registry, std::unique_ptr<CachedLogons> cached);

  // Never waits: `elsewhere` means that the door may have a say, which route() then tells.
  bool may_be_elsewhere(std::u16string_view user, std::u16string_view domain) const;
  Route route(std::u16string_view user, std::u16string_view domain, DomainDoor::Deadline until);

  // A password or a response (LogOnDomainAccountRequest). `known`: the route is `elsewhere`, else only the cache is
  // asked. STATUS_TRUSTED_DOMAIN_FAILURE: what the door answered cannot be true.
  DomainVerdict log_on(seam::LogOnDomainAccountRequest request, bool known, DomainDoor::Deadline until);
  // S4U: without a proof. STATUS_NO_SUCH_USER, STATUS_NO_LOGON_SERVERS, STATUS_TRUSTED_DOMAIN_FAILURE.
  DomainVerdict look_up(std::u16string_view user, std::u16string_view domain, DomainDoor::Deadline until);
  nt::Status change_password(seam::ChangeDomainPasswordRequest request, DomainDoor::Deadline until);

  // Names of domains and their accounts; with `questions` the door is asked for what is not remembered.
  std::optional<Translation> translate(std::u16string_view name, DoorQuestions* questions);
  std::optional<Translation> translate(const nt::Sid& sid, DoorQuestions* questions);

  DomainDoor& door() { return door_; }
  CachedLogons& cached() { return *cached_; }
  DomainDirectory& directory() { return directory_; }

 private:
  std::optional<Route> route_by_list(std::u16string_view domain, bool fresh) const;
  void fill_domain(const std::u16string& user, std::u16string& domain) const;
  DomainVerdict judge_offline(std::u16string_view user, std::u16string_view domain, const NtKey& key);
  DomainVerdict believe(seam::LogOnDomainAccountReply reply, std::u16string_view asked, bool response);
  std::optional<DomainIdentity> believed(const seam::DomainAccount& account, std::u16string_view asked);
  void record(const char* event, nt::Status status, std::u16string_view account, std::string detail);
  std::optional<Translation> ask(seam::LookUpDomainAccountRequest request, std::u16string_view asked,
                                 DoorQuestions* questions);

  const Rooms rooms_;
  DomainDoor door_;
  DomainDirectory directory_;
  const AccountCheck check_;
  const std::unique_ptr<CachedLogons> cached_;
};

}  // namespace openlsa::authority
