// AcceptCredentials, LogonTerminated, PostLogonUser: the life of a logon session as every package sees it. The package
// keeps the account's name with the session, as AddCredential is documented, and cleans up.
#include "entry.hpp"

namespace scripted {
namespace {

char account_key[] = "account";
LSA_STRING key{sizeof account_key - 1, sizeof account_key - 1, account_key};

std::string kept_account(PLUID luid, ULONG id) {
  ULONG context = 0, length = 0;
  LSA_STRING value{};
  if (!NT_SUCCESS(lsa->GetCredentials(luid, id, &context, FALSE, &key, &length, &value))) return "none";
  const std::string account = bytes_text(value.Buffer, value.Length);
  lsa->FreeLsaHeap(value.Buffer);
  return account;
}

void keep_account(PLUID luid, ULONG id, std::string account) {
  LSA_STRING value{static_cast<USHORT>(account.size()), static_cast<USHORT>(account.size()), account.data()};
  lsa->DeleteCredential(luid, id, &key);
  lsa->AddCredential(luid, id, &key, &value);
}

Words primary_words(const SECPKG_PRIMARY_CRED* primary) {
  Words words;
  if (primary == nullptr) return words.text("primary", "(null)");
  words.luid("luid", &primary->LogonId).string("name", &primary->DownlevelName).string("domain", &primary->DomainName);
  words.secret("password", &primary->Password).secret("old-password", &primary->OldPassword);
  words.sid("sid", primary->UserSid).flags("flags", primary->Flags).string("dns-domain", &primary->DnsDomainName);
  words.string("upn", &primary->Upn).string("server", &primary->LogonServer);
  if ((primary->Flags & PRIMARY_CRED_EX) != 0) {
    const auto* extended = reinterpret_cast<const SECPKG_PRIMARY_CRED_EX*>(primary);
    words.number("package-id", extended->PackageId).luid("previous-luid", &extended->PrevLogonId);
    words.flags("flags-ex", extended->FlagsEx);
  }
  return words;
}

template <unsigned package>
struct SessionSlots {
  static ULONG id() { return static_cast<ULONG>(package_ids[package]); }

  static NTSTATUS NTAPI accept_credentials(SECURITY_LOGON_TYPE logon_type, PUNICODE_STRING account,
                                           PSECPKG_PRIMARY_CRED primary, PSECPKG_SUPPLEMENTAL_CRED supplemental) {
    Words arguments = primary_words(primary);
    arguments.number("type", static_cast<unsigned>(logon_type)).string("account", account);
    if (supplemental == nullptr) {
      arguments.text("supplemental", "(null)");
    } else {
      arguments.string("supplemental", &supplemental->PackageName);
      arguments.bytes("supplemental-bytes", supplemental->Credentials, supplemental->CredentialSize);
    }
    return lsa_entry(package, "AcceptCredentials", arguments, [&](const Rule&) -> NTSTATUS {
      if (primary != nullptr) keep_account(&primary->LogonId, id(), narrow(account));
      return STATUS_SUCCESS;
    });
  }

  static VOID NTAPI logon_terminated(PLUID luid) {
    Words arguments;
    arguments.luid("luid", luid).text("kept", kept_account(luid, id()));
    lsa_entry(package, "LogonTerminated", arguments, [&](const Rule&) -> NTSTATUS {
      lsa->DeleteCredential(luid, id(), &key);
      return STATUS_SUCCESS;
    });
  }

  static NTSTATUS NTAPI post_logon_user(PSECPKG_POST_LOGON_USER_INFO information) {
    Words arguments;
    arguments.flags("flags", information->Flags).luid("luid", &information->LogonId);
    arguments.luid("linked-luid", &information->LinkedLogonId);
    return lsa_entry(package, "PostLogonUser", arguments, [](const Rule&) -> NTSTATUS { return STATUS_SUCCESS; });
  }

  static void fill(SECPKG_FUNCTION_TABLE& table) {
    table.AcceptCredentials = accept_credentials;
    table.LogonTerminated = logon_terminated;
    table.PostLogonUser = post_logon_user;
  }
};

}  // namespace

void add_session_slots(SECPKG_FUNCTION_TABLE& table, unsigned package) { fill<SessionSlots>(table, package); }

}  // namespace scripted
