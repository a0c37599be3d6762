#include "lsa_mode/submitted_logon.hpp"

namespace msv1_0 {
namespace {

using Read = std::expected<SubmittedLogon, NTSTATUS>;

Read refuse() { return std::unexpected(STATUS_INVALID_PARAMETER); }

bool take_name(const SubmitBuffer& buffer, const UNICODE_STRING& string, std::u16string& name) {
  auto text = buffer.text(string);
  if (!text) return false;
  name = std::move(*text);
  return true;
}

// A password whose encoding is no string of its own is one that no account has.
Read read_interactive(const SubmitBuffer& buffer) {
  MSV1_0_INTERACTIVE_LOGON logon{};
  SubmittedLogon read;
  if (!buffer.read(logon) || !take_name(buffer, logon.UserName, read.user) ||
      !take_name(buffer, logon.LogonDomainName, read.domain))
    return refuse();
  auto password = buffer.secret(logon.Password);
  if (!password) return refuse();
  read.type = logon.MessageType;
  read.password = std::move(*password);
  return read;
}

// MSV1_0_SUBAUTH_LOGON begins like this, too: AuthenticationInfo1 and 2 lie where the responses do.
Read read_lm20(const SubmitBuffer& buffer) {
  MSV1_0_LM20_LOGON logon{};
  SubmittedLogon read;
  if (!buffer.read(logon) || !take_name(buffer, logon.UserName, read.user) ||
      !take_name(buffer, logon.LogonDomainName, read.domain) || !take_name(buffer, logon.Workstation, read.workstation))
    return refuse();
  read.type = logon.MessageType;
  // "If this member is set to MsV1_0Lm20Logon, the MSV1_0 package ignores the ParameterControl member."
  if (read.type != MsV1_0Lm20Logon) read.parameter_control = logon.ParameterControl;
  std::memcpy(read.challenge, logon.ChallengeToClient, sizeof read.challenge);
  const auto nt = buffer.bytes(logon.CaseSensitiveChallengeResponse);
  const auto lm = buffer.bytes(logon.CaseInsensitiveChallengeResponse);
  if (!nt || !lm) return refuse();
  if ((read.parameter_control & MSV1_0_CLEARTEXT_PASSWORD_SUPPLIED) != 0) {
    // The password stands where the NT response would (MSV1_0_LM20_LOGON, ParameterControl).
    if (nt->size() % 2 != 0) return refuse();
    read.password = SecretText(nt->size() / 2);
    if (!nt->empty()) std::memcpy(read.password.reveal_mutable().data(), nt->data(), nt->size());
  } else {
    read.nt_response = *nt;
    read.lm_response = *lm;
  }
  return read;
}

Read read_sub_auth(const SubmitBuffer& buffer) {
  static_assert(offsetof(MSV1_0_SUBAUTH_LOGON, AuthenticationInfo2) ==
                    offsetof(MSV1_0_LM20_LOGON, CaseInsensitiveChallengeResponse) &&
                offsetof(MSV1_0_SUBAUTH_LOGON, ParameterControl) == offsetof(MSV1_0_LM20_LOGON, ParameterControl));
  MSV1_0_SUBAUTH_LOGON logon{};
  if (!buffer.read(logon) || logon.SubAuthPackageId == 0 || logon.SubAuthPackageId > 255) return refuse();
  Read read = read_lm20(buffer);
  if (read)
    read->parameter_control = (read->parameter_control & ~static_cast<ULONG>(MSV1_0_SUBAUTHENTICATION_DLL)) |
                              logon.SubAuthPackageId << MSV1_0_SUBAUTHENTICATION_DLL_SHIFT;
  return read;
}

Read read_s4u(const SubmitBuffer& buffer) {
  MSV1_0_S4U_LOGON logon{};
  SubmittedLogon read;
  if (!buffer.read(logon) || !take_name(buffer, logon.UserPrincipalName, read.user) ||
      !take_name(buffer, logon.DomainName, read.domain) ||
      (logon.Flags & ~static_cast<ULONG>(MSV1_0_S4U_LOGON_FLAG_CHECK_LOGONHOURS)) != 0)
    return refuse();
  read.type = MsV1_0S4ULogon;
  read.s4u_flags = logon.Flags;
  return read;
}

}  // namespace

Read read_submitted_logon(const SubmitBuffer& buffer) {
  ULONG type = 0;
  if (!buffer.read(type)) return refuse();
  switch (type) {
    case MsV1_0InteractiveLogon:
    case MsV1_0WorkstationUnlockLogon:
    case MsV1_0NoElevationLogon:
      return read_interactive(buffer);
    case MsV1_0Lm20Logon:
    case MsV1_0NetworkLogon:
      return read_lm20(buffer);
    case MsV1_0SubAuthLogon:
      return read_sub_auth(buffer);
    case MsV1_0S4ULogon:
      return read_s4u(buffer);
    default:
      return std::unexpected(STATUS_INVALID_INFO_CLASS);
  }
}

}  // namespace msv1_0
