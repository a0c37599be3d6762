// AuditAccountLogon: "an audit record that represents the mapping of a foreign principal name onto a Windows account",
// as the package's own words.
#include "authority/authority.hpp"
#include "authority/support/audit_detail.hpp"
#include "authority/support/host_support.hpp"
#include "authority/support/token_arguments.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {

seam::AuditAccountLogonReply HostSupport::audit_account_logon(seam::AuditAccountLogonRequest request) {
  const auto caller = check(request.caller, "AuditAccountLogon");
  if (!caller) return {caller.error()};
  AuditEvent event;
  event.event = "package-account-logon";
  event.status = request.status;
  event.package = host_->drop_in->name;
  if (caller->client != nullptr) {
    event.client_pid = caller->client->peer().process_id;
    event.client_uid = caller->client->peer().uid;
  }
  event.account = nt::to_utf8_lossy(bounded_text(request.mapped_name));
  say(event.detail, "outcome", request.success ? "success" : "failure");
  say(event.detail, "message", std::to_string(request.audit_id));
  say(event.detail, "source", nt::to_utf8_lossy(bounded_text(request.source)));
  say(event.detail, "client", nt::to_utf8_lossy(bounded_text(request.client_name)));
  record(std::move(event));
  return {STATUS_SUCCESS};
}

}  // namespace openlsa::authority
