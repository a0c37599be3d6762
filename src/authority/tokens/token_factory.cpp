#include "authority/tokens/token_factory.hpp"

#include "authority/tokens/check_information.hpp"
#include "authority/tokens/group_list.hpp"
#include "authority/tokens/policy_rights.hpp"
#include "authority/tokens/privileges.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

constexpr std::uint32_t network_logon = 3;
enum : std::uint32_t { information_null = 0, information_v1 = 1 };

// Whom the information names, as our own SID map knows it. A SID without an account row keeps its uid but has no
// POSIX identity: the groups of such a uid are not ours to say.
struct Subject {
  VouchSubject vouch;
  std::optional<Account> account;
  std::optional<nt::PosixIdentity> posix;
};

Subject subject_of(const AccountStore& accounts, const DomainIdentities& domains, const TokenRequest& request) {
  Subject subject;
  const nt::Sid& sid = request.information.user.sid;
  subject.account = accounts.find_by_sid(sid);
  subject.vouch = authority::subject_of(sid, subject.account, accounts);
  if (subject.account)
    subject.posix = nt::PosixIdentity{subject.account->uid, subject.account->gid, subject.account->groups};
  else if (sid == nt::well_known::local_system)
    subject.posix = nt::PosixIdentity{0, 0, {}};
  else if (const std::optional<DomainIdentity> known = request.judged ? request.judged : domains.find(sid)) {
    subject.vouch = authority::subject_of(*known);
    subject.posix = known->posix;
  }
  // The administrators of a domain are none of this machine: what its groups may do here is the policy's to say.
  if (request.judged) return subject;
  bool claimed = makes_administrator(request.information.primary_group);
  for (const nt::SidAndAttributes& group : request.information.groups) claimed |= makes_administrator(group.sid);
  const bool root = subject.vouch.has_uid && subject.vouch.uid == 0;
  subject.vouch.claimed = claimed && !subject.vouch.administrator && !root;
  subject.vouch.administrator |= claimed;
  return subject;
}

PrivilegeHolder holder_of(const Subject& subject) {
  if (subject.vouch.has_uid && subject.vouch.uid == 0) return PrivilegeHolder::system;
  return subject.vouch.administrator ? PrivilegeHolder::administrator : PrivilegeHolder::user;
}

// The user's local groups, then what the logon process added, then what the system assigns.
void add_groups(const AccountStore& accounts, const Subject& subject, const TokenRequest& request,
                nt::TokenInformation& information) {
  GroupList groups;
  // A package says nothing of the groups of this machine: the account's row does.
  for (const nt::SidAndAttributes& group : information.groups)
    if (!is_system_assigned(group.sid) && group.sid.domain() != nt::well_known::unix_groups &&
        !accounts.find_group(group.sid))
      groups.add(group.sid, group.attributes);
  const bool anonymous = information.user.sid == nt::well_known::anonymous;
  if (!anonymous) {
    if (subject.posix && !subject.vouch.of_domain) {  // a domain's groups have SIDs of their own
      groups.add(accounts.sid_of_gid(subject.posix->gid));
      for (const std::uint32_t gid : subject.posix->groups) groups.add(accounts.sid_of_gid(gid));
    }
    if (subject.vouch.administrator || holder_of(subject) == PrivilegeHolder::system)
      groups.add(nt::well_known::administrators);
    if (holder_of(subject) != PrivilegeHolder::system) groups.add(nt::well_known::users);
  }
  for (const nt::SidAndAttributes& group : request.local_groups) groups.add(group.sid, group.attributes);
  groups.add(nt::well_known::world);
  if (!anonymous) groups.add(nt::well_known::authenticated_users);
  for (const nt::Sid& sid : logon_type_sids(request.logon_type)) groups.add(sid);
  information.groups = groups.take();
}

// LSA_TOKEN_INFORMATION_NULL: "a token for an anonymous user"; only the expiration is the package's.
void make_anonymous(nt::TokenInformation& information) {
  const nt::FileTime expiration = information.expiration;
  information = {};
  information.type = information_null;
  information.expiration = expiration;
  information.user.sid = nt::well_known::anonymous;
}

void add_defaults(nt::TokenInformation& information) {
  if (information.primary_group.empty())
    information.primary_group =
        information.user.sid == nt::well_known::anonymous ? nt::well_known::null_sid : nt::well_known::users;
  if (!information.owner) information.owner = information.user.sid;
}

