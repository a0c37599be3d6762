#include "client/lsa/lsa_handle.hpp"

#include "wire/frame.hpp"

namespace openlsa::client {

nt::Status connect_to_lsa(bool logon_process, std::string_view name, HANDLE* handle) {
  CurrentClient client;
  const seam::ConnectReply reply =
      client.call(&seam::AuthorityCalls::connect, {logon_process, std::string(name)}, authority_lost);
  if (!nt::succeeded(reply.status)) return reply.status;
  if (reply.lsa_handle == 0) return STATUS_INTERNAL_ERROR;
  *handle = make_lsa_handle(client.made_by()->epoch(), reply.lsa_handle);
  return reply.status;
}

nt::Status copy_lsa_name(const STRING* name, std::string& copy) {
  if (name == nullptr || (name->Buffer == nullptr && name->Length != 0)) return STATUS_INVALID_PARAMETER;
  if (name->Length > max_lsa_name_bytes) return STATUS_NAME_TOO_LONG;
  copy.assign(name->Buffer == nullptr ? "" : name->Buffer, name->Length);
  return STATUS_SUCCESS;
}

bool copy_submit_buffer(const void* buffer, ULONG size_bytes, base::Secret& copy) {
  constexpr std::size_t room_for_the_rest = 256 * 1024;
  if (buffer == nullptr && size_bytes != 0) return false;
  if (size_bytes > wire::authority_request_limit_bytes - room_for_the_rest) return false;
  copy = base::Secret(base::as_bytes(buffer, size_bytes));
  return true;
}

}  // namespace openlsa::client
