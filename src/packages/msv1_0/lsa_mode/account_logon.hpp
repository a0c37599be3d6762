// One attempt to log on, and what the authority says of it. Names and SIDs are freed when it goes.
#pragma once

#include "common/heap_block.hpp"
#include "lsa_mode/package.hpp"

namespace msv1_0 {

class AccountLogon {
 public:
  explicit AccountLogon(const Package& package) : package_(package) { logon_.Size = sizeof logon_; }
  AccountLogon(const AccountLogon&) = delete;
  AccountLogon& operator=(const AccountLogon&) = delete;
  ~AccountLogon() {
    for (void* block : {static_cast<void*>(logon_.UserName.Buffer), static_cast<void*>(logon_.DomainName.Buffer),
                        static_cast<void*>(logon_.UserSid), static_cast<void*>(logon_.PrimaryGroupSid),
                        static_cast<void*>(logon_.Groups), static_cast<void*>(logon_.LogonServer.Buffer)})
      if (block != nullptr) package_.setting.lsa->FreeLsaHeap(block);
    wipe(logon_.SessionBaseKey, sizeof logon_.SessionBaseKey);
    wipe(logon_.LmSessionKey, sizeof logon_.LmSessionKey);
  }

  NTSTATUS attempt(const OPENLSA_LOGON_ATTEMPT& attempt) {
    const NTSTATUS status = package_.setting.accounts->LogOn(&attempt, &logon_);
    if (status < 0) {
      logon_ = {};
      logon_.Size = sizeof logon_;
    }
    return status;
  }

  const OPENLSA_LOGON& facts() const { return logon_; }
  std::u16string_view user() const { return text_of(logon_.UserName); }
  std::u16string_view domain() const { return text_of(logon_.DomainName); }
  // Who judged, when that was not this machine alone.
  std::u16string_view server() const {
    return logon_.LogonServer.Length != 0 ? text_of(logon_.LogonServer)
                                          : std::u16string_view(package_.setting.computer_name);
  }
  // When the user should log off; not later than he is put out.
  LARGE_INTEGER logoff_time() const { return logon_.LogoffTime.QuadPart != 0 ? logon_.LogoffTime : logon_.KickOffTime; }
  ByteView user_sid() const { return sid_bytes(logon_.UserSid); }
  ByteView primary_group() const { return sid_bytes(logon_.PrimaryGroupSid); }

  static ByteView sid_bytes(PSID sid) {
    const auto* bytes = static_cast<const std::uint8_t*>(sid);
    return bytes == nullptr ? ByteView{} : ByteView(bytes, 8 + 4 * std::size_t{bytes[1]});
  }

 private:
  const Package& package_;
  OPENLSA_LOGON logon_{};
};

}  // namespace msv1_0
