// AuditNtlm of openlsa_accounts.h: an administrator who wants to stop NTLM sees here who still uses it, and towards
// whom.
#include <openlsa/openlsa.h>

#include "authority/authority.hpp"
#include "authority/support/audit_detail.hpp"
#include "authority/support/host_support.hpp"
#include "authority/support/token_arguments.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {

seam::AuditNtlmReply HostSupport::audit_ntlm(seam::AuditNtlmRequest request) {
  const auto caller = check(request.caller, "AuditNtlm");
  if (!caller) return {caller.error()};
  if (request.use != OPENLSA_NTLM_SENT && request.use != OPENLSA_NTLM_RECEIVED) return {STATUS_INVALID_PARAMETER};
  if (const nt::Status may = may_use_keys(*caller, "AuditNtlm"); may != STATUS_SUCCESS) return {may};
  AuditEvent event;
  event.event = request.use == OPENLSA_NTLM_SENT ? "ntlm-sent" : "ntlm-received";
  event.status = request.status;
  event.package = host_->drop_in->name;
  if (caller->client != nullptr) {
    event.client_pid = caller->client->peer().process_id;
    event.client_uid = caller->client->peer().uid;
  }
  event.account = nt::to_utf8_lossy(bounded_text(request.user_name));
  say(event.detail, "domain", nt::to_utf8_lossy(bounded_text(request.domain_name)));
  say(event.detail, "target", nt::to_utf8_lossy(bounded_text(request.target)));
  record(std::move(event));
  return {STATUS_SUCCESS};
}

}  // namespace openlsa::authority
