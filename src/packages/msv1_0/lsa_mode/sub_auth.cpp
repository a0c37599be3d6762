#include "lsa_mode/sub_auth.hpp"

#include "lsa_mode/call_package.hpp"
#include "lsa_mode/functions.hpp"

namespace msv1_0 {
namespace {

// Where the client finds what the package returned: at an address of its own, or, in what another machine's package
// would get, at an offset from the start of the response (MSV1_0_SUBAUTH_REQUEST, MsV1_0GenericPassthrough).
enum class Buffer { address, offset };

NTSTATUS answer(const ProtocolCall& call, Buffer kind) {
  const auto returned = ask_sub_authentication(call.package, call.submitted);
  if (!returned) return returned.error();
  MSV1_0_SUBAUTH_RESPONSE response{};
  ClientBlock block(*call.package.setting.lsa, call.request, sizeof response + returned->size);
  if (const NTSTATUS status = block.allocate(); status < 0) return status;
  std::size_t offset = sizeof response;
  void* const place = block.append_bytes(offset, returned->bytes());
  response.MessageType = MsV1_0SubAuth;
  response.SubAuthInfoLength = returned->size;
  if (returned->size != 0)
    response.SubAuthReturnBuffer =
        kind == Buffer::address ? static_cast<PUCHAR>(place) : reinterpret_cast<PUCHAR>(sizeof response);
  block.put(&response, sizeof response);
  return call.give(block);
}

}  // namespace

std::expected<SubAuthReturned, NTSTATUS> ask_sub_authentication(const Package& package, const SubmitBuffer& submitted) {
  MSV1_0_SUBAUTH_REQUEST request{};
  if (!submitted.read(request)) return std::unexpected(STATUS_INVALID_PARAMETER);
  const auto data = submitted.bytes_at(request.SubAuthSubmitBuffer, request.SubAuthInfoLength);
  if (!data) return std::unexpected(STATUS_INVALID_PARAMETER);
  PVOID returned = nullptr;
  ULONG size = 0;
  const NTSTATUS status =
      package.setting.accounts->CallSubAuthentication(request.SubAuthPackageId, const_cast<std::uint8_t*>(data->data()),
                                                      static_cast<ULONG>(data->size()), &returned, &size);
  HeapBlock block(*package.setting.lsa, returned);
  if (status < 0) return std::unexpected(status);
  return SubAuthReturned{std::move(block), size};
}

NTSTATUS sub_auth(const ProtocolCall& call) { return answer(call, Buffer::address); }
NTSTATUS relayed_sub_auth(const ProtocolCall& call) { return answer(call, Buffer::offset); }

}  // namespace msv1_0
