#include "authority/logon/logon_call.hpp"

#include <algorithm>

#include "authority/domain/domain_logon.hpp"
#include "authority/logon/negotiate.hpp"
#include "authority/tokens/check_information.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

constexpr std::size_t max_origin_bytes = 1024;
constexpr std::size_t max_source_name_bytes = 8;  // TOKEN_SOURCE_LENGTH
constexpr std::size_t max_submit_bytes = 1u << 20;
constexpr std::uint32_t new_credentials = 9;  // SECURITY_LOGON_TYPE

// SECURITY_LOGON_TYPE: Interactive (2) to CachedUnlock (13), without Proxy (6), which is not supported.
bool is_logon_type(std::uint32_t type) { return type >= 2 && type <= 13 && type != 6; }

// QUOTA_LIMITS: no limits here; working-set sizes are hints.
constexpr std::array<std::uint64_t, 6> no_quotas{~0ull, ~0ull, 1, ~0ull, ~0ull, 0x7fff'ffff'ffff'ffffull};

}  // namespace

nt::Status LogonCall::check() {
  const std::optional<LsaHandle> handle = client_->lsa_handle(request_.lsa_handle);
  if (!handle) return STATUS_INVALID_HANDLE;
  handle_ = *handle;
  if (!is_logon_type(request_.logon_type)) return STATUS_INVALID_LOGON_TYPE;
  if (request_.origin_name.size() > max_origin_bytes || request_.source.name.size() > max_source_name_bytes ||
      request_.submit_buffer.size() > max_submit_bytes)
    return STATUS_INVALID_PARAMETER;
  if (const nt::Status status = check_groups(request_.local_groups); status != STATUS_SUCCESS) return status;
  const auto caller = effective_caller(*client_, request_.frame);
  if (!caller) return caller.error();
  caller_ = *caller;
  // "... the caller [of LsaConnectUntrusted] is not verified": to the package it is no part of the TCB.
  caller_.view.has_tcb = caller_.view.has_tcb && handle_.logon_process;
  // LsaConnectUntrusted: valid for LsaLogonUser, "except with LocalGroups".
  if (!request_.local_groups.empty() && !(handle_.logon_process && client_->has_tcb()))
    return STATUS_PRIVILEGE_NOT_HELD;
  return STATUS_SUCCESS;
}

std::vector<PackageEntry> LogonCall::candidates() {
  if (is_negotiate(authority_.registry(), request_.package)) return negotiate_candidates(authority_.registry());
  std::vector<PackageEntry> one;
  if (std::optional<PackageEntry> entry = authority_.registry().find(request_.package))
    one.push_back(std::move(*entry));
  return one;
}

seam::LsaLogonUserReply LogonCall::run() {
  reply_.status = check();
  if (reply_.status != STATUS_SUCCESS) {
    audit(nullptr, reply_.status, 0);
    return std::move(reply_);
  }
  const std::vector<PackageEntry> packages = candidates();
  const PackageEntry* const asked = ask_in_order(packages);
  audit(asked, reply_.status, answer_.sub_status);
  // "SubStatus is set only when the account information was valid and the logon was refused."
  reply_.sub_status = reply_.status == STATUS_ACCOUNT_RESTRICTION ? answer_.sub_status : 0;
  return std::move(reply_);
}

const PackageEntry* LogonCall::ask_in_order(const std::vector<PackageEntry>& packages) {
  reply_.status = STATUS_NO_SUCH_PACKAGE;
  if (packages.empty()) return nullptr;
  surrogates_.before(caller_);
  const PackageEntry* asked = nullptr;
  for (const PackageEntry& package : packages) {
    asked = &package;
    reply_ = {};
    ask(package);
    if (packages.size() == 1 || !is_declined(reply_.status)) break;
  }
  surrogates_.after(caller_, {asked->info.id, reply_.status, reply_.logon_id, answer_, reply_});
  return asked;
}

void LogonCall::ask(const PackageEntry& package) {
  answer_ = {};
  why_.clear();
  if (!package.info.supports_logon) {
    reply_.status = STATUS_NOT_SUPPORTED;
    return;
  }
  const std::optional<RunningHost> host = package.file->running(authority_.registry().patience());
  if (!host) {
    reply_.status = SEC_E_INTERNAL_ERROR;
    return;
  }
  RoutedCall call(authority_, client_, upcalls_);
  reply_.status = call.enter(*host, package.info.id, caller_);
  if (reply_.status != STATUS_SUCCESS) return;
  answer_ = authority_.registry().call(*host, CallKind::package, "LogonUser", [&](seam::PackageHost& target) {
    return target.logon_user({call.origin(request_.frame, caller_), package.info.id, request_.logon_type,
                              request_.submit_buffer.duplicate(), request_.submit_address, surrogates_.added()});
  });
  reply_.status = answer_.status;
  if (!nt::succeeded(reply_.status)) return;  // the package has cleaned up; what it left goes with `call`
  // Success: from here on the session is the authority's, and every way out of here ends it or hands it over.
  reply_.status = take_session(package, *host);
  if (reply_.status == STATUS_SUCCESS) reply_.status = make_token(package, *host, call.chain());
  if (reply_.status == STATUS_SUCCESS) {
    announce(package, *host);
    reply_.status = give_token();
  }
  if (reply_.status == STATUS_SUCCESS) {
    call.keep_handles();
    return;
  }
  if (session_ != nullptr) authority_.sessions().abandon(session_->id());
  token_.reset();  // the last token of the session: LogonTerminated follows
  session_.reset();
  const nt::Status status = reply_.status;
  reply_ = {};  // the profile buffer with it
  reply_.status = status;
}

