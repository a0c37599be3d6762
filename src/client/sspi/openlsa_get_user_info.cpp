#include <openlsa/openlsa.h>

#include <cstring>

#include "client/channels/channel_cache.hpp"
#include "client/connection/process_client.hpp"
#include "client/memory/client_buffers.hpp"
#include "client/memory/client_window.hpp"
#include "client/sspi/sspi_edge.hpp"
#include "client/sspi/text.hpp"

using namespace openlsa::client;
namespace base = openlsa::base;
namespace nt = openlsa::nt;
namespace seam = openlsa::seam;

namespace {

constexpr std::size_t max_string_bytes = 0xfffe;  // what a UNICODE_STRING counts

std::size_t bytes_of(const seam::OptionalText& text) { return text ? (text->size() + 1) * sizeof(char16_t) : 0; }

// The SID first, for its alignment; strings have a terminator that does not count.
class UserDataBlock {
 public:
  explicit UserDataBlock(const seam::GetUserInfoReply& reply) : reply_(reply), sid_(sid_of(reply)) {}

  nt::Status make(PSecurityUserData& made) {
    for (const seam::OptionalText* text : {&reply_.user_name, &reply_.logon_domain_name, &reply_.logon_server})
      if (bytes_of(*text) > max_string_bytes) return SEC_E_INTERNAL_ERROR;
    auto* data = static_cast<PSecurityUserData>(
        allocate_buffer(sizeof(SECURITY_USER_DATA) + sid_.size() + bytes_of(reply_.user_name) +
                            bytes_of(reply_.logon_domain_name) + bytes_of(reply_.logon_server),
                        FreedBy::free_context_buffer));
    if (data == nullptr) return SEC_E_INSUFFICIENT_MEMORY;
    next_ = reinterpret_cast<std::uint8_t*>(data + 1);
    if (!sid_.empty()) data->pSid = std::memcpy(std::exchange(next_, next_ + sid_.size()), sid_.data(), sid_.size());
    place(reply_.user_name, data->UserName);
    place(reply_.logon_domain_name, data->LogonDomainName);
    place(reply_.logon_server, data->LogonServer);
    made = data;
    return SEC_E_OK;
  }

 private:
  static base::Bytes sid_of(const seam::GetUserInfoReply& reply) {
    return reply.sid ? reply.sid->to_bytes() : base::Bytes();
  }
  void place(const seam::OptionalText& text, UNICODE_STRING& string) {
    if (!text) return;
    string.MaximumLength = static_cast<USHORT>(bytes_of(text));
    string.Length = static_cast<USHORT>(string.MaximumLength - sizeof(char16_t));
    string.Buffer = reinterpret_cast<decltype(string.Buffer)>(next_);
    write_text(*text, false, next_);
    next_ += bytes_of(text);
  }

  const seam::GetUserInfoReply& reply_;
  const base::Bytes sid_;
  std::uint8_t* next_ = nullptr;
};

nt::Status get_user_info(const SEC_WCHAR* package, const LUID* logon_id, ULONG flags, PSecurityUserData* data) {
  if (data == nullptr) return SEC_E_INVALID_PARAMETER;
  seam::OptionalText name;
  if (!copy_text(package, name) || !name) return SEC_E_SECPKG_NOT_FOUND;
  std::shared_ptr<DirectChannel> channel;
  if (const nt::Status status = ChannelCache::of_process().open(*name, channel); status != SEC_E_OK) return status;
  const ClientWindow window;
  if (!window.valid()) return SEC_E_INSUFFICIENT_MEMORY;
  seam::GetUserInfoRequest request;
  request.frame = call_frame(window.view());
  if (logon_id != nullptr) request.logon_id = nt::Luid::from_parts(logon_id->LowPart, logon_id->HighPart);
  request.flags = flags;
  const auto reply = channel->call(std::move(request));
  if (!nt::succeeded(reply.status)) return reply.status;
  const nt::Status made = UserDataBlock(reply).make(*data);
  return made == SEC_E_OK ? reply.status : made;
}

}  // namespace

SECURITY_STATUS OpenLsaGetUserInfo(PCWSTR Package, PLUID LogonId, ULONG Flags, PSECURITY_USER_DATA* UserData) {
  return sspi_edge([&] { return get_user_info(Package, LogonId, Flags, UserData); });
}
