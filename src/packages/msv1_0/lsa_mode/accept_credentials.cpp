// LsaApAcceptCredentials: whose session it is, for the messages of its handshakes. No password is kept: the authority
// has it, and answers challenges with it (ComputeNtlmV2).
#include "lsa_mode/functions.hpp"
#include "lsa_mode/package.hpp"

namespace msv1_0 {

NTSTATUS NTAPI accept_credentials(SECURITY_LOGON_TYPE logon_type, PUNICODE_STRING account_name,
                                  PSECPKG_PRIMARY_CRED primary, PSECPKG_SUPPLEMENTAL_CRED) noexcept {
  return guarded(STATUS_NO_MEMORY, [&]() -> NTSTATUS {
    const auto package = msv1_0::package();
    if (!package || primary == nullptr) return STATUS_SUCCESS;
    SessionOwner owner;
    const bool unnamed = primary->DownlevelName.Length == 0 && account_name != nullptr;
    owner.user = text_of(unnamed ? *account_name : primary->DownlevelName);
    owner.domain = text_of(primary->DomainName);
    owner.logon_server = text_of(primary->LogonServer);
    owner.logon_type = logon_type;
    if (const auto* sid = static_cast<const std::uint8_t*>(primary->UserSid))
      owner.sid.assign(sid, sid + 8 + 4 * sid[1]);
    const std::lock_guard lock(package->mutex);
    package->sessions[value_of(primary->LogonId)] = std::move(owner);
    return STATUS_SUCCESS;
  });
}

}  // namespace msv1_0
