#include "host/marshal/sec_buffers.hpp"
#include "host/refusal.hpp"
#include "host/sspi/handle_call.hpp"

namespace openlsa::host {
namespace {

constexpr char entry_name[] = "SpChangeAccountPassword";

// SECBUFFER_CHANGE_PASS_RESPONSE. A refusal may say why (DOMAIN_PASSWORD_INFORMATION): only what lies in the buffer or
// on the LSA heap, for the client's memory of a call that failed is dropped.
nt::Status take_response(CurrentCall& call, nt::Status status, marshal::OutputBuffers& output,
                         seam::ChangeAccountPasswordReply& reply) {
  if (!nt::succeeded(status)) {
    reply.response = std::move(output.take_after_failure(true).front());
    return status;
  }
  auto taken = accept(output.take(call.memory()), call.package(), entry_name);
  if (!taken) return SEC_E_INTERNAL_ERROR;
  reply.response = std::move(taken->front());
  reply.writes = call.memory().take_writes();
  return status;
}

}  // namespace

// Impersonating is what the authority knows of the calling thread, never what the caller says.
seam::ChangeAccountPasswordReply Channel::change_account_password(seam::ChangeAccountPasswordRequest request) {
  UNICODE_STRING domain = marshal::view_of(request.domain), account = marshal::view_of(request.account);
  seam::ChangeAccountPasswordReply reply;
  const std::optional<base::Secret> old_password(std::move(request.old_password));
  const std::optional<base::Secret> new_password(std::move(request.new_password));
  UNICODE_STRING old_view = marshal::view_of(old_password), new_view = marshal::view_of(new_password);
  marshal::OutputBuffers output({request.response}, false);
  if (!output.valid()) {
    reply.status = SEC_E_INVALID_PARAMETER;
    return reply;
  }
  auto* slot = state_->package().table.ChangeAccountPassword;
  reply.status = client_call(*state_, request.frame, slot, [&](CurrentCall& call) {
    const BOOLEAN impersonating = state_->view().impersonating ? TRUE : FALSE;
    const nt::Status status = call.enter(entry_name, SEC_E_INTERNAL_ERROR, [&] {
      return slot(&domain, &account, &old_view, &new_view, impersonating, output.descriptor());
    });
    return take_response(call, status, output, reply);
  });
  return reply;
}

}  // namespace openlsa::host
