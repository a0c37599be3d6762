// What a host may ask of the authority, one method per file. A host is not believed: for whom it works is looked up,
// what it names must be its own, and what it names without a right is refused and audited.
#pragma once

#include <atomic>
#include <deque>
#include <expected>
#include <memory>
#include <string>
#include <vector>

#include "authority/audit/audit_trail.hpp"
#include "authority/clients/call_table.hpp"
#include "authority/credentials/credential_set.hpp"
#include "authority/packages/host_context.hpp"
#include "authority/packages/running_calls.hpp"
#include "base/budget.hpp"
#include "base/mutex.hpp"
#include "base/slot_table.hpp"
#include "seam/support_calls.hpp"

namespace openlsa::authority {

class Authority;
struct Callee;
struct CheckedElsewhere;
struct DomainIdentity;
struct LogonVerdict;
class PackageFile;
struct ResponseKeys;

class HostSupport final : public seam::SupportCalls {
 public:
  // A host that makes sessions and gives none of them a token must not use up the table that all packages share.
  static constexpr std::size_t max_unfinished_sessions = 1024;
  // Handles in clients that the host may still take back: those of calls that run, which are fewer than this.
  static constexpr std::size_t max_revocable_handles = 4096;
  static constexpr std::uint32_t max_sam_users = 1024;  // that the host has open at once
  // Events in the audit trail. A host that asks for what it may not, in a loop, would fill the disk; an honest one with
  // a logon every 20 ms notices nothing.
  static constexpr std::uint64_t event_burst = 500;
  static constexpr std::chrono::milliseconds event_refill{20};
  // CallPackage on threads that work for no client, at once. Each holds a worker of the host's channel.
  static constexpr std::uint32_t max_detached_calls = 32;

  HostSupport(Authority& authority, std::shared_ptr<HostContext> host)
      : authority_(authority), host_(std::move(host)) {}

#define OPENLSA_DECLARE(number, function, Message, permission, duration) \
  seam::Message##Reply function(seam::Message##Request request) override;
  OPENLSA_SUPPORT_CALLS(OPENLSA_DECLARE)
#undef OPENLSA_DECLARE

 private:
  // For whom the host works. STATUS_ACCESS_DENIED: the package, the channel or the call is not this host's, or its
  // client is gone; the former are audited.
  std::expected<Caller, nt::Status> check(const seam::SupportCaller& caller, const char* function);
  // Audits what the host asked for without a right, and gives STATUS_ACCESS_DENIED.
  nt::Status refuse(const Client* client, const char* function, const std::string& detail) const;

  // A host speaks for all packages of its file, so a session that one of them made is reached by each.
  bool made(const Session& session) const { return host_->packages.contains(session.owner()); }
  void record(AuditEvent event) const OPENLSA_EXCLUDES(events_mutex_);  // within the host's budget

  nt::Status may_use_keys(const Caller& caller, const char* function) const;  // STATUS_ACCESS_DENIED, audited
  // The steps of log_on_account and log_on_elsewhere.
  std::expected<Caller, nt::Status> check_attempt(const seam::LogOnAccountRequest& request);
  seam::LogOnAccountReply log_on_here(const seam::LogOnAccountRequest& request, const Caller& caller);
  LogonVerdict judge_attempt(const seam::LogOnAccountRequest& request, const Caller& caller,
                             std::optional<ResponseKeys>& keys, const CheckedElsewhere& checked, bool stays_open);
  seam::LogOnAccountReply conclude_attempt(const seam::LogOnAccountRequest& request, const Caller& caller,
                                           const LogonVerdict& verdict, std::optional<ResponseKeys> keys,
                                           const seam::SubAuthenticateReply& said);
  // Nothing when no sub-authentication package has a say.
  std::optional<seam::LogOnAccountReply> log_on_with_sub_authentication(const seam::LogOnAccountRequest& request,
                                                                        const Caller& caller);
  LogonVerdict judge_by_package(PackageFile& file, const seam::LogOnAccountRequest& request, const Caller& caller,
                                std::optional<ResponseKeys>& keys, seam::SubAuthenticateReply& said);
  LogonVerdict judge_and_filter(PackageFile& filter, const seam::LogOnAccountRequest& request, const Caller& caller,
                                std::optional<ResponseKeys>& keys, seam::SubAuthenticateReply& said);
  nt::Status ask_package(PackageFile& file, const seam::LogOnAccountRequest& request, const Caller& caller,
                         const Account& account, seam::SubAuthenticateReply& said);
  seam::LogOnAccountReply log_on_domain_account(seam::LogOnAccountRequest request, const Caller& caller, bool known);
  // A session and a token for the user that the reply names; `judged`: an account of a domain.
  nt::Status make_logon_token(const seam::LogOnAccountRequest& request, const Caller& caller,
                              const DomainIdentity* judged, seam::LogOnAccountReply& reply);
  nt::Status change_domain_password(seam::ChangeLocalPasswordRequest& request,
                                    std::chrono::steady_clock::time_point until);
  void audit_attempt(const seam::LogOnAccountRequest& request, const Caller& caller,
                     const seam::LogOnAccountReply& reply) const;

