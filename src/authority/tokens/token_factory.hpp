// Makes tokens: what a package says about a user becomes what the authority vouches for.
#pragma once

#include <expected>
#include <memory>
#include <vector>

#include "authority/accounts/account_store.hpp"
#include "authority/domain/domain_identities.hpp"
#include "authority/packages/rights.hpp"
#include "authority/policy/policy_store.hpp"
#include "authority/sessions/session_table.hpp"
#include "authority/tokens/token.hpp"
#include "nt/status.hpp"

namespace openlsa::authority {

struct TokenRequest {
  std::shared_ptr<Session> session;
  const Rights* rights = nullptr;  // of the package that vouches; null: the authority itself
  std::uint32_t logon_type = 0;  // SECURITY_LOGON_TYPE; network gives an impersonation token, the others a primary one
  // CreateToken names a level for the impersonation token; LsaLogonUser leaves it to the logon type.
  nt::ImpersonationLevel level = nt::ImpersonationLevel::impersonation;
  nt::TokenSource source;
  nt::TokenInformation information;
  std::vector<nt::SidAndAttributes> local_groups;  // LocalGroups of LsaLogonUser, TokenGroups of CreateToken
  nt::Luid origin;                                 // TOKEN_ORIGIN: who logged on with explicit credentials
  SessionDetails details;                          // become the session's with its first token
  // The user is this account of a domain, which has just judged the attempt: its groups are what the domain said of
  // them, whatever the package says.
  std::optional<DomainIdentity> judged;
};

class TokenFactory {
 public:
  TokenFactory(std::shared_ptr<SessionTable> sessions, const AccountStore& accounts, const DomainIdentities& domains,
               const PolicyStore& policy)
      : sessions_(std::move(sessions)), accounts_(accounts), domains_(domains), policy_(policy) {}

  // Adds WORLD, the logon-type SID, local groups and the policy's privileges; the POSIX identity comes from the SID
  // map. STATUS_ACCESS_DENIED: the package may not vouch for the user. STATUS_ACCOUNT_DISABLED.
  // STATUS_LOGON_TYPE_NOT_GRANTED: the user has no right to log on in this way. STATUS_INVALID_PARAMETER: malformed
  // information. STATUS_NO_SUCH_LOGON_SESSION. STATUS_PRIVILEGE_NOT_HELD.
  std::expected<std::shared_ptr<Token>, nt::Status> create(TokenRequest request);

  // NewCredentials: the token's own information for another session; of the request its session, logon type, source and
  // local groups count. STATUS_BAD_IMPERSONATION_LEVEL, STATUS_NO_SUCH_LOGON_SESSION.
  std::expected<std::shared_ptr<Token>, nt::Status> clone(const Token& token, TokenRequest request);
  // DuplicateToken(Ex). STATUS_BAD_IMPERSONATION_LEVEL when the copy would say more than the original.
  std::expected<std::shared_ptr<Token>, nt::Status> duplicate(const Token& token, nt::TokenType type,
                                                              nt::ImpersonationLevel level);
  // OpenTokenByLogonId: a token of the session as its open tokens have it. STATUS_NO_SUCH_LOGON_SESSION.
  std::expected<std::shared_ptr<Token>, nt::Status> of_session(const std::shared_ptr<Session>& session);
  // The token of a process that came without a logon (clients/own_sessions.hpp), and the anonymous one.
  std::expected<std::shared_ptr<Token>, nt::Status> own(std::shared_ptr<Session> session, std::uint32_t uid,
                                                        std::uint32_t gid);
  std::expected<std::shared_ptr<Token>, nt::Status> anonymous(std::shared_ptr<Session> session);

 private:
  std::expected<std::shared_ptr<Token>, nt::Status> make(std::shared_ptr<Session> session, nt::TokenType type,
                                                         nt::ImpersonationLevel level, std::uint32_t logon_type,
                                                         const nt::TokenSource& source,
                                                         std::shared_ptr<const PackedInformation> information,
                                                         nt::Luid origin = {});
  const std::shared_ptr<SessionTable> sessions_;
  const AccountStore& accounts_;
  const DomainIdentities& domains_;
  const PolicyStore& policy_;
};

}  // namespace openlsa::authority
