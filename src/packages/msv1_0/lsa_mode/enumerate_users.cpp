// MsV1_0EnumerateUsers: the sessions that the package knows. The names behind them are MsV1_0GetUserInfo's to give.
#include "lsa_mode/call_package.hpp"

namespace msv1_0 {

NTSTATUS enumerate_users(const ProtocolCall& call) {
  std::vector<LUID> ids;
  {
    const std::lock_guard lock(call.package.mutex);
    for (const auto& [id, owner] : call.package.sessions) ids.push_back(luid_of(id));
  }
  const std::vector<ULONG> handles(ids.size(), 0);  // "EnumHandles": nothing stands behind them
  MSV1_0_ENUMUSERS_RESPONSE response{};
  ClientBlock block(*call.package.setting.lsa, call.request,
                    sizeof response + ids.size() * (sizeof(LUID) + sizeof(ULONG)));
  if (const NTSTATUS status = block.allocate(); status < 0) return status;
  std::size_t offset = sizeof response;
  response.MessageType = MsV1_0EnumerateUsers;
  response.NumberOfLoggedOnUsers = static_cast<ULONG>(ids.size());
  response.LogonIds = static_cast<PLUID>(
      block.append_bytes(offset, {reinterpret_cast<const std::uint8_t*>(ids.data()), ids.size() * sizeof(LUID)}));
  response.EnumHandles = static_cast<PULONG>(block.append_bytes(
      offset, {reinterpret_cast<const std::uint8_t*>(handles.data()), handles.size() * sizeof(ULONG)}));
  block.put(&response, sizeof response);
  return call.give(block);
}

}  // namespace msv1_0
