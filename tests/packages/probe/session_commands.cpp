// Logon sessions and the credentials that packages keep in them.
#include <cstring>

#include "probe.hpp"

namespace probe {
namespace {

LSA_STRING string_of(std::string& text) {
  LSA_STRING string{};
  string.Length = string.MaximumLength = static_cast<USHORT>(text.size());
  string.Buffer = text.data();
  return string;
}

// create-session [LUID]
void create_session(Call& call, const Arguments& a) {
  LUID luid{};
  if (a[1].empty())
    AllocateLocallyUniqueId(&luid);
  else
    luid = parse_luid(a[1]);
  call.say_status("create-session", lsa->CreateLogonSession(&luid));
  call.say("luid", luid_text(luid));
}

void delete_session(Call& call, const Arguments& a) {
  LUID luid = parse_luid(a[1]);
  call.say_status("delete-session", lsa->DeleteLogonSession(&luid));
}

// A fifth argument names the package id; otherwise it is our own.
ULONG package_of(const Call& call, const std::string& text) {
  return static_cast<ULONG>(text.empty() ? package_ids[call.package] : parse_number(text));
}

// add-credential LUID KEY VALUE [PACKAGE]
void add_credential(Call& call, const Arguments& a) {
  LUID luid = parse_luid(a[1]);
  std::string key = a[2], value = a[3];
  LSA_STRING key_string = string_of(key), value_string = string_of(value);
  call.say_status("add-credential", lsa->AddCredential(&luid, package_of(call, a[4]), &key_string, &value_string));
}

// get-credential LUID KEY [PACKAGE]
void get_credential(Call& call, const Arguments& a) {
  LUID luid = parse_luid(a[1]);
  std::string key = a[2];
  LSA_STRING key_string = string_of(key), value{};
  ULONG context = 0, key_length = 0;
  const NTSTATUS status =
      lsa->GetCredentials(&luid, package_of(call, a[3]), &context, FALSE, &key_string, &key_length, &value);
  call.say_status("get-credential", status);
  if (!NT_SUCCESS(status)) return;
  call.say("value", std::string(value.Buffer, value.Length));
  lsa->FreeLsaHeap(value.Buffer);
}

// list-credentials LUID [CAPACITY]: by the cursor, until it ends or the buffer for keys is too small.
void list_credentials(Call& call, const Arguments& a) {
  LUID luid = parse_luid(a[1]);
  std::string buffer(a[2].empty() ? 256 : parse_number(a[2]), '\0');
  ULONG context = 0;
  std::string found;
  NTSTATUS status = STATUS_SUCCESS;
  for (int i = 0; i < 100; ++i) {
    LSA_STRING key{}, value{};
    key.MaximumLength = static_cast<USHORT>(buffer.size());
    key.Buffer = buffer.data();
    ULONG key_length = 0;
    status = lsa->GetCredentials(&luid, package_of(call, ""), &context, TRUE, &key, &key_length, &value);
    if (status != STATUS_SUCCESS) {
      call.say_number("list-key-length", key_length);
      break;
    }
    found += std::string(key.Buffer, key.Length) + ":" + std::string(value.Buffer, value.Length) + ",";
    lsa->FreeLsaHeap(value.Buffer);
  }
  call.say_status("list-credentials", status);
  call.say("list", found);
}

// delete-credential LUID KEY [PACKAGE]
void delete_credential(Call& call, const Arguments& a) {
  LUID luid = parse_luid(a[1]);
  std::string key = a[2];
  LSA_STRING key_string = string_of(key);
  call.say_status("delete-credential", lsa->DeleteCredential(&luid, package_of(call, a[3]), &key_string));
}

// update-credentials LUID [PASSWORD] [OLD] [SUPPLEMENTAL, for Probe2]; "-" stands for NULL.
void update_credentials(Call& call, const Arguments& a) {
  SECPKG_PRIMARY_CRED primary{};
  primary.LogonId = parse_luid(a[1]);
  WideText password(a[2]), old(a[3]), name("Probe2");
  if (!a[2].empty() && a[2] != "-") {
    primary.Password = *password.get();
    primary.Flags = PRIMARY_CRED_CLEAR_PASSWORD;
  }
  if (!a[3].empty() && a[3] != "-") primary.OldPassword = *old.get();
  std::string bytes = a[4];
  SECPKG_SUPPLEMENTAL_CRED_ARRAY supplemental{};
  supplemental.CredentialCount = 1;
  supplemental.Credentials[0].PackageName = *name.get();
  supplemental.Credentials[0].CredentialSize = static_cast<ULONG>(bytes.size());
  supplemental.Credentials[0].Credentials = reinterpret_cast<PUCHAR>(bytes.data());
  call.say_status("update-credentials", lsa->UpdateCredentials(&primary, bytes.empty() ? nullptr : &supplemental));
}

}  // namespace

void add_session_commands(Commands& commands) {
  commands["create-session"] = create_session;
  commands["delete-session"] = delete_session;
  commands["add-credential"] = add_credential;
  commands["get-credential"] = get_credential;
  commands["list-credentials"] = list_credentials;
  commands["update-credentials"] = update_credentials;
  commands["delete-credential"] = delete_credential;
}

}  // namespace probe
