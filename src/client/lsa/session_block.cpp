#include "client/lsa/session_block.hpp"

#include <cstring>

#include "client/memory/client_buffers.hpp"

namespace openlsa::client {
namespace {

constexpr std::size_t max_units = 0x7ffe;  // Length and MaximumLength (with the terminator) are 16-bit byte counts

// Places what the structure points to behind it; SIDs first, for they need 4-byte alignment.
class Tail {
 public:
  explicit Tail(PSECURITY_LOGON_SESSION_DATA block) : next_(reinterpret_cast<std::uint8_t*>(block + 1)) {}

  PSID sid(const base::Bytes& bytes) {
    std::uint8_t* place = next_;
    std::memcpy(place, bytes.data(), bytes.size());
    next_ += bytes.size();
    return place;
  }
  void string(const seam::Text& text, LSA_UNICODE_STRING& out) {
    const std::size_t size = text.size() * sizeof(char16_t);
    std::memcpy(next_, text.data(), size);  // the block is zeroed: the terminator is there
    out.Length = static_cast<USHORT>(size);
    out.MaximumLength = static_cast<USHORT>(size + sizeof(char16_t));
    out.Buffer = reinterpret_cast<PWSTR>(next_);
    next_ += size + sizeof(char16_t);
  }

 private:
  std::uint8_t* next_;
};

}  // namespace

nt::Status make_session_block(const seam::SessionData& data, PSECURITY_LOGON_SESSION_DATA& block) {
  block = nullptr;
  const base::Bytes sid = data.sid.empty() ? base::Bytes() : data.sid.to_bytes();
  std::size_t size = sizeof(SECURITY_LOGON_SESSION_DATA) + sid.size();
  for (const seam::Text* text : {&data.user_name, &data.logon_domain, &data.authentication_package, &data.logon_server,
                                 &data.dns_domain_name, &data.upn}) {
    if (text->size() > max_units) return STATUS_INTERNAL_ERROR;
    size += (text->size() + 1) * sizeof(char16_t);
  }
  auto* made = static_cast<PSECURITY_LOGON_SESSION_DATA>(allocate_buffer(size, FreedBy::lsa_free_return_buffer));
  if (made == nullptr) return STATUS_NO_MEMORY;
  Tail tail(made);
  made->Size = sizeof *made;
  made->LogonId = {data.logon_id.low(), data.logon_id.high()};
  made->LogonType = data.logon_type;
  made->Session = data.session;
  made->Sid = sid.empty() ? nullptr : tail.sid(sid);
  made->LogonTime.QuadPart = data.logon_time.ticks;
  made->UserFlags = data.user_flags;
  tail.string(data.user_name, made->UserName);
  tail.string(data.logon_domain, made->LogonDomain);
  tail.string(data.authentication_package, made->AuthenticationPackage);
  tail.string(data.logon_server, made->LogonServer);
  tail.string(data.dns_domain_name, made->DnsDomainName);
  tail.string(data.upn, made->Upn);
  // No end is set for a session, and no password has to change.
  made->LogoffTime.QuadPart = made->KickOffTime.QuadPart = made->PasswordMustChange.QuadPart = nt::never.ticks;
  block = made;
  return STATUS_SUCCESS;
}

}  // namespace openlsa::client