nt::Status LogonCall::take_session(const PackageEntry& package, const RunningHost& host) {
  const std::shared_ptr<Session> session = authority_.sessions().find(answer_.logon_id);
  if (session == nullptr) return STATUS_NO_SUCH_LOGON_SESSION;
  if (!host.context->packages.contains(session->owner())) {
    // A host that answers with a session of someone else is no longer to be trusted with anything.
    AuditEvent event;
    event.event = "host-lied";
    event.package = nt::to_utf8_lossy(package.info.name);
    event.logon_id = answer_.logon_id;
    event.detail = "LogonUser returned a logon session that another package made; the host is killed";
    authority_.audit().record(event);
    host.host->kill();
    return STATUS_ACCESS_DENIED;
  }
  if (authority_.sessions().state(*session) != SessionState::creating) return STATUS_BAD_LOGON_SESSION_STATE;
  session_ = session;
  const bool profile_fits = answer_.profile_address == 0
                                ? answer_.profile_size_bytes == 0
                                : within(request_.frame.window, answer_.profile_address, answer_.profile_size_bytes);
  return profile_fits && within(request_.frame.window, answer_.writes) ? STATUS_SUCCESS : STATUS_ACCESS_VIOLATION;
}

nt::Status LogonCall::make_token(const PackageEntry& package, const RunningHost& host, seam::ChainId chain) {
  TokenRequest request;
  logon_type_ = request_.logon_type;
  // What a domain said in this call of the account that the package names.
  const auto judged =
      authority_.domain_identities().take_judged(chain, host.context->id, answer_.token_information.user.sid);
  if (judged) request.judged = judged->identity;
  if (judged && judged->cached) logon_type_ = cached_logon_type(logon_type_).value_or(logon_type_);
  request.session = session_;
  request.rights = &host.context->rights();
  request.logon_type = logon_type_;
  request.source = request_.source;
  request.information = answer_.token_information;
  request.local_groups = request_.local_groups;
  request.origin = caller_.token->logon_id();
  request.details = details();
  if (judged && request.details.dns_domain_name.empty())
    request.details.dns_domain_name = judged->identity.dns_domain_name;
  // Of a clone the package says nothing but the credentials for outbound connections.
  std::expected<std::shared_ptr<Token>, nt::Status> token =
      request_.logon_type == new_credentials ? authority_.tokens().clone(*caller_.token, std::move(request))
                                             : authority_.tokens().create(std::move(request));
  if (!token) {
    if (token.error() == STATUS_ACCESS_DENIED)
      why_ = "the package may not vouch for " + answer_.token_information.user.sid.to_string() +
             " with these groups (rights.vouch_for of its drop-in)";
    return token.error();
  }
  token_ = std::move(*token);
  LogonCredentials kept = credentials(package);
  if (judged && kept.primary->dns_domain_name.value_or(u"").empty() && !judged->identity.dns_domain_name.empty())
    kept.primary->dns_domain_name = judged->identity.dns_domain_name;
  authority_.credentials().keep_logon(session_->id(), kept);
  return STATUS_SUCCESS;
}

// AcceptCredentials to every package in turn, then PostLogonUser to the one that logged on. Neither can fail the logon.
void LogonCall::announce(const PackageEntry& package, const RunningHost& host) {
  for (const std::shared_ptr<PackageFile>& file : authority_.registry().files()) file->announce(session_->id());
  authority_.registry().call(host, CallKind::accept_credentials, "PostLogonUser", [&](seam::PackageHost& target) {
    return target.post_logon_user({package.info.id, session_->id(), {}});
  });
}

nt::Status LogonCall::give_token() {
  if (!client_->alive()) return STATUS_PORT_DISCONNECTED;
  reply_.token = client_->handles()->insert(token_);
  if (reply_.token == 0) return STATUS_QUOTA_EXCEEDED;
  // The client may have died between the two: its table took nothing then, or is emptied after us.
  reply_.logon_id = session_->id();
  reply_.profile_address = answer_.profile_address;
  reply_.profile_size_bytes = answer_.profile_size_bytes;
  reply_.writes = std::move(answer_.writes);
  if (token_->type() == nt::TokenType::primary) reply_.quotas = no_quotas;
  return STATUS_SUCCESS;
}

}  // namespace openlsa::authority
