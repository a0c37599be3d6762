#include "authority/authority.hpp"

#include "authority/admin/built_in_packages.hpp"
#include "authority/connection/connection.hpp"
#include "authority/domain/domains.hpp"
#include "authority/logon/accept_credentials.hpp"
#include "authority/policy/files.hpp"
#include "authority/support/host_support.hpp"
#include "base/log.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {

base::OrFailure<std::unique_ptr<Authority>> Authority::create(Configuration configuration, seam::HostStarter& starter) {
  std::unique_ptr<Authority> authority(new Authority(std::move(configuration)));
  OPENLSA_TRY(authority->open_stores());
  OPENLSA_TRY(authority->build(starter));
  return authority;
}

Authority::Authority(Configuration configuration) : configuration_(std::move(configuration)) {}

base::OrFailure<> Authority::open_stores() {
  // Everybody may pass through: clients load user-mode halves from below it. What is secret there has its own mode.
  OPENLSA_TRY(ensure_directory(configuration_.state_directory, 0755));
  authority_id_ = OPENLSA_TRY(load_authority_id(configuration_.state_directory));
  accounts_ = OPENLSA_TRY(AccountStore::open(configuration_));
  policy_ = OPENLSA_TRY(PolicyStore::open(configuration_.state_directory));
  cached_logons_ = OPENLSA_TRY(
      CachedLogons::open({configuration_.state_directory, configuration_.cached_logons, CachedLogons::Clock::now}));
  audit_ = OPENLSA_TRY(AuditTrail::open(configuration_.audit_log));
  secrets_ = OPENLSA_TRY(SecretBox::create());
  return {};
}

base::OrFailure<> Authority::build(seam::HostStarter& starter) {
  if (configuration_.one_handle_namespace) shared_handles_ = std::make_shared<HandleTable>();
  Terminator::Services ending;
  ending.notify = [this](nt::Luid session, std::function<void()> answered) {
    return notify_terminated(session, std::move(answered));
  };
  ending.finish = [this](nt::Luid session) {
    AuditEvent event;
    event.event = "logon-terminated";
    event.logon_id = session;
    audit_->record(event);
    // The credentials first: once the LUID names nothing, a package may make a session of that name again. None are
    // added meanwhile, for the session still terminates.
    credentials_->forget(session);
    sessions_->finish(session);
  };
  // The table first: its sessions end into the terminator, whose thread asks the table and the registry.
  sessions_ = std::make_shared<SessionTable>(
      [this](const std::shared_ptr<Session>& session) { terminator_->queue(session->id()); });
  credentials_ = std::make_unique<CredentialStore>(sessions_, secrets_);
  tokens_ = std::make_unique<TokenFactory>(sessions_, *accounts_, domain_identities_, *policy_);
  exported_tokens_ = std::make_shared<ExportedTokens>(configuration_.watch_descriptor);
  own_sessions_ = std::make_unique<OwnSessions>(sessions_, *tokens_);
  clients_ =
      std::make_unique<ClientTable>(*own_sessions_, login_sessions_, configuration_.authority_uid, shared_handles_);
  registry_ = std::make_unique<Registry>(configuration_, starter, machine(), shared_handles_, registry_services());
  domains_ = std::make_unique<Domains>(Domains::Rooms{configuration_, *accounts_, domain_identities_, *audit_},
                                       *registry_, std::move(cached_logons_));
  terminator_ = std::make_unique<Terminator>(std::chrono::seconds(configuration_.session_end_deadline_seconds),
                                             std::move(ending));
  if (const nt::Status status = own_sessions_->start(); status != STATUS_SUCCESS)
    return base::failure("Cannot make the sessions of SYSTEM and ANONYMOUS.");
  return {};
}

Registry::Machine Authority::machine() const {
  Registry::Machine machine;
  machine.authority_id = authority_id_;
  machine.domain_sid = accounts_->domain_sid();
  // "The name of the primary domain" (SECPKG_PARAMETERS). A controller takes an NTLMv2 response only when the server's
  // challenge named its domain ([MS-APDS] 3.1.5.2; Samba since CVE-2019-1019).
  const std::string& joined = configuration_.domain_name;
  machine.domain_name = nt::to_utf16(joined.empty() ? accounts_->domain_name() : joined).value_or(u"");
  return machine;
}

