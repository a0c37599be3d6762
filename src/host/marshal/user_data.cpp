#include "host/marshal/user_data.hpp"

namespace openlsa::host::marshal {
namespace {

bool read(const ClientMemory& memory, const void* address, void* out, std::size_t size_bytes) {
  return nt::succeeded(
      memory.read(reinterpret_cast<std::uint64_t>(address), {static_cast<std::uint8_t*>(out), size_bytes}));
}

bool copy_text(const ClientMemory& memory, const UNICODE_STRING& string, seam::OptionalText& text) {
  if (string.Buffer == nullptr) return string.Length == 0;
  if (string.Length % sizeof(char16_t) != 0 || string.Length > string.MaximumLength) return false;
  text.emplace(string.Length / sizeof(char16_t), u'\0');
  return read(memory, string.Buffer, text->data(), string.Length);
}

bool copy_sid(const ClientMemory& memory, const void* address, std::optional<nt::Sid>& sid) {
  if (address == nullptr) return true;
  std::uint8_t bytes[nt::Sid::max_size_bytes];
  constexpr std::size_t head = 8;
  if (!read(memory, address, bytes, head)) return false;
  const std::size_t size = head + 4 * std::size_t{bytes[1]};
  if (size > sizeof bytes || !read(memory, address, bytes, size)) return false;
  sid = nt::Sid::from_bytes({bytes, size});
  return sid.has_value();
}

}  // namespace

Copied<seam::GetUserInfoReply> copy_user_data(const ClientMemory& memory, const SECURITY_USER_DATA* address) {
  SECURITY_USER_DATA data;
  seam::GetUserInfoReply reply;
  if (!read(memory, address, &data, sizeof data))
    return std::unexpected(Refusal{"user data that lies in no client buffer of the call"});
  if (!copy_text(memory, data.UserName, reply.user_name) ||
      !copy_text(memory, data.LogonDomainName, reply.logon_domain_name) ||
      !copy_text(memory, data.LogonServer, reply.logon_server) || !copy_sid(memory, data.pSid, reply.sid))
    return std::unexpected(Refusal{"user data whose strings or SID lie in no client buffer of the call"});
  return reply;
}

}  // namespace openlsa::host::marshal