// SYSTEM has its own privileges whatever the policy says, everybody what the policy gives.
std::vector<nt::Privilege> privileges_of(PrivilegeHolder holder, AccountRights granted) {
  std::vector<nt::Privilege> privileges;
  if (holder == PrivilegeHolder::system) privileges = system_privileges();
  add_privileges(privileges, granted);
  return privileges;
}

// The rights of the account itself and of its groups on this machine.
AccountRights own_rights(const PolicyStore& policy, const AccountStore& accounts, const Subject& subject) {
  AccountRights own = policy.rights_of(subject.vouch.sid);
  if (!subject.posix || subject.vouch.of_domain) return own;
  own.add(policy.rights_of(accounts.sid_of_gid(subject.posix->gid)));
  for (const std::uint32_t gid : subject.posix->groups) own.add(policy.rights_of(accounts.sid_of_gid(gid)));
  return own;
}

// Whether the package may speak for the user with these groups.
bool may_vouch(const PolicyStore& policy, const AccountStore& accounts, const TokenRequest& request,
               const Subject& subject) {
  if (request.rights == nullptr || (request.judged && request.rights->every_account)) return true;
  return request.rights->may_vouch_for(subject.vouch) &&
         may_reach_privileges(policy, *request.rights, subject.vouch, own_rights(policy, accounts, subject),
                              holder_of(subject), request.information.groups);
}

// TOKEN_OWNER: "must be one of the user or group SIDs already in the token".
bool owner_is_in(const nt::TokenInformation& information) {
  if (*information.owner == information.user.sid) return true;
  for (const nt::SidAndAttributes& group : information.groups)
    if (group.sid == *information.owner) return true;
  return false;
}

}  // namespace

std::expected<std::shared_ptr<Token>, nt::Status> TokenFactory::create(TokenRequest request) {
  if (request.session == nullptr) return std::unexpected(STATUS_NO_SUCH_LOGON_SESSION);
  nt::TokenInformation& information = request.information;
  if (information.type == information_null) make_anonymous(information);
  if (const nt::Status status = check_information(information); status != STATUS_SUCCESS)
    return std::unexpected(status);
  if (const nt::Status status = check_groups(request.local_groups); status != STATUS_SUCCESS)
    return std::unexpected(status);

  if (request.judged) {
    if (information.user.sid != request.judged->user) return std::unexpected(STATUS_INVALID_PARAMETER);
    information.groups = request.judged->groups;
    information.primary_group = request.judged->primary_group;
  }
  const Subject subject = subject_of(accounts_, domains_, request);
  if (information.type != information_null) {
    if (!may_vouch(policy_, accounts_, request, subject)) return std::unexpected(STATUS_ACCESS_DENIED);
    if (subject.account && subject.account->disabled) return std::unexpected(STATUS_ACCOUNT_DISABLED);
  }
  const PrivilegeHolder holder = holder_of(subject);
  const std::vector<nt::Privilege> asked = std::move(information.privileges);
  add_groups(accounts_, subject, request, information);
  const GrantedRights granted = rights_of(policy_, information);
  for (const nt::Privilege& privilege : asked)
    if (!may_hold(holder, privilege.luid) && !granted.held.has(static_cast<AccountRight>(privilege.luid.value)))
      return std::unexpected(STATUS_PRIVILEGE_NOT_HELD);
  // What the authority makes for itself (a process's own token) is no logon.
  if (request.rights != nullptr)
    if (const nt::Status status = check_logon_type(granted, request.logon_type); status != STATUS_SUCCESS)
      return std::unexpected(status);
  information.privileges = privileges_of(holder, granted.held);
  for (const nt::Privilege& privilege : asked) add_privilege(information.privileges, privilege);

  add_defaults(information);
  if (!owner_is_in(information)) return std::unexpected(STATUS_INVALID_OWNER);
  request.details.user = information.user.sid;
  request.details.logon_type = request.logon_type;
  sessions_->describe(*request.session, request.details);

  const bool impersonation = request.logon_type == network_logon;
  return make(std::move(request.session), impersonation ? nt::TokenType::impersonation : nt::TokenType::primary,
              impersonation ? request.level : nt::ImpersonationLevel::impersonation, request.logon_type, request.source,
              std::make_shared<const PackedInformation>(information, subject.posix), request.origin);
}

