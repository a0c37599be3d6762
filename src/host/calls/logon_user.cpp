#include "host/calls/logon_results.hpp"
#include "host/marshal/surrogate.hpp"
#include "host/refusal.hpp"
#include "host/runtime.hpp"

namespace openlsa::host {
namespace {

// The package made a session, and what it said about it cannot be used: the session ends as if the authority had
// refused the logon, so the package is told to forget it.
void end_refused_session(CurrentCall& call, nt::Luid logon_id) {
  LUID luid{logon_id.low(), logon_id.high()};
  if (auto* terminated = call.package().table.LogonTerminated)
    call.enter("LsaApLogonTerminated", STATUS_UNHANDLED_EXCEPTION, [&] {
      terminated(&luid);
      return STATUS_SUCCESS;
    });
  call.runtime().support().delete_logon_session({call.caller(), logon_id});
}

}  // namespace

seam::LogonUserReply Runtime::logon_user(seam::LogonUserRequest request) {
  seam::LogonUserReply reply;
  const LoadedPackage* package = find(request.package);
  if (package == nullptr || !offers_logon(*package)) {
    reply.status = package == nullptr ? STATUS_NO_SUCH_PACKAGE : STATUS_NOT_SUPPORTED;
    return reply;
  }
  CurrentCall call(*this, *package, &request.origin);
  // The package may change its copy (it rebases pointers in place); CopyFromClientBuffer reads what the client sent.
  base::Secret submitted = request.submit_buffer.duplicate();
  call.memory().submit(request.submit_address, request.submit_buffer.reveal());

  marshal::SurrogateView surrogate(request.surrogate);
  LogonResults results;
  reply.status =
      results.run(call, {request.logon_type, submitted.reveal_mutable(), request.submit_address, surrogate.get()});
  if (nt::succeeded(reply.status)) {
    if (const char* what = results.copy_success(call, reply)) {
      log_refusal(*package, "LogonUser", what);
      if (reply.logon_id != nt::Luid{}) end_refused_session(call, reply.logon_id);
      reply = {};
      reply.status = STATUS_INTERNAL_ERROR;
    } else {
      reply.writes = call.memory().take_writes();
      return reply;
    }
  } else {
    results.copy_failure(*package, reply);
  }
  call.memory().drop();
  call.revoke_client_tokens();
  return reply;
}

}  // namespace openlsa::host
