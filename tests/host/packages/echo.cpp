// A security package that does what its input asks for: three packages in one file, the second of which fails to
// initialise. Built against the public headers only, as a third party would.
#include <cstring>
#include <stdexcept>
#include <string_view>

#include "observed.h"

#define EXPORT extern "C" __attribute__((visibility("default")))

EXPORT OBSERVED test_observed;
OBSERVED test_observed;

namespace {

PLSA_SECPKG_FUNCTION_TABLE lsa;
ULONG_PTR next_handle = 100;

std::u16string_view text_of(PUNICODE_STRING string) {
  if (string == nullptr) return {};
  return {reinterpret_cast<const char16_t*>(string->Buffer), string->Length / 2u};
}

UNICODE_STRING* heap_string(std::u16string_view text) {
  auto* string = static_cast<UNICODE_STRING*>(lsa->AllocateLsaHeap(sizeof(UNICODE_STRING)));
  string->Length = string->MaximumLength = static_cast<USHORT>(text.size() * 2);
  string->Buffer = static_cast<decltype(string->Buffer)>(lsa->AllocateLsaHeap(string->Length));
  std::memcpy(string->Buffer, text.data(), string->Length);
  return string;
}

void fill(UNICODE_STRING& member, std::u16string_view text) {
  UNICODE_STRING* string = heap_string(text);
  member = *string;
  lsa->FreeLsaHeap(string);
}

PSID heap_sid(ULONG rid) {
  const UCHAR bytes[] = {1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, static_cast<UCHAR>(rid), 2, 0, 0};
  void* sid = lsa->AllocatePrivateHeap(sizeof bytes);
  std::memcpy(sid, bytes, sizeof bytes);
  return sid;
}

NTSTATUS NTAPI initialize(ULONG_PTR id, PSECPKG_PARAMETERS, PLSA_SECPKG_FUNCTION_TABLE table) {
  lsa = table;
  test_observed.LastPackageId = id;
  ++test_observed.Initialized;
  return STATUS_SUCCESS;
}
NTSTATUS NTAPI initialize_fails(ULONG_PTR, PSECPKG_PARAMETERS, PLSA_SECPKG_FUNCTION_TABLE) {
  return STATUS_UNSUCCESSFUL;
}
NTSTATUS NTAPI shut_down() {
  ++test_observed.Shutdowns;
  return STATUS_SUCCESS;
}

template <const char16_t* name>
NTSTATUS NTAPI get_info(PSecPkgInfoW info) {
  info->fCapabilities = SECPKG_FLAG_CONNECTION | SECPKG_FLAG_LOGON;
  info->wVersion = 1;
  info->wRPCID = SECPKG_ID_NONE;
  info->cbMaxToken = 4096;
  info->Name = reinterpret_cast<SEC_WCHAR*>(const_cast<char16_t*>(name));
  info->Comment = reinterpret_cast<SEC_WCHAR*>(const_cast<char16_t*>(u"says what it is told"));
  return STATUS_SUCCESS;
}
constexpr char16_t echo_name[] = u"Echo";
constexpr char16_t failing_name[] = u"Failing";
constexpr char16_t plain_name[] = u"Plain";

NTSTATUS NTAPI get_extended(SECPKG_EXTENDED_INFORMATION_CLASS wanted, PSECPKG_EXTENDED_INFORMATION* out) {
  if (wanted != SecpkgContextThunks) return STATUS_NOT_SUPPORTED;
  *out = static_cast<PSECPKG_EXTENDED_INFORMATION>(lsa->AllocateLsaHeap(sizeof **out));
  (*out)->Class = SecpkgContextThunks;
  (*out)->Info.ContextThunks.InfoLevelCount = 1;
  (*out)->Info.ContextThunks.Levels[0] = SECPKG_ATTR_NATIVE_NAMES;
  return STATUS_SUCCESS;
}

void give_token_information(PLSA_TOKEN_INFORMATION_TYPE type, PVOID* information) {
  auto* v1 = static_cast<PLSA_TOKEN_INFORMATION_V1>(lsa->AllocateLsaHeap(sizeof(LSA_TOKEN_INFORMATION_V1)));
  v1->ExpirationTime.QuadPart = 0x7fffffffffffffff;
  v1->User.User.Sid = heap_sid(1);
  v1->Groups = static_cast<PTOKEN_GROUPS>(lsa->AllocatePrivateHeap(sizeof(TOKEN_GROUPS)));
  v1->Groups->GroupCount = 1;
  v1->Groups->Groups[0].Sid = heap_sid(2);
  v1->Groups->Groups[0].Attributes = 7;
  v1->PrimaryGroup.PrimaryGroup = heap_sid(3);
  *type = LsaTokenInformationV1;
  *information = v1;
}

NTSTATUS NTAPI logon_user(PLSA_CLIENT_REQUEST request, SECURITY_LOGON_TYPE, PVOID submit, PVOID, ULONG size,
                          PVOID* profile, PULONG profile_size, PLUID logon_id, PNTSTATUS sub_status,
                          PLSA_TOKEN_INFORMATION_TYPE type, PVOID* information, PUNICODE_STRING* account,
                          PUNICODE_STRING* authority, PUNICODE_STRING*, PSECPKG_PRIMARY_CRED primary,
                          PSECPKG_SUPPLEMENTAL_CRED_ARRAY* supplemental) {
  const std::string_view what(static_cast<const char*>(submit), size);
  if (what == "throw") throw std::runtime_error("no");
  *account = heap_string(u"alice");
  if (what == "deny") {
    *sub_status = STATUS_PASSWORD_EXPIRED;
    return STATUS_ACCOUNT_RESTRICTION;
  }
  logon_id->LowPart = 0x12345;
  *authority = heap_string(u"HOST");
  give_token_information(type, information);
  if (what == "wild group") {
    lsa->FreePrivateHeap(static_cast<PLSA_TOKEN_INFORMATION_V1>(*information)->Groups->Groups[0].Sid);
    static_cast<PLSA_TOKEN_INFORMATION_V1>(*information)->Groups->Groups[0].Sid = &test_observed;
  }
  primary->LogonId = *logon_id;
  primary->Flags = PRIMARY_CRED_CLEAR_PASSWORD;
  fill(primary->DownlevelName, u"alice");
  fill(primary->Password, u"secret");
  *supplemental = static_cast<PSECPKG_SUPPLEMENTAL_CRED_ARRAY>(lsa->AllocateLsaHeap(sizeof **supplemental));
  (*supplemental)->CredentialCount = 1;
  fill((*supplemental)->Credentials[0].PackageName, u"Plain");
  (*supplemental)->Credentials[0].CredentialSize = 3;
  (*supplemental)->Credentials[0].Credentials = static_cast<PUCHAR>(lsa->AllocateLsaHeap(3));
  std::memcpy((*supplemental)->Credentials[0].Credentials, "abc", 3);
  *profile_size = 4;
  char data[] = "prof";
  if (!NT_SUCCESS(lsa->AllocateClientBuffer(request, 4, profile))) return STATUS_NO_MEMORY;
  return lsa->CopyToClientBuffer(request, 4, *profile, data);
}

VOID NTAPI logon_terminated(PLUID) { ++test_observed.Terminated; }

template <ULONG kind>
NTSTATUS NTAPI call_package(PLSA_CLIENT_REQUEST request, PVOID submit, PVOID base, ULONG size, PVOID* returned,
                            PULONG returned_size, PNTSTATUS protocol_status) {
  test_observed.LastKind = kind;
  const std::string_view what(static_cast<const char*>(submit), size);
  if (what == "protocol") {
    *protocol_status = STATUS_ACCESS_DENIED;
    return STATUS_SUCCESS;
  }
  if (what == "local buffer") {
    *returned = &test_observed;
    *returned_size = 4;
    return STATUS_SUCCESS;
  }
  // Echo what the client holds at the address of its submit buffer.
  char copy[64];
  NTSTATUS status =
      size > sizeof copy ? STATUS_INVALID_PARAMETER : lsa->CopyFromClientBuffer(request, size, copy, base);
  if (NT_SUCCESS(status)) status = lsa->AllocateClientBuffer(request, size, returned);
  if (NT_SUCCESS(status)) status = lsa->CopyToClientBuffer(request, size, *returned, copy);
  *returned_size = size;
  return status;
}

NTSTATUS NTAPI accept_credentials(SECURITY_LOGON_TYPE, PUNICODE_STRING name, PSECPKG_PRIMARY_CRED primary,
                                  PSECPKG_SUPPLEMENTAL_CRED supplemental) {
  if (text_of(name) != u"alice") return STATUS_INVALID_PARAMETER;
  ++test_observed.AcceptedCredentials;
  test_observed.SawPassword = primary != nullptr && text_of(&primary->Password) == u"secret";
  test_observed.SawSupplemental = supplemental != nullptr && supplemental->CredentialSize == 3;
  return STATUS_SUCCESS;
}

#include "echo_sspi.inc"

SECPKG_FUNCTION_TABLE tables[3];

}  // namespace

