// LsaEnumerateLogonSessions
#include "authority/connection/connection.hpp"

namespace openlsa::authority {

seam::EnumerateSessionsReply Connection::enumerate_sessions(seam::EnumerateSessionsRequest) {
  seam::EnumerateSessionsReply reply;
  if (living() == nullptr) {
    reply.status = STATUS_ACCESS_DENIED;
    return reply;
  }
  reply.sessions = authority_.sessions().list_live();
  return reply;
}

}  // namespace openlsa::authority
