// LsaGetLogonSessionData: for the session's owner and for administrators. For SYSTEM the data pointer is NULL.
#include "authority/connection/connection.hpp"

namespace openlsa::authority {

seam::GetSessionDataReply Connection::get_session_data(seam::GetSessionDataRequest request) {
  seam::GetSessionDataReply reply;
  Client* const client = living();
  const std::shared_ptr<Token> caller = client == nullptr ? nullptr : client->token(request.token);
  if (caller == nullptr) {
    reply.status = client == nullptr ? STATUS_ACCESS_DENIED : STATUS_INVALID_HANDLE;
    return reply;
  }
  std::optional<DescribedSession> session = authority_.sessions().look_up(request.logon_id);
  if (!session) {
    reply.status = STATUS_NO_SUCH_LOGON_SESSION;
    return reply;
  }
  SessionDetails& details = session->details;
  const bool may_see = caller->logon_id() == request.logon_id || caller->user() == details.user ||
                       caller->information()->has_group(nt::well_known::administrators) ||
                       (request.token == 0 && client->has_tcb());
  if (!may_see || caller->level() < nt::ImpersonationLevel::identification) {
    reply.status = STATUS_ACCESS_DENIED;
    return reply;
  }
  if (request.logon_id == nt::system_luid) return reply;
  seam::SessionData data;
  data.logon_id = request.logon_id;
  data.user_name = std::move(details.user_name);
  data.logon_domain = std::move(details.logon_domain);
  if (const std::optional<PackageEntry> package = authority_.registry().find(session->owner))
    data.authentication_package = package->info.name;
  data.logon_type = details.logon_type;
  data.sid = details.user;
  data.logon_time = session->logon_time;
  data.logon_server = std::move(details.logon_server);
  data.dns_domain_name = std::move(details.dns_domain_name);
  data.upn = std::move(details.upn);
  reply.data = std::move(data);
  return reply;
}

}  // namespace openlsa::authority
