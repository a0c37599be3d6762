// The credential manager's set of a logon session.
#include <cstring>

#include "probe.hpp"

namespace probe {
namespace {

LPWSTR string_of(std::u16string& text) { return reinterpret_cast<LPWSTR>(text.data()); }

std::string text_of(LPWSTR string) {
  std::string text;
  for (; string != nullptr && *string != 0; ++string) text += static_cast<char>(*string);
  return text;
}

ULONG flags_of(const std::string& text) {
  return text.empty() ? CREDP_FLAGS_IN_PROCESS | CREDP_FLAGS_CLEAR_PASSWORD : static_cast<ULONG>(parse_number(text));
}

// The blob in clear, whichever form it came in.
std::string blob_of(const ENCRYPTED_CREDENTIALW& credential, ULONG flags) {
  std::string blob(reinterpret_cast<const char*>(credential.Cred.CredentialBlob), credential.Cred.CredentialBlobSize);
  if ((flags & CREDP_FLAGS_CLEAR_PASSWORD) == 0) lsa->LsaUnprotectMemory(blob.data(), static_cast<ULONG>(blob.size()));
  return blob.substr(0, credential.ClearCredentialBlobSize);
}

// cred-write LUID TYPE TARGET SECRET [FLAGS] [PERSIST]
void write(Call& call, const Arguments& a) {
  LUID luid = parse_luid(a[1]);
  std::u16string target = widen(a[3]), user = u"TESTBOX\\alice", comment = u"of the probe";
  std::string secret = a[4], value = "attribute value";
  std::u16string keyword = u"Probe_Attribute";
  const ULONG flags = flags_of(a[5]);
  ENCRYPTED_CREDENTIALW credential{};
  CREDENTIAL_ATTRIBUTEW attribute{string_of(keyword), 0, static_cast<DWORD>(value.size()),
                                  reinterpret_cast<LPBYTE>(value.data())};
  credential.ClearCredentialBlobSize = static_cast<ULONG>(secret.size());
  if ((flags & CREDP_FLAGS_CLEAR_PASSWORD) == 0)
    lsa->LsaProtectMemory(secret.data(), static_cast<ULONG>(secret.size()));
  CREDENTIALW& inner = credential.Cred;
  inner.Type = static_cast<DWORD>(parse_number(a[2]));
  inner.TargetName = string_of(target);
  inner.Comment = string_of(comment);
  inner.CredentialBlobSize = static_cast<DWORD>(secret.size());
  inner.CredentialBlob = reinterpret_cast<LPBYTE>(secret.data());
  inner.Persist = a[6].empty() ? CRED_PERSIST_SESSION : static_cast<DWORD>(parse_number(a[6]));
  inner.AttributeCount = 1;
  inner.Attributes = &attribute;
  inner.UserName = string_of(user);
  call.say_status("cred-write", lsa->CrediWrite(&luid, flags, &credential, 0));
}

// cred-read LUID TYPE TARGET [FLAGS]
void read(Call& call, const Arguments& a) {
  LUID luid = parse_luid(a[1]);
  std::u16string target = widen(a[3]);
  const ULONG flags = flags_of(a[4]);
  ENCRYPTED_CREDENTIALW* credential = nullptr;
  const NTSTATUS status =
      lsa->CrediRead(&luid, flags, string_of(target), static_cast<ULONG>(parse_number(a[2])), 0, &credential);
  call.say_status("cred-read", status);
  call.say_number("cred-given", credential != nullptr);
  if (!NT_SUCCESS(status)) return;
  const CREDENTIALW& inner = credential->Cred;
  call.say("cred-target", text_of(inner.TargetName));
  call.say("cred-user", text_of(inner.UserName));
  call.say("cred-comment", text_of(inner.Comment));
  call.say("cred-secret", blob_of(*credential, flags));
  call.say("cred-raw", std::string(reinterpret_cast<const char*>(inner.CredentialBlob), inner.CredentialBlobSize));
  call.say_number("cred-attributes", inner.AttributeCount);
  if (inner.AttributeCount == 1)
    call.say("cred-attribute",
             text_of(inner.Attributes[0].Keyword) + "=" +
                 std::string(reinterpret_cast<const char*>(inner.Attributes[0].Value), inner.Attributes[0].ValueSize));
  lsa->CrediFreeCredentials(1, &credential);
}

// cred-domain LUID DNS-SERVER NETBIOS-DOMAIN: the targets of what is found, in order.
void read_domain(Call& call, const Arguments& a) {
  LUID luid = parse_luid(a[1]);
  std::u16string server = widen(a[2]), domain = widen(a[3]);
  CREDENTIAL_TARGET_INFORMATIONW target{};
  if (!server.empty() && server != u"-") target.DnsServerName = string_of(server);
  if (!domain.empty()) target.NetbiosDomainName = string_of(domain);
  ULONG count = 0;
  ENCRYPTED_CREDENTIALW** credentials = nullptr;
  const NTSTATUS status =
      lsa->CrediReadDomainCredentials(&luid, CREDP_FLAGS_CLEAR_PASSWORD, &target, 0, &count, &credentials);
  call.say_status("cred-domain", status);
  std::string found;
  for (ULONG i = 0; i < count; ++i)
    found +=
        text_of(credentials[i]->Cred.TargetName) + ":" + blob_of(*credentials[i], CREDP_FLAGS_CLEAR_PASSWORD) + ",";
  call.say("cred-found", found);
  lsa->CrediFreeCredentials(count, credentials);
}

}  // namespace

void add_credential_commands(Commands& commands) {
  commands["cred-write"] = write;
  commands["cred-read"] = read;
  commands["cred-domain"] = read_domain;
}

}  // namespace probe
