// LsaApLogonUserEx2 and LsaApLogonTerminated.
#include "lsa_mode/logon_user.hpp"

#include "common/guarded.hpp"
#include "core/utf.hpp"
#include "lsa_mode/client_block.hpp"
#include "lsa_mode/heap_block.hpp"
#include "lsa_mode/logon_session.hpp"
#include "lsa_mode/verify_logon.hpp"

namespace sshkey {
namespace {

// Everything that a logon gives the LSA, owned here until nothing can fail any more.
class Outputs {
 public:
  Outputs(const Package& package, PLSA_CLIENT_REQUEST request, const VerifiedLogon& logon)
      : Outputs(*package.setting.lsa, request, logon, names_of(package, logon.account)) {}

  ClientBlock& profile() { return profile_; }
  PUNICODE_STRING hand_over_account() { return account_.hand_over(); }
  PUNICODE_STRING hand_over_authority() { return authority_.hand_over(); }

  // Groups, privileges and owner are the authority's to add. The token does not end with the session key: a desktop
  // outlives its sign-on.
  void* hand_over_token() {
    LSA_TOKEN_INFORMATION_V1 information{};
    information.ExpirationTime.QuadPart = never_expires;
    information.User.User.Sid = user_sid_.hand_over();
    information.PrimaryGroup.PrimaryGroup = group_sid_.hand_over();
    std::memcpy(token_.get(), &information, sizeof information);
    return token_.hand_over();
  }

  // Who logged on, for the other packages; there is no password.
  void hand_over_primary(const LUID& logon_id, SECPKG_PRIMARY_CRED& out) {
    out = {};
    out.LogonId = logon_id;
    out.DownlevelName = primary_account_.hand_over_buffer();
    out.DomainName = primary_domain_.hand_over_buffer();
    out.UserSid = primary_sid_.hand_over();
  }

 private:
  Outputs(const LSA_SECPKG_FUNCTION_TABLE& lsa, PLSA_CLIENT_REQUEST request, const VerifiedLogon& logon,
          const AccountNames& names)
      : account_(lsa, names.account),
        authority_(lsa, names.domain),
        user_sid_(lsa, logon.account.sid),
        group_sid_(lsa, logon.account.primary_group),
        token_(lsa, sizeof(LSA_TOKEN_INFORMATION_V1)),
        primary_account_(lsa, names.account),
        primary_domain_(lsa, names.domain),
        primary_sid_(lsa, logon.account.sid),
        profile_(lsa, request) {}

  HeapString account_, authority_;
  HeapBlock user_sid_, group_sid_, token_;
  HeapString primary_account_, primary_domain_;
  HeapBlock primary_sid_;
  ClientBlock profile_;
};

NTSTATUS fill_profile(const Package& package, const Credential& credential, ClientBlock& block) {
  SSHKEY_PROFILE profile{};
  profile.MessageType = SshKeyLogon;
  profile.Purpose = credential.fields.purpose;
  profile.NotAfter = credential.fields.not_after;
  std::memcpy(profile.AuthorityId, package.setting.authority_id.data(), sizeof profile.AuthorityId);
  return block.fill(bytes_of(profile));
}

void free_string(const LSA_SECPKG_FUNCTION_TABLE& lsa, PUNICODE_STRING string) {
  lsa.FreeLsaHeap(string->Buffer);
  lsa.FreeLsaHeap(string);
}

}  // namespace

NTSTATUS NTAPI logon_user_ex2(PLSA_CLIENT_REQUEST request, SECURITY_LOGON_TYPE logon_type, PVOID submit_buffer,
                              PVOID client_base, ULONG submit_size, PVOID* profile_buffer, PULONG profile_size,
                              PLUID logon_id, PNTSTATUS sub_status, PLSA_TOKEN_INFORMATION_TYPE token_type,
                              PVOID* token_information, PUNICODE_STRING* account_name,
                              PUNICODE_STRING* authenticating_authority, PUNICODE_STRING* machine_name,
                              PSECPKG_PRIMARY_CRED primary_credentials,
                              PSECPKG_SUPPLEMENTAL_CRED_ARRAY* supplemental_credentials) noexcept {
  return guarded(STATUS_NO_MEMORY, [&]() -> NTSTATUS {
    *profile_buffer = *token_information = nullptr;
    *profile_size = 0;
    *sub_status = STATUS_SUCCESS;
    *account_name = *authenticating_authority = *machine_name = nullptr;
    *supplemental_credentials = nullptr;
    const auto package = sshkey::package();
    if (!package) return STATUS_INVALID_SERVER_STATE;
    auto logon = read_logon(SubmitBuffer(submit_buffer, client_base, submit_size));
    if (!logon) return STATUS_INVALID_PARAMETER;
    // The name is returned on failure too, for the audit trail (LsaApLogonUserEx2, AccountName).
    *account_name = HeapString(*package->setting.lsa, to_utf16(logon->account).value_or(u"")).hand_over();
    if (!is_known_logon_type(logon_type)) return STATUS_INVALID_LOGON_TYPE;
    const auto caller = current_caller(*package);
    if (!caller) return STATUS_ACCESS_DENIED;
    drop_expired_credentials(*package);
    const auto verified = verify_logon(*package, *caller, logon_type, std::move(*logon));
    if (!verified) return STATUS_LOGON_FAILURE;

    Outputs outputs(*package, request, *verified);
    if (const NTSTATUS status = fill_profile(*package, *verified->credential, outputs.profile()); status < 0)
      return status;
    NewLogonSession session(*package);
    if (const NTSTATUS status = session.create(); status < 0) return status;
    if (const NTSTATUS status = session.add_key(verified->credential); status < 0) return status;

    // Nothing below fails.
    *logon_id = session.id();
    outputs.hand_over_primary(session.id(), *primary_credentials);
    session.hand_over();
    *token_type = LsaTokenInformationV1;
    *token_information = outputs.hand_over_token();
    free_string(*package->setting.lsa, *account_name);
    *account_name = outputs.hand_over_account();  // as the authority spells it
    *authenticating_authority = outputs.hand_over_authority();
    *profile_size = outputs.profile().size();
    *profile_buffer = outputs.profile().hand_over();
    return STATUS_SUCCESS;
  });
}

VOID NTAPI logon_terminated(PLUID logon_id) noexcept {
  guarded(STATUS_NO_MEMORY, [&]() -> NTSTATUS {
    if (const auto package = sshkey::package()) drop_credential(*package, value_of(*logon_id));
    return STATUS_SUCCESS;
  });
}

}  // namespace sshkey
