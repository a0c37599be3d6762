// What administrators ask (lsactl): one verb a file. The caller needs TCB; Connection::admin has checked it, and run()
// checks it again when it knows the caller.
#pragma once

#include "seam/authority_calls.hpp"

namespace openlsa::authority {
class Authority;
class Client;
}  // namespace openlsa::authority

namespace openlsa::authority::admin {

// `caller`, when known, is named in the audit trail, and its session is the default of token-show.
seam::AdminReply run(Authority& authority, const seam::AdminRequest& request, Client* caller = nullptr);

}  // namespace openlsa::authority::admin
