// LsaRegisterLogonProcess and LsaConnectUntrusted.
#include "authority/connection/connection.hpp"

namespace openlsa::authority {
namespace {

constexpr std::size_t max_name_bytes = 127;

}  // namespace

seam::ConnectReply Connection::connect(seam::ConnectRequest request) {
  seam::ConnectReply reply;
  Client* const client = living();
  if (client == nullptr) {
    reply.status = STATUS_ACCESS_DENIED;
    return reply;
  }
  if (request.logon_process) {
    if (request.name.size() > max_name_bytes)
      reply.status = STATUS_NAME_TOO_LONG;
    else if (!client->has_tcb())
      reply.status = STATUS_PORT_CONNECTION_REFUSED;
    // The name "goes to the audit log", so that a refused registration is seen there as well.
    AuditEvent event;
    event.event = "register-logon-process";
    event.status = reply.status;
    event.client_pid = peer_.process_id;
    event.client_uid = peer_.uid;
    event.detail = request.name.substr(0, max_name_bytes);
    authority_.audit().record(event);
    if (reply.status != STATUS_SUCCESS) return reply;
  }
  reply.lsa_handle =
      client->open_lsa_handle({request.logon_process, request.logon_process ? std::move(request.name) : ""});
  if (reply.lsa_handle == 0) reply.status = STATUS_QUOTA_EXCEEDED;
  return reply;
}

}  // namespace openlsa::authority
