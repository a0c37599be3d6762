// The newer slots of the table: LogonUserEx3 (Probe2 only, beside LogonUserEx2), the surrogates, the target
// information, and those that nobody documented a caller for. Log lines begin with names that are no other function's.
//
//   surrogate=add|fail|crash|wild|many|null   what PreLogonUserSurrogate does; without a submit buffer it adds one
//                                             entry
//   post-surrogate=fail                       PostLogonUserSurrogate fails
//   target=NAME                               what SpExtractTargetInfo finds, and SpValidateTargetInfo accepts
#include <csignal>
#include <cstring>
#include <utility>

#include "probe.hpp"

namespace probe {
namespace {

constexpr GUID entry_type{0x28bfc32f, 0x10f6, 0x4738, {0x98, 0xd1, 0x1a, 0xc0, 0x61, 0xdf, 0x71, 0x6a}};

Options options_of(PVOID submit, ULONG size) {
  return submit == nullptr ? Options{} : parse_options({static_cast<const char*>(submit), size});
}

std::string entries_text(PSECPKG_SURROGATE_LOGON logon) {
  std::string text;
  for (ULONG i = 0; i < logon->EntryCount; ++i) {
    const SECPKG_SURROGATE_LOGON_ENTRY& entry = logon->Entries[i];
    const bool ours = std::memcmp(&entry.Type, &entry_type, sizeof entry_type) == 0;
    text += (i == 0 ? "" : ",") + std::string(ours ? "" : "?") +
            (entry.Data == nullptr ? "NULL" : static_cast<const char*>(entry.Data));
  }
  return text.empty() ? "(none)" : text;
}

std::string surrogate_text(PSECPKG_SURROGATE_LOGON logon) {
  return " version=" + std::to_string(logon->Version) + " id=" + luid_text(logon->SurrogateLogonID) +
         " entries=" + entries_text(logon);
}

void add_entries(PSECPKG_SURROGATE_LOGON logon, ULONG count, const std::string& text) {
  logon->Entries = static_cast<PSECPKG_SURROGATE_LOGON_ENTRY>(lsa->AllocateLsaHeap(count * sizeof *logon->Entries));
  logon->EntryCount = count;
  for (ULONG i = 0; i < count; ++i) logon->Entries[i] = {entry_type, heap_copy(text.c_str(), text.size() + 1)};
}

template <unsigned package>
NTSTATUS NTAPI before_logon(PLSA_CLIENT_REQUEST, SECURITY_LOGON_TYPE logon_type, PVOID submit, PVOID base, ULONG size,
                            PSECPKG_SURROGATE_LOGON logon, PNTSTATUS sub_status) {
  const Options options = options_of(submit, size);
  log_line("BeforeLogon " + std::to_string(package) + " type=" + std::to_string(logon_type) + " user=" +
           option(options, "user", submit == nullptr && base == nullptr && size == 0 ? "(withheld)" : "(none)") +
           surrogate_text(logon) + call_attributes_text());
  const std::string what = option(options, "surrogate", submit == nullptr ? "add" : "");
  static SECPKG_SURROGATE_LOGON_ENTRY wild{entry_type, nullptr};
  if (what == "add") add_entries(logon, 1, "from" + std::to_string(package));
  if (what == "many") add_entries(logon, 17, "x");
  if (what == "null") {
    add_entries(logon, 1, "");
    lsa->FreeLsaHeap(std::exchange(logon->Entries[0].Data, nullptr));
  }
  if (what == "wild") {
    logon->Entries = &wild;
    logon->EntryCount = 1;
  }
  if (what == "crash" && file_is(u"Probe")) std::raise(SIGKILL);
  if (what != "fail") return STATUS_SUCCESS;
  *sub_status = STATUS_PASSWORD_EXPIRED;
  return STATUS_ACCESS_DENIED;
}

// What the client finds at the beginning of its profile buffer, as far as this package may know.
std::string profile_text(PLSA_CLIENT_REQUEST request, PVOID profile, ULONG size) {
  if (profile == nullptr) return "(none)";
  ULONG magic = 0;
  const NTSTATUS status = lsa->CopyFromClientBuffer(request, sizeof magic, &magic, profile);
  return NT_SUCCESS(status) ? std::to_string(size) + ":" + hex({reinterpret_cast<const char*>(&magic), sizeof magic})
                            : hex_status(status);
}

// The user and how much the structure says beside it.
std::string token_text(LSA_TOKEN_INFORMATION_TYPE type, PVOID information) {
  if (information == nullptr) return "(none)";
  std::string text = std::to_string(type);
  if (type == LsaTokenInformationNull) return text;
  const auto* v1 = static_cast<PLSA_TOKEN_INFORMATION_V1>(information);
  text += ":" + sid_text(v1->User.User.Sid) + ":" + sid_text(v1->PrimaryGroup.PrimaryGroup) + ":" +
          std::to_string(v1->Groups == nullptr ? 0 : v1->Groups->GroupCount);
  if (type == LsaTokenInformationV3) text += claims_text(static_cast<PLSA_TOKEN_INFORMATION_V3>(information));
  return text;
}

template <unsigned package>
NTSTATUS NTAPI after_logon(PLSA_CLIENT_REQUEST request, SECURITY_LOGON_TYPE logon_type, PVOID submit, PVOID, ULONG size,
                           PSECPKG_SURROGATE_LOGON logon, PVOID profile, ULONG profile_size, PLUID logon_id,
                           NTSTATUS status, NTSTATUS sub_status, LSA_TOKEN_INFORMATION_TYPE type, PVOID information,
                           PUNICODE_STRING account, PUNICODE_STRING authority, PUNICODE_STRING machine,
                           PSECPKG_PRIMARY_CRED primary, PSECPKG_SUPPLEMENTAL_CRED_ARRAY supplemental) {
  const Options options = options_of(submit, size);
  std::string line = "AfterLogon " + std::to_string(package) + " type=" + std::to_string(logon_type) +
                     " luid=" + luid_text(*logon_id) + " status=" + hex_status(status) +
                     " sub-status=" + hex_status(sub_status) + " account=" + narrow(account) +
                     " authority=" + narrow(authority) + " machine=" + narrow(machine) + surrogate_text(logon) +
                     " token=" + token_text(type, information) +
                     " profile=" + profile_text(request, profile, profile_size);
  line += " submit=" + (submit == nullptr ? "(withheld)" : option(options, "user"));
  line += " password=" +
          (primary == nullptr || primary->Password.Buffer == nullptr ? "(none)" : narrow(&primary->Password));
  if (supplemental != nullptr && supplemental->CredentialCount == 1)
    line += " supplemental=" + std::string(reinterpret_cast<const char*>(supplemental->Credentials[0].Credentials),
                                           supplemental->Credentials[0].CredentialSize);
  log_line(line);
  return option(options, "post-surrogate") == "fail" ? STATUS_ACCESS_DENIED : STATUS_SUCCESS;
}

NTSTATUS NTAPI logon_user_ex3(PLSA_CLIENT_REQUEST request, SECURITY_LOGON_TYPE logon_type, PVOID submit, PVOID base,
                              ULONG size, PSECPKG_SURROGATE_LOGON surrogate, PVOID* profile, PULONG profile_size,
                              PLUID logon_id, PNTSTATUS sub_status, PLSA_TOKEN_INFORMATION_TYPE type,
                              PVOID* information, PUNICODE_STRING* account, PUNICODE_STRING* authority,
                              PUNICODE_STRING* machine, PSECPKG_PRIMARY_CRED primary,
                              PSECPKG_SUPPLEMENTAL_CRED_ARRAY* supplemental) {
  log_line("NewestLogonSlot" + surrogate_text(surrogate));
  return logon_user(1, request, logon_type, submit, base, size, profile, profile_size, logon_id, sub_status, type,
                    information, account, authority, machine, primary, supplemental);
}

NTSTATUS NTAPI validate_target(PLSA_CLIENT_REQUEST request, PVOID submit, PVOID base, ULONG size,
                               PSECPKG_TARGETINFO target) {
  std::string copy(size, '\0');
  const NTSTATUS read = lsa->CopyFromClientBuffer(request, size, copy.data(), base);
  const std::string name = target->ComputerName == nullptr ? "(none)" : narrow_terminated(target->ComputerName);
  log_line("ValidateTarget name=" + name + " domain=" + sid_text(target->DomainSid) + " read=" + hex_status(read) +
           call_attributes_text());
  return name == option(options_of(submit, size), "target") ? STATUS_SUCCESS : STATUS_INVALID_WORKSTATION;
}

NTSTATUS NTAPI extract_target(PLSA_CLIENT_REQUEST, PVOID submit, PVOID, ULONG size, PVOID* found) {
  const std::string name = option(options_of(submit, size), "target");
  if (name.empty()) return STATUS_NOT_FOUND;
  const std::u16string wide = widen(name);
  auto* target = static_cast<PSECPKG_TARGETINFO>(lsa->AllocateLsaHeap(sizeof(SECPKG_TARGETINFO)));
  target->ComputerName = static_cast<PCWSTR>(heap_copy(wide.c_str(), (wide.size() + 1) * sizeof(char16_t)));
  const UCHAR sid[] = {1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 32, 2, 0, 0};  // S-1-5-32-544
  target->DomainSid = heap_copy(sid, sizeof sid);
  *found = target;
  return STATUS_SUCCESS;
}

NTSTATUS NTAPI no_logon_buffer(LSA_SEC_HANDLE, LSA_SEC_HANDLE, PUNICODE_STRING, PHANDLE,
                               PLSA_REDIRECTED_LOGON_CALLBACK*, PLSA_REDIRECTED_LOGON_CLEANUP_CALLBACK*, PULONG,
                               PVOID*) {
  log_line("Uncalled GetRemoteCredGuardLogonBuffer");
  return STATUS_NOT_SUPPORTED;
}
NTSTATUS NTAPI no_supplemental(LSA_SEC_HANDLE, PUNICODE_STRING, PHANDLE, PLSA_REDIRECTED_LOGON_CALLBACK*,
                               PLSA_REDIRECTED_LOGON_CLEANUP_CALLBACK*, PULONG, PVOID*) {
  log_line("Uncalled GetRemoteCredGuardSupplementalCreds");
  return STATUS_NOT_SUPPORTED;
}
NTSTATUS NTAPI no_tbal(LUID, PULONG, PVOID*) {
  log_line("Uncalled GetTbalSupplementalCreds");
  return STATUS_NOT_SUPPORTED;
}

}  // namespace

void add_newer_slots(SECPKG_FUNCTION_TABLE& table, unsigned package) {
  table.PreLogonUserSurrogate = package == 0 ? before_logon<0> : before_logon<1>;
  table.PostLogonUserSurrogate = package == 0 ? after_logon<0> : after_logon<1>;
  if (package == 1) table.LogonUserEx3 = logon_user_ex3;
  table.ValidateTargetInfo = validate_target;
  table.ExtractTargetInfo = extract_target;
  table.GetRemoteCredGuardLogonBuffer = no_logon_buffer;
  table.GetRemoteCredGuardSupplementalCreds = no_supplemental;
  table.GetTbalSupplementalCreds = no_tbal;
}

}  // namespace probe
