// A security package with the newest slots: "Newer" fills them, "Older" only those before them. What it does follows
// from the submit buffer; what it was given it notes. Built against the public headers only, as a third party would.
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>

#include "observed.h"

#define EXPORT extern "C" __attribute__((visibility("default")))

EXPORT OBSERVED test_observed;
OBSERVED test_observed;

namespace {

PLSA_SECPKG_FUNCTION_TABLE lsa;
constexpr GUID type_a{0xaaaaaaaa, 1, 2, {3, 4, 5, 6, 7, 8, 9, 10}};

std::string_view view(PVOID submit, ULONG size) { return {static_cast<const char*>(submit), size}; }
void note(const std::string& text) { std::snprintf(test_observed.Note, sizeof test_observed.Note, "%s", text.c_str()); }
std::string narrow(const WCHAR* text, std::size_t units) {
  std::string result;
  for (std::size_t i = 0; i < units; ++i) result += static_cast<char>(text[i]);
  return result;
}
std::string narrow(PUNICODE_STRING text) {
  return text == nullptr ? "NULL" : narrow(text->Buffer, text->Length / sizeof(WCHAR));
}

void* heap(const void* bytes, std::size_t size) {
  void* block = lsa->AllocateLsaHeap(static_cast<ULONG>(size));
  if (size != 0) std::memcpy(block, bytes, size);
  return block;
}
PSID heap_sid(UCHAR rid) {
  const UCHAR bytes[] = {1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, rid, 2, 0, 0};
  return heap(bytes, sizeof bytes);
}

NTSTATUS NTAPI initialize(ULONG_PTR, PSECPKG_PARAMETERS, PLSA_SECPKG_FUNCTION_TABLE table) {
  lsa = table;
  return STATUS_SUCCESS;
}

template <bool newer>
NTSTATUS NTAPI get_info(PSecPkgInfoW info) {
  static char16_t name[] = u"Newer", other[] = u"Older", none[] = u"";
  info->wVersion = 1;
  info->wRPCID = SECPKG_ID_NONE;
  info->Name = reinterpret_cast<SEC_WCHAR*>(newer ? name : other);
  info->Comment = reinterpret_cast<SEC_WCHAR*>(none);
  return STATUS_SUCCESS;
}

std::string text_of(PSECPKG_SURROGATE_LOGON logon) {
  std::string text = "v" + std::to_string(logon->Version) + " id=" + std::to_string(logon->SurrogateLogonID.LowPart);
  for (ULONG i = 0; i < logon->EntryCount; ++i) {
    const auto& entry = logon->Entries[i];
    text += std::memcmp(&entry.Type, &type_a, sizeof type_a) == 0 ? " a:" : " ?:";
    text += entry.Data == nullptr ? "NULL" : static_cast<const char*>(entry.Data);
  }
  return text;
}

NTSTATUS NTAPI before(PLSA_CLIENT_REQUEST request, SECURITY_LOGON_TYPE type, PVOID submit, PVOID base, ULONG size,
                      PSECPKG_SURROGATE_LOGON logon, PNTSTATUS sub_status) {
  PVOID block = nullptr;
  note(text_of(logon) + " type=" + std::to_string(type) + " submit=" + (submit == nullptr ? "NULL" : "given") +
       " base=" + (base == nullptr ? "NULL" : "given") + " size=" + std::to_string(size) +
       " client=" + (NT_SUCCESS(lsa->AllocateClientBuffer(request, 4, &block)) ? "yes" : "no"));
  const std::string_view what = view(submit, submit == nullptr ? 0 : size);
  static SECPKG_SURROGATE_LOGON_ENTRY astray{type_a, nullptr};
  SECPKG_SURROGATE_LOGON_ENTRY entries[2]{{type_a, nullptr}, {type_a, nullptr}};
  if (what == "two" || what == "fail") entries[0].Data = heap("first", 6);
  if (what == "within") {  // not the beginning of its block
    auto* block_of_data = static_cast<char*>(heap("skipped:rest", 13));
    logon->Entries = static_cast<PSECPKG_SURROGATE_LOGON_ENTRY>(heap(entries, sizeof entries));
    logon->EntryCount = 1;
    logon->Entries[0].Data = block_of_data + 8;
    logon->Entries[1].Data = block_of_data;  // beyond the count: nobody's
    test_observed.LastPackageId = reinterpret_cast<ULONG_PTR>(block_of_data);
    return STATUS_SUCCESS;
  }
  if (what == "wild data") entries[0].Data = &astray;
  if (what == "nothing") return STATUS_SUCCESS;
  if (what == "wild entries") {
    logon->Entries = &astray;
    logon->EntryCount = 1;
    return STATUS_SUCCESS;
  }
  logon->Entries = static_cast<PSECPKG_SURROGATE_LOGON_ENTRY>(heap(entries, sizeof entries));
  logon->EntryCount = what == "too many" ? 3 : 2;
  if (what != "fail") return STATUS_SUCCESS;
  lsa->FreeLsaHeap(entries[0].Data);  // after a failure everything is the package's own
  lsa->FreeLsaHeap(logon->Entries);
  *sub_status = STATUS_PASSWORD_EXPIRED;
  return STATUS_ACCESS_DENIED;
}

NTSTATUS NTAPI after(PLSA_CLIENT_REQUEST request, SECURITY_LOGON_TYPE type, PVOID submit, PVOID, ULONG size,
                     PSECPKG_SURROGATE_LOGON logon, PVOID profile, ULONG profile_size, PLUID logon_id, NTSTATUS status,
                     NTSTATUS sub_status, LSA_TOKEN_INFORMATION_TYPE token_type, PVOID token, PUNICODE_STRING account,
                     PUNICODE_STRING authority, PUNICODE_STRING machine, PSECPKG_PRIMARY_CRED primary,
                     PSECPKG_SUPPLEMENTAL_CRED_ARRAY supplemental) {
  char read[8] = "";
  if (profile != nullptr) lsa->CopyFromClientBuffer(request, profile_size, read, profile);
  std::string text = text_of(logon) + " type=" + std::to_string(type) + " luid=" + std::to_string(logon_id->LowPart) +
                     (status == STATUS_SUCCESS ? " ok" : " failed") + " sub=" + std::to_string(sub_status) +
                     " profile=" + read + " names=" + narrow(account) + "," + narrow(authority) + "," +
                     narrow(machine) + " submit=" + (submit == nullptr ? "NULL" : std::string(view(submit, size)));
  text += " password=" + (primary == nullptr ? "NULL" : narrow(&primary->Password));
  if (primary != nullptr && (primary->Flags & PRIMARY_CRED_EX) != 0)
    text += " ex=" + std::to_string(reinterpret_cast<PSECPKG_PRIMARY_CRED_EX>(primary)->PrevLogonId.LowPart);
  if (supplemental != nullptr)
    text += " supplemental=" + std::to_string(supplemental->CredentialCount) + ":" +
            narrow(&supplemental->Credentials[0].PackageName);
  if (token == nullptr) {
    text += " token=NULL";
  } else {
    const auto* v3 = static_cast<PLSA_TOKEN_INFORMATION_V3>(token);
    text += " token=" + std::to_string(token_type) + ":" + std::to_string(v3->Groups->GroupCount) + ":" +
            std::to_string(v3->Privileges == nullptr ? 0 : v3->Privileges->PrivilegeCount) + ":" +
            std::to_string(static_cast<const UCHAR*>(v3->PrimaryGroup.PrimaryGroup)[12]);
    if (token_type == LsaTokenInformationV3) {
      const auto* claims = static_cast<PCLAIM_SECURITY_ATTRIBUTES_INFORMATION>(v3->UserClaims.UserClaims);
      text += ":" + narrow(claims->Attribute.pAttributeV1[0].Name, 4) + ":" +
              std::to_string(*claims->Attribute.pAttributeV1[0].Values.pInt64) + ":" +
              std::to_string(v3->DeviceGroups->GroupCount);
    }
  }
  note(text);
  return STATUS_SUCCESS;
}

CLAIM_SECURITY_ATTRIBUTE_V1 number_claim(std::string_view what) {
  CLAIM_SECURITY_ATTRIBUTE_V1 claim{};
  const LONG64 values[] = {-5, 6};
  claim.Name = static_cast<PWSTR>(heap(u"size", what == "claim name" ? 8 : 10));  // without its end
  claim.ValueType = CLAIM_SECURITY_ATTRIBUTE_TYPE_INT64;
  claim.ValueCount = what == "claim values" ? 3 : 2;
  claim.Values.pInt64 = static_cast<PLONG64>(heap(values, sizeof values));
  return claim;
}

PVOID claims_of(std::string_view what) {
  CLAIM_SECURITY_ATTRIBUTES_INFORMATION head{};
  head.Version = what == "claims version" ? 2 : CLAIM_SECURITY_ATTRIBUTES_INFORMATION_VERSION;
  head.AttributeCount = what == "claims count" ? 2 : 1;
  const CLAIM_SECURITY_ATTRIBUTE_V1 claim = number_claim(what);
  static CLAIM_SECURITY_ATTRIBUTE_V1 astray{};
  head.Attribute.pAttributeV1 =
      what == "claims astray" ? &astray : static_cast<PCLAIM_SECURITY_ATTRIBUTE_V1>(heap(&claim, sizeof claim));
  if (what == "claims astray") {
    lsa->FreeLsaHeap(claim.Name);
    lsa->FreeLsaHeap(claim.Values.pInt64);
  }
  return heap(&head, sizeof head);
}

NTSTATUS NTAPI logon_user_ex3(PLSA_CLIENT_REQUEST, SECURITY_LOGON_TYPE, PVOID submit, PVOID, ULONG size,
                              PSECPKG_SURROGATE_LOGON surrogate, PVOID*, PULONG, PLUID logon_id, PNTSTATUS,
                              PLSA_TOKEN_INFORMATION_TYPE type, PVOID* information, PUNICODE_STRING*, PUNICODE_STRING*,
                              PUNICODE_STRING*, PSECPKG_PRIMARY_CRED primary, PSECPKG_SUPPLEMENTAL_CRED_ARRAY*) {
  note(text_of(surrogate));
  const std::string_view what = view(submit, size);
  logon_id->LowPart = 0x333;
  auto* v3 = static_cast<PLSA_TOKEN_INFORMATION_V3>(lsa->AllocateLsaHeap(sizeof(LSA_TOKEN_INFORMATION_V3)));
  std::memset(v3, 0, sizeof *v3);
  v3->User.User.Sid = heap_sid(1);
  v3->PrimaryGroup.PrimaryGroup = heap_sid(2);
  *type = LsaTokenInformationV3;
  if (what == "short v3") {  // as large as V1, and says that it is V3
    *information = heap(v3, sizeof(LSA_TOKEN_INFORMATION_V1));
    lsa->FreeLsaHeap(v3);
    return STATUS_SUCCESS;
  }
  v3->UserClaims.UserClaims = claims_of(what);
  v3->DeviceGroups = static_cast<PTOKEN_GROUPS>(lsa->AllocatePrivateHeap(sizeof(TOKEN_GROUPS)));
  v3->DeviceGroups->GroupCount = what == "device groups" ? 2 : 1;
  v3->DeviceGroups->Groups[0] = {heap_sid(3), 7};
  *information = v3;
  auto* extended = reinterpret_cast<PSECPKG_PRIMARY_CRED_EX>(primary);
  extended->Flags = PRIMARY_CRED_EX;
  extended->PackageId = 77;
  extended->PrevLogonId = {0x555, 1};
  extended->FlagsEx = SECPKG_PRIMARY_CRED_EX_FLAGS_EX_DELEGATION_TOKEN;
  return STATUS_SUCCESS;
}

NTSTATUS NTAPI logon_user_ex2(PLSA_CLIENT_REQUEST, SECURITY_LOGON_TYPE, PVOID, PVOID, ULONG, PVOID*, PULONG, PLUID,
                              PNTSTATUS, PLSA_TOKEN_INFORMATION_TYPE, PVOID*, PUNICODE_STRING*, PUNICODE_STRING*,
                              PUNICODE_STRING*, PSECPKG_PRIMARY_CRED, PSECPKG_SUPPLEMENTAL_CRED_ARRAY*) {
  note("the older slot");
  return STATUS_LOGON_FAILURE;
}

NTSTATUS NTAPI accept_credentials(SECURITY_LOGON_TYPE, PUNICODE_STRING, PSECPKG_PRIMARY_CRED primary,
                                  PSECPKG_SUPPLEMENTAL_CRED) {
  const auto* extended = reinterpret_cast<PSECPKG_PRIMARY_CRED_EX>(primary);
  note((primary->Flags & PRIMARY_CRED_EX) == 0
           ? "plain"
           : std::to_string(extended->PackageId) + "," + std::to_string(extended->PrevLogonId.LowPart) + "," +
                 std::to_string(extended->FlagsEx));
  return STATUS_SUCCESS;
}

NTSTATUS NTAPI validate_target(PLSA_CLIENT_REQUEST request, PVOID submit, PVOID base, ULONG size,
                               PSECPKG_TARGETINFO target) {
  char copy[16] = "";
  const NTSTATUS read = lsa->CopyFromClientBuffer(request, size, copy, base);
  std::string name = "NULL";
  if (target->ComputerName != nullptr) {
    std::size_t units = 0;
    while (target->ComputerName[units] != 0) ++units;
    name = narrow(target->ComputerName, units);
  }
  note(std::string(view(submit, size)) + "," + (NT_SUCCESS(read) ? copy : "unreadable") + "," + name + "," +
       (target->DomainSid == nullptr ? "NULL" : "SID"));
  return STATUS_INVALID_WORKSTATION;
}

NTSTATUS NTAPI extract_target(PLSA_CLIENT_REQUEST, PVOID submit, PVOID, ULONG size, PVOID* found) {
  const std::string_view what = view(submit, size);
  if (what == "null") return STATUS_SUCCESS;
  static SECPKG_TARGETINFO astray{};
  if (what == "wild") {
    *found = &astray;
    return STATUS_SUCCESS;
  }
  SECPKG_TARGETINFO target{};
  target.ComputerName = static_cast<PCWSTR>(heap(u"box", what == "endless" ? 6 : 8));
  target.DomainSid = heap_sid(4);
  *found = heap(&target, sizeof target);
  return STATUS_SUCCESS;
}

NTSTATUS NTAPI never_called_logon_buffer(LSA_SEC_HANDLE, LSA_SEC_HANDLE, PUNICODE_STRING, PHANDLE,
                                         PLSA_REDIRECTED_LOGON_CALLBACK*, PLSA_REDIRECTED_LOGON_CLEANUP_CALLBACK*,
                                         PULONG, PVOID*) {
  ++test_observed.Terminated;
  return STATUS_SUCCESS;
}
NTSTATUS NTAPI never_called_supplemental(LSA_SEC_HANDLE, PUNICODE_STRING, PHANDLE, PLSA_REDIRECTED_LOGON_CALLBACK*,
                                         PLSA_REDIRECTED_LOGON_CLEANUP_CALLBACK*, PULONG, PVOID*) {
  ++test_observed.Terminated;
  return STATUS_SUCCESS;
}
NTSTATUS NTAPI never_called_tbal(LUID, PULONG, PVOID*) {
  ++test_observed.Terminated;
  return STATUS_SUCCESS;
}

SECPKG_FUNCTION_TABLE tables[2];

}  // namespace

EXPORT NTSTATUS NTAPI SpLsaModeInitialize(ULONG, PULONG version, PSECPKG_FUNCTION_TABLE* out, PULONG count) {
  SECPKG_FUNCTION_TABLE& newer = tables[0];
  newer.Initialize = initialize;
  newer.GetInfo = get_info<true>;
  newer.LogonUserEx2 = logon_user_ex2;
  newer.LogonUserEx3 = logon_user_ex3;
  newer.AcceptCredentials = accept_credentials;
  newer.PreLogonUserSurrogate = before;
  newer.PostLogonUserSurrogate = after;
  newer.ValidateTargetInfo = validate_target;
  newer.ExtractTargetInfo = extract_target;
  newer.GetRemoteCredGuardLogonBuffer = never_called_logon_buffer;
  newer.GetRemoteCredGuardSupplementalCreds = never_called_supplemental;
  newer.GetTbalSupplementalCreds = never_called_tbal;
  tables[1].Initialize = initialize;
  tables[1].GetInfo = get_info<false>;
  *version = SECPKG_INTERFACE_VERSION_10;
  *out = tables;
  *count = 2;
  return STATUS_SUCCESS;
}
