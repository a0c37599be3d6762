// The session and the token of an attempt that asks for them, and the line in the audit trail.
#include "authority/authority.hpp"
#include "authority/support/host_support.hpp"
#include "authority/support/logon_attempt.hpp"
#include "authority/support/token_arguments.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

constexpr std::uint32_t information_v1 = 1;  // LsaTokenInformationV1

}  // namespace

nt::Status HostSupport::make_logon_token(const seam::LogOnAccountRequest& request, const Caller& caller,
                                         const DomainIdentity* judged, seam::LogOnAccountReply& reply) {
  const nt::Luid id = authority_.sessions().allocate();
  if (const nt::Status made = authority_.sessions().create(id, request.caller.package, caller.chain);
      made != STATUS_SUCCESS)
    return made;
  TokenRequest wanted;
  wanted.session = authority_.sessions().find(id);
  wanted.rights = &host_->rights();
  wanted.logon_type = request.logon_type;
  wanted.level = request.level;
  wanted.source = request.source;
  wanted.information.type = information_v1;
  wanted.information.user.sid = reply.user;
  wanted.details.user_name = reply.user_name;
  wanted.details.logon_domain = reply.domain_name;
  wanted.details.logon_server = reply.logon_server;
  if (judged != nullptr) {
    wanted.judged = *judged;
    wanted.details.dns_domain_name = judged->dns_domain_name;
  }
  auto token = authority_.tokens().create(std::move(wanted));
  if (!token) {
    authority_.sessions().remove(id);
    if (token.error() == STATUS_ACCESS_DENIED)
      refuse(caller.client.get(), "LogOn", "may not vouch for " + reply.user.to_string());
    return token.error();
  }
  reply.logon_id = id;
  const seam::TokenReply given = has(request, OPENLSA_ATTEMPT_IN_CLIENT)
                                     ? place(request.caller, caller, std::move(*token))
                                     : give(std::move(*token));
  reply.token = given.token;
  return given.status;
}

void HostSupport::audit_attempt(const seam::LogOnAccountRequest& request, const Caller& caller,
                                const seam::LogOnAccountReply& reply) const {
  AuditEvent event;
  event.event = reply.status == STATUS_SUCCESS ? "logon" : "logon-failed";
  event.status = reply.status;
  event.package = host_->drop_in->name;
  if (caller.client != nullptr) {
    event.client_pid = caller.client->peer().process_id;
    event.client_uid = caller.client->peer().uid;
  }
  event.account = nt::to_utf8_lossy(bounded_text(reply.user_name.empty() ? request.user_name : reply.user_name));
  if (reply.logon_id.value != 0) event.logon_id = reply.logon_id;
  event.logon_type = request.logon_type;
  const std::string workstation = nt::to_utf8_lossy(bounded_text(request.workstation));
  if (!workstation.empty()) event.detail = "workstation " + workstation;
  record(std::move(event));
}

}  // namespace openlsa::authority