std::expected<std::shared_ptr<Token>, nt::Status> TokenFactory::duplicate(const Token& token, nt::TokenType type,
                                                                          nt::ImpersonationLevel level) {
  if (level > nt::ImpersonationLevel::delegation) return std::unexpected(STATUS_BAD_IMPERSONATION_LEVEL);
  if (type == nt::TokenType::primary) {
    // A process acts at the level "impersonation": a token of less cannot become one (DuplicateTokenEx).
    if (token.type() == nt::TokenType::impersonation && token.level() < nt::ImpersonationLevel::impersonation)
      return std::unexpected(STATUS_BAD_IMPERSONATION_LEVEL);
    level = nt::ImpersonationLevel::impersonation;
  } else if (type == nt::TokenType::impersonation) {
    // From a primary token any level; delegation included, for it is the user's own session here.
    if (token.type() == nt::TokenType::impersonation && level > token.level())
      return std::unexpected(STATUS_BAD_IMPERSONATION_LEVEL);
  } else {
    return std::unexpected(STATUS_INVALID_PARAMETER);
  }
  return make(token.session(), type, level, token.logon_type(), token.source(), token.information(), token.origin());
}

std::expected<std::shared_ptr<Token>, nt::Status> TokenFactory::of_session(const std::shared_ptr<Session>& session) {
  if (session == nullptr) return std::unexpected(STATUS_NO_SUCH_LOGON_SESSION);
  std::shared_ptr<const PackedInformation> information = sessions_->information(*session);
  const std::optional<SessionDetails> details = sessions_->details(*session);
  if (information == nullptr || !details) return std::unexpected(STATUS_NO_SUCH_LOGON_SESSION);
  const bool impersonation = details->logon_type == network_logon;
  return make(session, impersonation ? nt::TokenType::impersonation : nt::TokenType::primary,
              nt::ImpersonationLevel::impersonation, details->logon_type, {"OpenLSA", {}}, std::move(information));
}

std::expected<std::shared_ptr<Token>, nt::Status> TokenFactory::own(std::shared_ptr<Session> session, std::uint32_t uid,
                                                                    std::uint32_t gid) {
  constexpr std::uint32_t interactive = 2;
  TokenRequest request;
  nt::TokenInformation& information = request.information;
  information.type = information_v1;
  information.user.sid = accounts_.sid_of_uid(uid);
  const std::optional<Account> account = accounts_.find_by_uid(uid);
  // The kernel said the gid; the supplementary groups of a uid without an account row stay unknown.
  nt::PosixIdentity posix{uid, gid, account ? account->groups : std::vector<std::uint32_t>{}};
  Subject subject{account ? authority::subject_of(*account) : VouchSubject{"", information.user.sid, uid, true, false},
                  account, posix};
  request.logon_type = uid == 0 ? 0 : interactive;
  add_groups(accounts_, subject, request, information);
  information.privileges = privileges_of(holder_of(subject), rights_of(policy_, information).held);
  add_defaults(information);

  SessionDetails details;
  if (uid == 0) {
    details.user_name = u"SYSTEM";
  } else {
    details.user_name = nt::to_utf16(account ? account->name : std::to_string(uid)).value_or(u"");
  }
  // A uid without an account is none of this machine's accounts, though one of them may have its number for a name.
  details.logon_domain = uid != 0 && !account ? u"Unix User" : nt::to_utf16(accounts_.domain_name()).value_or(u"");
  details.user = information.user.sid;
  details.logon_type = request.logon_type;
  sessions_->describe(*session, details);
  return make(std::move(session), nt::TokenType::primary, nt::ImpersonationLevel::impersonation, request.logon_type,
              {"OpenLSA", {}}, std::make_shared<const PackedInformation>(information, posix));
}

std::expected<std::shared_ptr<Token>, nt::Status> TokenFactory::anonymous(std::shared_ptr<Session> session) {
  TokenRequest request;
  request.session = std::move(session);
  request.information.type = information_null;
  request.details.user_name = u"ANONYMOUS LOGON";
  request.details.logon_domain = u"NT AUTHORITY";
  request.source = {"OpenLSA", {}};
  request.logon_type = network_logon;
  request.level = nt::ImpersonationLevel::impersonation;
  return create(std::move(request));
}

std::expected<std::shared_ptr<Token>, nt::Status> TokenFactory::make(
    std::shared_ptr<Session> session, nt::TokenType type, nt::ImpersonationLevel level, std::uint32_t logon_type,
    const nt::TokenSource& source, std::shared_ptr<const PackedInformation> information, nt::Luid origin) {
  const nt::Luid id = sessions_->allocate(2);
  if (!sessions_->token_opened(*session, information)) return std::unexpected(STATUS_NO_SUCH_LOGON_SESSION);
  return std::make_shared<Token>(std::move(session), id, nt::Luid{id.value + 1}, type, level, logon_type, source,
                                 std::move(information), origin);
}

}  // namespace openlsa::authority