  // The session that the call is made for. None when the caller hides who it is (level "anonymous").
  static bool is_callers(const Caller& caller, const Session& session);
  bool vouches_for(const Token& token) const;  // the host has the right to vouch for whom the token names
  // A session that the package may keep credentials in. STATUS_NO_SUCH_LOGON_SESSION, STATUS_ACCESS_DENIED.
  nt::Status reach_credentials(const seam::SupportCaller& named, const char* function, nt::Luid logon_id);

  // The same for the session's credential set; also STATUS_NO_SUCH_LOGON_SESSION when it has none.
  nt::Status reach_credential_set(const seam::SupportCaller& named, const char* function, nt::Luid logon_id);
  CredentialSet::MayRead may_read_blob() const;

  // An account that OpenSamUser opened.
  struct SamUser {
    seam::PackageId package = 0;
    nt::Sid sid;
  };
  std::optional<SamUser> sam_user(std::uint32_t user) OPENLSA_EXCLUDES(mutex_);
  void close_sam_users(seam::PackageId package) OPENLSA_EXCLUDES(mutex_);

  // A token by the host's handle, seam::current_client_token, or 0: the host's own.
  std::expected<std::shared_ptr<Token>, nt::Status> token_of(const Caller& caller, std::uint32_t handle);
  std::expected<std::shared_ptr<Token>, nt::Status> own_token() OPENLSA_EXCLUDES(mutex_);
  seam::TokenReply give(std::shared_ptr<Token> token);  // a new handle of the host; STATUS_QUOTA_EXCEEDED
  // A new handle in the client of the current call, to be closed again if that fails. STATUS_INVALID_PARAMETER: a
  // thread without a client. STATUS_QUOTA_EXCEEDED.
  seam::TokenReply place(const seam::SupportCaller& named, const Caller& caller, std::shared_ptr<Token> token)
      OPENLSA_EXCLUDES(mutex_);

  bool may_make_session() OPENLSA_EXCLUDES(mutex_);
  void keep_session_credentials(const std::shared_ptr<Token>& token, seam::CreateTokenRequest& request);

  // The package that the host may call by that name, in a host that runs. STATUS_NO_SUCH_PACKAGE,
  // STATUS_ACCESS_DENIED (audited), STATUS_INTERNAL_ERROR. `routed`: it is MSV1_0's pass-through, which is for every
  // package that has the function.
  std::expected<Callee, nt::Status> callee(const Caller& caller, std::u16string_view name, const char* function,
                                           bool routed = false) const;
  // CallPackage, in the three situations in which a package can be.
  seam::CallOtherPackageReply call_in_chain(const Callee& callee, const Caller& caller,
                                            seam::CallOtherPackageRequest& request);
  seam::CallOtherPackageReply call_from_channel(const Callee& callee, const Caller& caller,
                                                seam::CallOtherPackageRequest& request);
  seam::CallOtherPackageReply call_detached(const Callee& callee, seam::CallOtherPackageRequest& request);
  seam::ClientView own_view(const Token& token, seam::PackageId package) const;  // the host as a client

  struct PlacedHandle {
    seam::SupportCaller caller;
    std::weak_ptr<HandleTable> table;
    std::uint32_t handle = 0;
  };

  Authority& authority_;
  const std::shared_ptr<HostContext> host_;
  mutable base::Mutex events_mutex_;
  mutable base::Budget events_ OPENLSA_GUARDED_BY(events_mutex_){event_burst, event_refill};
  std::atomic<std::uint32_t> detached_calls_{0};
  base::Mutex mutex_;
  std::shared_ptr<Token> own_token_ OPENLSA_GUARDED_BY(mutex_);  // its session lives as long as the host
  std::deque<PlacedHandle> placed_ OPENLSA_GUARDED_BY(mutex_);
  std::vector<nt::Luid> unfinished_ OPENLSA_GUARDED_BY(mutex_);  // sessions that may still have no token
  base::SlotTable<SamUser> sam_users_ OPENLSA_GUARDED_BY(mutex_){max_sam_users};
};

}  // namespace openlsa::authority
