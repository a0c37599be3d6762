// MsV1_0GetUserInfo: whose a session is. Everybody may ask for his own, a logon process for any.
#include "lsa_mode/call_package.hpp"
#include "lsa_mode/caller.hpp"

namespace msv1_0 {

NTSTATUS get_user_info(const ProtocolCall& call) {
  MSV1_0_GETUSERINFO_REQUEST request{};
  if (!call.submitted.read(request)) return STATUS_INVALID_PARAMETER;
  const auto caller = current_caller(call.package);
  if (!caller) return STATUS_ACCESS_DENIED;
  if (!caller->trusted && value_of(caller->logon_id) != value_of(request.LogonId)) return STATUS_ACCESS_DENIED;
  SessionOwner owner;
  {
    const std::lock_guard lock(call.package.mutex);
    const auto found = call.package.sessions.find(value_of(request.LogonId));
    if (found == call.package.sessions.end()) return STATUS_NO_SUCH_LOGON_SESSION;
    owner = found->second;
  }
  MSV1_0_GETUSERINFO_RESPONSE response{};
  const std::size_t texts = (owner.user.size() + owner.domain.size() + owner.logon_server.size()) * sizeof(char16_t);
  ClientBlock block(*call.package.setting.lsa, call.request, sizeof response + owner.sid.size() + texts);
  if (const NTSTATUS status = block.allocate(); status < 0) return status;
  std::size_t offset = sizeof response;
  response.MessageType = MsV1_0GetUserInfo;
  response.UserSid = owner.sid.empty() ? nullptr : block.append_bytes(offset, owner.sid);
  response.UserName = block.append(offset, owner.user);
  response.LogonDomainName = block.append(offset, owner.domain);
  response.LogonServer = block.append(offset, owner.logon_server);
  response.LogonType = owner.logon_type;
  block.put(&response, sizeof response);
  return call.give(block);
}

}  // namespace msv1_0
