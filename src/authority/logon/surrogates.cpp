#include "authority/logon/surrogates.hpp"

#include "authority/authority.hpp"
#include "authority/logon/accept_credentials.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

constexpr std::size_t max_entries = 16;  // of one package
constexpr std::size_t max_data_bytes = 64 * 1024;

seam::SurrogateEntry duplicate(const seam::SurrogateEntry& entry) {
  seam::SurrogateEntry copy;
  copy.type = entry.type;
  if (entry.data) copy.data = entry.data->duplicate();
  return copy;
}

bool within_limits(const std::vector<seam::SurrogateEntry>& entries) {
  std::size_t size = 0;
  for (const seam::SurrogateEntry& entry : entries) size += entry.data ? entry.data->size() : 0;
  return entries.size() <= max_entries && size <= max_data_bytes;
}

// A submission holds what a user typed, and a profile may hold a session key: they are the logon package's, and
// otherwise for packages that may have passwords.
bool may_see(const RunningHost& host, seam::PackageId surrogate, seam::PackageId logon_package) {
  return surrogate == logon_package || host.context->rights().clear_text_passwords;
}

}  // namespace

// Each is a call of its own: what a surrogate leaves behind in the client or as a session goes with it. A logon waits
// for them as it does for AcceptCredentials.
template <class Ask>
void Surrogates::ask_each(unsigned slot, const char* what, const EffectiveCaller& caller, Ask&& ask) {
  for (const PackageEntry& package : authority_.registry().packages()) {
    if (!package.info.fills(slot)) continue;
    if (id_.value == 0) id_ = authority_.sessions().allocate();
    nt::Status status = SEC_E_INTERNAL_ERROR;
    nt::Status sub_status = 0;
    if (const std::optional<RunningHost> host = package.file->running(authority_.registry().patience())) {
      RoutedCall call(authority_, client_, nullptr);
      status = call.enter(*host, package.info.id, caller);
      if (status == STATUS_SUCCESS) {
        seam::CallOrigin origin = call.origin(logon_.frame, caller);
        origin.window = {};  // only the logon package returns something to the client
        status = authority_.registry().call(*host, CallKind::accept_credentials, what, [&](seam::PackageHost& target) {
          return ask(target, package, *host, std::move(origin), sub_status);
        });
      }
    }
    if (!nt::succeeded(status)) audit(package, what, status, sub_status);
  }
}

void Surrogates::before(const EffectiveCaller& caller) {
  ask_each(seam::slot_pre_logon_user_surrogate, "PreLogonUserSurrogate", caller,
           [&](seam::PackageHost& target, const PackageEntry& package, const RunningHost& host, seam::CallOrigin origin,
               nt::Status& sub_status) {
             seam::PreLogonSurrogateRequest request;
             request.origin = std::move(origin);
             request.package = package.info.id;
             request.logon_type = logon_.logon_type;
             if (may_see(host, package.info.id, logon_.package)) {
               request.submit_buffer = logon_.submit_buffer.duplicate();
               request.submit_address = logon_.submit_address;
             }
             request.surrogate_id = id_;
             seam::PreLogonSurrogateReply reply = target.pre_logon_surrogate(std::move(request));
             sub_status = reply.sub_status;
             if (!nt::succeeded(reply.status)) return reply.status;
             if (!within_limits(reply.entries)) return nt::Status{STATUS_QUOTA_EXCEEDED};
             if (!reply.entries.empty()) added_.push_back({package.info.id, std::move(reply.entries)});
             return reply.status;
           });
}

seam::SurrogateLogon Surrogates::added() const {
  seam::SurrogateLogon logon;
  logon.id = id_;
  for (const Added& package : added_)
    for (const seam::SurrogateEntry& entry : package.entries) logon.entries.push_back(duplicate(entry));
  return logon;
}

seam::SurrogateLogon Surrogates::added_by(seam::PackageId package) const {
  seam::SurrogateLogon logon;
  logon.id = id_;
  for (const Added& added : added_)
    if (added.package == package)
      for (const seam::SurrogateEntry& entry : added.entries) logon.entries.push_back(duplicate(entry));
  return logon;
}

void Surrogates::after(const EffectiveCaller& caller, const Outcome& outcome) {
  ask_each(seam::slot_post_logon_user_surrogate, "PostLogonUserSurrogate", caller,
           [&](seam::PackageHost& target, const PackageEntry& package, const RunningHost& host, seam::CallOrigin origin,
               nt::Status&) {
             // As in AcceptCredentials: it may keep credentials of its own in the session.
             const AnnouncedSessions::Guard announced(host.context->announced, outcome.logon_id);
             seam::PostLogonSurrogateRequest request = post_request(package, host, outcome);
             request.origin = std::move(origin);
             return target.post_logon_surrogate(std::move(request)).status;
           });
}

seam::PostLogonSurrogateRequest Surrogates::post_request(const PackageEntry& package, const RunningHost& host,
                                                         const Outcome& outcome) const {
  const seam::LogonUserReply& answer = outcome.answer;
  seam::PostLogonSurrogateRequest request;
  request.package = package.info.id;
  request.logon_type = logon_.logon_type;
  const bool sees_everything = may_see(host, package.info.id, outcome.package);
  if (sees_everything) {
    request.submit_buffer = logon_.submit_buffer.duplicate();
    request.submit_address = logon_.submit_address;
  }
  request.surrogate = added_by(package.info.id);
  request.logon_status = outcome.status;
  request.logon_sub_status = answer.sub_status;
  request.account_name = answer.account_name;
  request.authenticating_authority = answer.authenticating_authority;
  request.machine_name = answer.machine_name;
  if (!nt::succeeded(outcome.status)) return request;  // the rest is of a logon that there is
  request.logon_id = outcome.logon_id;
  request.token_information = answer.token_information;
  if (sees_everything) {
    request.profile_address = outcome.reply.profile_address;
    request.profile_size_bytes = outcome.reply.profile_size_bytes;
    request.profile = outcome.reply.writes.writes;
  }
  if (answer.primary) request.primary = primary_for(*answer.primary, sees_everything);
  if (const seam::SupplementalCredential* element = element_for(answer.supplemental, package.info.name))
    request.supplemental.push_back({element->package_name, element->credentials.duplicate()});
  return request;
}

void Surrogates::audit(const PackageEntry& package, const char* what, nt::Status status, nt::Status sub_status) const {
  AuditEvent event;
  event.event = "surrogate";
  event.status = status;
  event.sub_status = sub_status;
  event.package = nt::to_utf8_lossy(package.info.name);
  event.client_pid = client_->peer().process_id;
  event.client_uid = client_->peer().uid;
  event.logon_type = logon_.logon_type;
  event.detail = std::string(what) + " failed; the logon goes on without it";
  authority_.audit().record(event);
}

}  // namespace openlsa::authority
