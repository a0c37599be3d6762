// ChangePassword of openlsa_accounts.h.
#include "authority/authority.hpp"
#include "authority/domain/domains.hpp"
#include "authority/side_doors/change_account_password.hpp"
#include "authority/support/host_support.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

// "name" and "DOMAIN" as the store takes them. Nothing when the name would be read in another way.
std::optional<std::string> account_name(const seam::ChangeLocalPasswordRequest& request) {
  const auto user = nt::to_utf8(request.user_name), domain = nt::to_utf8(request.domain_name);
  if (!user || !domain || user->empty() || user->find_first_of("\\@") != user->npos) return std::nullopt;
  return domain->empty() ? *user : *domain + "\\" + *user;
}

}  // namespace

// The domain's own administrators set passwords there; here the old one is the proof.
nt::Status HostSupport::change_domain_password(seam::ChangeLocalPasswordRequest& request,
                                               std::chrono::steady_clock::time_point until) {
  if (!request.old_password) return STATUS_NOT_SUPPORTED;
  return authority_.domains().change_password(
      {request.user_name, request.domain_name, std::move(*request.old_password), std::move(request.new_password)},
      until);
}

seam::ChangeLocalPasswordReply HostSupport::change_local_password(seam::ChangeLocalPasswordRequest request) {
  const auto caller = check(request.caller, "ChangePassword");
  if (!caller) return {caller.error()};
  if (const nt::Status may = may_use_keys(*caller, "ChangePassword"); may != STATUS_SUCCESS) return {may};
  if (!request.old_password && !caller->view.has_tcb)
    return {refuse(caller->client.get(), "ChangePassword", "changes a password without the old one")};
  const auto until = caller->chain ? Registry::deadline_within(caller->until) : authority_.domains().door().deadline();
  const Route route = authority_.domains().route(request.user_name, request.domain_name, until);
  const std::optional<std::string> name = account_name(request);
  AuditEvent event;
  event.event = "password-change";
  event.package = host_->drop_in->name;
  event.account = nt::to_utf8_lossy(request.user_name.substr(0, 256));
  if (caller->client != nullptr) {
    event.client_pid = caller->client->peer().process_id;
    event.client_uid = caller->client->peer().uid;
  }
  if (route == Route::unknown) {
    event.status = STATUS_NO_LOGON_SERVERS;
  } else if (route == Route::elsewhere) {
    event.status = change_domain_password(request, until);
  } else if (!name) {
    event.status = STATUS_NO_SUCH_USER;
  } else if (request.old_password) {
    const NtKey presented = nt_key_of(*request.old_password);
    const KeyProof proof = [&](const NtKey& key) { return key == presented; };
    event.status = change_account_password(authority_, {*name, &proof, request.new_password}, until);
  } else {
    event.status = change_account_password(authority_, {*name, nullptr, request.new_password}, until);
  }
  const nt::Status status = *event.status;
  record(std::move(event));
  return {status};
}

}  // namespace openlsa::authority
