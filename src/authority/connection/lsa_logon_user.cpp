#include "authority/connection/connection.hpp"
#include "authority/logon/logon_call.hpp"

namespace openlsa::authority {

seam::LsaLogonUserReply Connection::lsa_logon_user(seam::LsaLogonUserRequest request) {
  if (living() == nullptr) {
    seam::LsaLogonUserReply reply;
    reply.status = STATUS_ACCESS_DENIED;
    return reply;
  }
  return LogonCall(authority_, client_, upcalls_, std::move(request)).run();
}

}  // namespace openlsa::authority
