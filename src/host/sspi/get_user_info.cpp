#include "host/marshal/user_data.hpp"
#include "host/refusal.hpp"
#include "host/sspi/handle_call.hpp"

namespace openlsa::host {

// A client asks for its own session; for any session only with SeTcbPrivilege. The package may refuse more.
seam::GetUserInfoReply Channel::get_user_info(seam::GetUserInfoRequest request) {
  constexpr char entry_name[] = "SpGetUserInfo";
  const seam::ClientView& view = state_->view();
  const nt::Luid session = request.logon_id.value_or(view.logon_id);
  if (session != view.logon_id && !view.has_tcb) return {.status = SEC_E_NOT_OWNER};
  auto* slot = state_->package().table.GetUserInfo;
  seam::GetUserInfoReply reply;
  const nt::Status done = client_call(*state_, request.frame, slot, [&](CurrentCall& call) -> nt::Status {
    LUID logon_id{session.low(), session.high()};
    PSecurityUserData data = nullptr;
    const nt::Status status =
        call.enter(entry_name, SEC_E_INTERNAL_ERROR, [&] { return slot(&logon_id, request.flags, &data); });
    if (!nt::succeeded(status)) return status;
    auto copied = accept(marshal::copy_user_data(call.memory(), data), call.package(), entry_name);
    if (!copied) return SEC_E_INTERNAL_ERROR;
    reply = std::move(*copied);
    return status;
  });
  reply.status = done;
  return reply;
}

}  // namespace openlsa::host