EXPORT NTSTATUS NTAPI SpLsaModeInitialize(ULONG, PULONG version, PSECPKG_FUNCTION_TABLE* out, PULONG count) {
  for (auto& table : tables) {
    table.Initialize = initialize;
    table.Shutdown = shut_down;
  }
  SECPKG_FUNCTION_TABLE& echo = tables[0];
  echo.GetInfo = get_info<echo_name>;
  echo.GetExtendedInformation = get_extended;
  echo.LogonUserEx2 = logon_user;
  echo.LogonTerminated = logon_terminated;
  echo.CallPackage = call_package<0>;
  echo.CallPackageUntrusted = call_package<1>;
  echo.CallPackagePassthrough = call_package<2>;
  echo.AcceptCredentials = accept_credentials;
  add_sspi(echo);
  tables[1].GetInfo = get_info<failing_name>;
  tables[1].Initialize = initialize_fails;
  tables[2].GetInfo = get_info<plain_name>;
  *version = SECPKG_INTERFACE_VERSION_3;
  *out = tables;
  *count = 3;
  return STATUS_SUCCESS;
}

EXPORT NTSTATUS NTAPI SpUserModeInitialize(ULONG, PULONG, PSECPKG_USER_FUNCTION_TABLE*, PULONG) {
  return STATUS_NOT_SUPPORTED;
}