Registry::Services Authority::registry_services() {
  Registry::Services services;
  services.support = [this](std::shared_ptr<HostContext> host) -> std::shared_ptr<seam::SupportCalls> {
    return std::make_shared<HostSupport>(*this, std::move(host));
  };
  services.host_ended = [this](const RunningHost& host) { host_ended(host); };
  services.package_unloaded = [this](const RunningHost& host, seam::PackageId package) {
    package_unloaded(host, package);
  };
  services.live_sessions = [this] { return sessions_->list_live(); };
  services.announce = [this](const RunningHost& host, nt::Luid session, bool update) {
    accept_credentials(*this, host, session, update);
  };
  services.overdue = [this](const std::string& name, const std::string& what) {
    AuditEvent event;
    event.event = "host-overdue";
    event.package = name;
    event.detail = what;
    audit_->record(event);
  };
  services.policy_violation = [this](const std::string& name, const std::string& violation) {
    AuditEvent event;
    event.event = "package-policy";
    event.package = name;
    event.detail = violation;
    audit_->record(event);
  };
  return services;
}

Authority::~Authority() { shut_down(); }

base::OrFailure<> Authority::start_packages() { return registry_->start_all(admin::prepare_built_in_files(*this)); }

std::unique_ptr<Connection> Authority::connect(const PeerIdentity& peer, seam::ClientCalls* upcalls) {
  return std::make_unique<Connection>(*this, peer, upcalls);
}

void Authority::client_lost(seam::ClientId id) {
  const std::shared_ptr<Client> client = clients_->remove(id);
  if (client == nullptr) return;
  notifications_.client_lost(id);
  for (const seam::HostId host : calls_.client_lost(id)) end_channel(host, id, {}, true);
}

// On the keeper's thread: a host that is slow delays only itself.
void Authority::end_channel(seam::HostId host, seam::ClientId client, seam::ChannelId channel,
                            bool process_terminated) {
  for (const std::shared_ptr<PackageFile>& file : registry_->files()) {
    const std::optional<RunningHost> running = file->running();
    if (!running || running->context->id != host) continue;
    file->post([this, host, client, channel, process_terminated](const RunningHost& now) {
      if (now.context->id != host) return;  // its handles went with the host
      registry_->call(now, CallKind::package, "client_gone", [&](seam::PackageHost& target) {
        return target.client_gone({client, channel, process_terminated});
      });
    });
  }
}

// What a host's packages held goes with it. Sessions and tokens of clients are untouched.
void Authority::host_ended(const RunningHost& host) {
  calls_.host_lost(host.context->id);
  if (host.context->handles != shared_handles_) host.context->handles->close_all();
  std::vector<seam::PackageId> owners;
  for (const seam::PackageInfo& info : host.packages) owners.push_back(info.id);
  for (const nt::Luid session : sessions_->drop_unfinished(owners)) credentials_->forget(session);
}

// The package's part of that. Tokens are the host's, and stay for the other packages of the file.
void Authority::package_unloaded(const RunningHost& host, seam::PackageId package) {
  calls_.package_unloaded(host.context->id, package);
  for (const nt::Luid session : sessions_->drop_unfinished(std::vector<seam::PackageId>{package}))
    credentials_->forget(session);
}

// Every package of every file hears of it, once per host; a host that was lost before it answered hears of it again.
std::size_t Authority::notify_terminated(nt::Luid session, std::function<void()> answered) {
  const std::vector<std::shared_ptr<PackageFile>> files = registry_->files();
  for (const std::shared_ptr<PackageFile>& file : files) {
    if (shut_down_ && !file->running()) {  // no host comes back any more
      answered();
      continue;
    }
    file->post(
        [this, session](const RunningHost& host) {
          for (const seam::PackageInfo& info : host.packages)
            registry_->call(host, CallKind::package, "LogonTerminated",
                            [&](seam::PackageHost& target) { return target.logon_terminated({info.id, session}); });
        },
        answered);
  }
  return files.size();
}

void Authority::shut_down() {
  if (shut_down_.exchange(true)) return;
  if (clients_ != nullptr)
    for (const std::shared_ptr<Client>& client : clients_->list()) client_lost(client->id());
  if (exported_tokens_ != nullptr) exported_tokens_->clear();
  logon_claims_.stop();
  if (terminator_ != nullptr) terminator_->drain();
  if (registry_ != nullptr) registry_->stop_all();
  // The machine's own sessions go last, when there is nobody left to tell.
  if (own_sessions_ != nullptr) own_sessions_->stop();
  if (terminator_ != nullptr) terminator_->stop();
}

}  // namespace openlsa::authority
