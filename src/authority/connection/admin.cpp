#include "authority/admin/admin.hpp"

#include "authority/connection/connection.hpp"

namespace openlsa::authority {

seam::AdminReply Connection::admin(seam::AdminRequest request) {
  if (living() == nullptr || !client_->has_tcb()) {
    seam::AdminReply reply;
    reply.status = STATUS_ACCESS_DENIED;
    reply.message = "Only root, the authority's own user and accounts with SeTcbPrivilege may administer it.";
    return reply;
  }
  return admin::run(authority_, request, client_.get());
}

}  // namespace openlsa::authority
