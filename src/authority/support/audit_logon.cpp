// AuditLogon and AuditLogonEx: what a package says of a logon, as its own words; the authority's events about logons
// have another name.
#include "authority/authority.hpp"
#include "authority/support/audit_detail.hpp"
#include "authority/support/host_support.hpp"
#include "authority/support/token_arguments.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

constexpr std::size_t source_name_bytes = 8;  // TOKEN_SOURCE_LENGTH

const char* name_of(nt::ImpersonationLevel level) {
  switch (level) {
    case nt::ImpersonationLevel::anonymous:
      return "anonymous";
    case nt::ImpersonationLevel::identification:
      return "identification";
    case nt::ImpersonationLevel::impersonation:
      return "impersonation";
    case nt::ImpersonationLevel::delegation:
      return "delegation";
  }
  return "unknown";
}

std::string words_of(const seam::AuditLogonRequest& request) {
  std::string detail;
  say(detail, "authority", nt::to_utf8_lossy(bounded_text(request.authenticating_authority)));
  say(detail, "workstation", nt::to_utf8_lossy(bounded_text(request.workstation)));
  if (request.user_sid) say(detail, "user", request.user_sid->to_string());
  say(detail, "source", request.source.name.substr(0, source_name_bytes));
  if (request.level) say(detail, "impersonation level", name_of(*request.level));
  return detail;
}

}  // namespace

seam::AuditLogonReply HostSupport::audit_logon(seam::AuditLogonRequest request) {
  const auto caller = check(request.caller, "AuditLogon");
  if (!caller) return {caller.error()};
  AuditEvent event;
  event.event = "package-logon";
  event.status = request.status;
  event.sub_status = request.sub_status;
  event.package = host_->drop_in->name;
  if (caller->client != nullptr) {
    event.client_pid = caller->client->peer().process_id;
    event.client_uid = caller->client->peer().uid;
  }
  event.account = nt::to_utf8_lossy(bounded_text(request.account_name));
  if (nt::succeeded(request.status)) event.logon_id = request.logon_id;  // "valid only on success"
  event.logon_type = request.logon_type;
  event.detail = words_of(request);
  record(std::move(event));
  return {STATUS_SUCCESS};
}

}  // namespace openlsa::authority
