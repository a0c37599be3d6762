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
                        static_cast<void*>(logon_.UserSid), static_cast<void*>(logon_.PrimaryGroupSid)})
      if (block != nullptr) package_.setting.lsa->FreeLsaHeap(block);
    wipe(logon_.SessionBaseKey, sizeof logon_.SessionBaseKey);
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
  ByteView user_sid() const { return sid_bytes(logon_.UserSid); }
  ByteView primary_group() const { return sid_bytes(logon_.PrimaryGroupSid); }

 private:
  static ByteView sid_bytes(PSID sid) {
    const auto* bytes = static_cast<const std::uint8_t*>(sid);
    return bytes == nullptr ? ByteView{} : ByteView(bytes, 8 + 4 * std::size_t{bytes[1]});
  }
  const Package& package_;
  OPENLSA_LOGON logon_{};
};

}  // namespace msv1_0
