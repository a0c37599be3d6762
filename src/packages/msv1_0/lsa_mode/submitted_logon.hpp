// What LsaLogonUser can submit to MSV1_0 (MSV1_0_LOGON_SUBMIT_TYPE), read whole before anything is done with it.
#pragma once

#include <expected>

#include "common/submit_buffer.hpp"
#include "lsa_mode/package.hpp"

namespace msv1_0 {

struct SubmittedLogon {
  MSV1_0_LOGON_SUBMIT_TYPE type = MsV1_0InteractiveLogon;
  std::u16string user;
  std::u16string domain;
  std::u16string workstation;
  SecretText password;  // interactive, unlock; LM20 with MSV1_0_CLEARTEXT_PASSWORD_SUPPLIED
  UCHAR challenge[MSV1_0_CHALLENGE_LENGTH]{};
  ByteView nt_response;  // in the submit buffer
  ByteView lm_response;
  ULONG parameter_control = 0;  // MSV1_0_* of MSV1_0_LM20_LOGON; the top byte names a sub-authentication package
  ULONG s4u_flags = 0;

  bool is_network() const {
    return type == MsV1_0Lm20Logon || type == MsV1_0NetworkLogon || type == MsV1_0SubAuthLogon;
  }
  bool has_password() const {
    return !is_network() ? type != MsV1_0S4ULogon : (parameter_control & MSV1_0_CLEARTEXT_PASSWORD_SUPPLIED) != 0;
  }
};

// STATUS_INVALID_PARAMETER: too short, a string that leaves the buffer, a name with a NUL.
// STATUS_INVALID_INFO_CLASS: a type that is not served here.
std::expected<SubmittedLogon, NTSTATUS> read_submitted_logon(const SubmitBuffer& buffer);

}  // namespace msv1_0
