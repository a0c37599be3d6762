// The Local Security Authority: clients, logon sessions, tokens, credentials, accounts, policy, audit, and the packages
// that authenticate. It knows no socket and loads no package; a composition gives it both.
#pragma once

#include <atomic>
#include <memory>

#include "authority/accounts/account_store.hpp"
#include "authority/audit/audit_trail.hpp"
#include "authority/clients/call_table.hpp"
#include "authority/clients/client_table.hpp"
#include "authority/clients/login_sessions.hpp"
#include "authority/credentials/credential_store.hpp"
#include "authority/logon/logon_claims.hpp"
#include "authority/packages/registry.hpp"
#include "authority/policy/authority_id.hpp"
#include "authority/policy/configuration.hpp"
#include "authority/policy/policy_notifications.hpp"
#include "authority/policy/policy_store.hpp"
#include "authority/sessions/terminator.hpp"
#include "authority/tokens/exported_tokens.hpp"
#include "seam/authority_calls.hpp"

namespace openlsa::authority {

class CachedLogons;
class Connection;
class Domains;

class Authority {
 public:
  static base::OrFailure<std::unique_ptr<Authority>> create(Configuration configuration, seam::HostStarter& starter);
  ~Authority();

  base::OrFailure<> start_packages();
  // A process connected. `upcalls` reaches the thread that waits in the current call of this connection; may be null.
  // Every connection must be destroyed before the authority.
  std::unique_ptr<Connection> connect(const PeerIdentity& peer, seam::ClientCalls* upcalls);
  // The process died: everything of it goes, and the hosts are told.
  void client_lost(seam::ClientId client);
  // A channel is over though its client lives, or came to be when the client was gone already.
  void end_channel(seam::HostId host, seam::ClientId client, seam::ChannelId channel, bool process_terminated);
  // Every client and session ends, the packages are told, then the hosts end. Connections that still exist have no
  // client any more.
  void shut_down();

  // The one handle table of Configuration::one_handle_namespace, else null.
  const std::shared_ptr<HandleTable>& shared_handles() const { return shared_handles_; }

  // The rooms. Each has its own lock; none is held while another is called into a host or a client.
  const Configuration& configuration() const { return configuration_; }
  const AuthorityId& authority_id() const { return authority_id_; }
  AccountStore& accounts() { return *accounts_; }
  PolicyStore& policy() { return *policy_; }
  PolicyNotifications& notifications() { return notifications_; }
  AuditTrail& audit() { return *audit_; }
  const std::shared_ptr<const SecretBox>& secrets() const { return secrets_; }
  SessionTable& sessions() { return *sessions_; }
  CredentialStore& credentials() { return *credentials_; }
  TokenFactory& tokens() { return *tokens_; }
  ExportedTokens& exported_tokens() { return *exported_tokens_; }
  LogonClaims& logon_claims() { return logon_claims_; }
  OwnSessions& own_sessions() { return *own_sessions_; }
  LoginSessions& login_sessions() { return login_sessions_; }
  ClientTable& clients() { return *clients_; }
  CallTable& calls() { return calls_; }
  Registry& registry() { return *registry_; }
  DomainIdentities& domain_identities() { return domain_identities_; }
  Domains& domains() { return *domains_; }

 private:
  explicit Authority(Configuration configuration);
  base::OrFailure<> open_stores();
  base::OrFailure<> build(seam::HostStarter& starter);
  Registry::Machine machine() const;
  Registry::Services registry_services();
  void host_ended(const RunningHost& host);
  void package_unloaded(const RunningHost& host, seam::PackageId package);
  std::size_t notify_terminated(nt::Luid session, std::function<void()> answered);

  const Configuration configuration_;
  AuthorityId authority_id_{};
  std::shared_ptr<HandleTable> shared_handles_;
  std::unique_ptr<AccountStore> accounts_;
  std::unique_ptr<PolicyStore> policy_;
  PolicyNotifications notifications_;
  std::unique_ptr<AuditTrail> audit_;
  std::shared_ptr<const SecretBox> secrets_;
  std::unique_ptr<Terminator> terminator_;
  std::shared_ptr<SessionTable> sessions_;
  std::unique_ptr<CredentialStore> credentials_;
  std::unique_ptr<TokenFactory> tokens_;
  std::shared_ptr<ExportedTokens> exported_tokens_;
  LogonClaims logon_claims_;
  std::unique_ptr<OwnSessions> own_sessions_;
  LoginSessions login_sessions_;
  std::unique_ptr<ClientTable> clients_;
  CallTable calls_;
  DomainIdentities domain_identities_;
  std::unique_ptr<CachedLogons> cached_logons_;  // until domains_ has them
  std::unique_ptr<Registry> registry_;
  std::unique_ptr<Domains> domains_;
  std::atomic<bool> shut_down_{false};
};

}  // namespace openlsa::authority
