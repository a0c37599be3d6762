// The tables of Probe and Probe2, and the entry points that need no file of their own.
#include <cstring>

#include "probe.hpp"

namespace probe {

PLSA_SECPKG_FUNCTION_TABLE lsa;
ULONG_PTR package_ids[2];

namespace {

// The same sources make a second file, with other names and other rights.
#ifndef PROBE_NAME
#define PROBE_NAME u"Probe"
#endif
// Which of the files Negotiate may choose, each with an object identifier of its own: its last arc, or 0.
#ifndef PROBE_NEGOTIABLE
#define PROBE_NEGOTIABLE 0
#endif
constexpr const char16_t* names[] = {PROBE_NAME, PROBE_NAME u"2"};

SEC_WCHAR* text(const char16_t* literal) { return reinterpret_cast<SEC_WCHAR*>(const_cast<char16_t*>(literal)); }

template <unsigned package>
NTSTATUS NTAPI initialize(ULONG_PTR id, PSECPKG_PARAMETERS parameters, PLSA_SECPKG_FUNCTION_TABLE table) {
  lsa = table;
  package_ids[package] = id;
  log_line("Initialize " + std::to_string(package) + " id=" + std::to_string(id) +
           " domain=" + narrow(&parameters->DomainName) + call_attributes_text());
  return STATUS_SUCCESS;
}

template <unsigned package>
NTSTATUS NTAPI shut_down() {
  log_line("Shutdown " + std::to_string(package));
  return STATUS_SUCCESS;
}

template <unsigned package>
NTSTATUS NTAPI get_info(PSecPkgInfoW info) {
  info->fCapabilities = SECPKG_FLAG_INTEGRITY | SECPKG_FLAG_PRIVACY | SECPKG_FLAG_CONNECTION | SECPKG_FLAG_LOGON |
                        SECPKG_FLAG_IMPERSONATION | SECPKG_FLAG_MULTI_REQUIRED;
  if (package == 0 && PROBE_NEGOTIABLE != 0) info->fCapabilities |= SECPKG_FLAG_NEGOTIABLE;
  info->wVersion = SECURITY_SUPPORT_PROVIDER_INTERFACE_VERSION;
  info->wRPCID = SECPKG_ID_NONE;
  info->cbMaxToken = 16384;
  info->Name = text(names[package]);
  info->Comment = text(package == 0 ? u"does what its input tells it to do" : u"the second package of the file");
  return STATUS_SUCCESS;
}

std::vector<ULONG> thunks{SECPKG_ATTR_NATIVE_NAMES, SECPKG_ATTR_LIFESPAN};

// A block for the structure, with `more_bytes` behind it for what its last member has room for one of.
PSECPKG_EXTENDED_INFORMATION new_information(SECPKG_EXTENDED_INFORMATION_CLASS wanted, std::size_t more_bytes) {
  const auto size = static_cast<ULONG>(sizeof(SECPKG_EXTENDED_INFORMATION) + more_bytes);
  auto* information = static_cast<PSECPKG_EXTENDED_INFORMATION>(lsa->AllocateLsaHeap(size));
  std::memset(information, 0, size);
  information->Class = wanted;
  return information;
}

NTSTATUS NTAPI extended_information(SECPKG_EXTENDED_INFORMATION_CLASS wanted, PSECPKG_EXTENDED_INFORMATION* out) {
  static const UCHAR oid[] = {6, 6, 0x2b, 6, 1, 4, 1, PROBE_NEGOTIABLE != 0 ? PROBE_NEGOTIABLE : 0x2a};
  static WCHAR dll[] = {'p', '3', '2'};
  PSECPKG_EXTENDED_INFORMATION information = nullptr;
  switch (wanted) {
    case SecpkgGssInfo:
      information = new_information(wanted, sizeof oid);
      information->Info.GssInfo.EncodedIdLength = sizeof oid;
      std::memcpy(&information->Info.GssInfo.EncodedId[0], oid, sizeof oid);
      break;
    case SecpkgContextThunks:
      information = new_information(wanted, thunks.size() * sizeof(ULONG));
      information->Info.ContextThunks.InfoLevelCount = static_cast<ULONG>(thunks.size());
      std::memcpy(&information->Info.ContextThunks.Levels[0], thunks.data(), thunks.size() * sizeof(ULONG));
      break;
    case SecpkgMutualAuthLevel:
      information = new_information(wanted, 0);
      information->Info.MutualAuthLevel.MutualAuthLevel = 2;
      break;
    case SecpkgWowClientDll:
      information = new_information(wanted, 0);
      information->Info.WowClientDll.WowClientDllPath = {sizeof dll, sizeof dll, dll};
      break;
    case SecpkgExtraOids:
      information = new_information(wanted, sizeof(SECPKG_SERIALIZED_OID));
      information->Info.ExtraOids.OidCount = 2;
      for (ULONG i = 0; i < 2; ++i) {
        SECPKG_SERIALIZED_OID& extra = (&information->Info.ExtraOids.Oids[0])[i];
        extra.OidLength = sizeof oid;
        extra.OidAttributes = i;
        std::memcpy(extra.OidValue, oid, sizeof oid);
      }
      break;
    case SecpkgNego2Info:
      information = new_information(wanted, 0);
      std::memset(information->Info.Nego2Info.AuthScheme, 0xa5, sizeof information->Info.Nego2Info.AuthScheme);
      information->Info.Nego2Info.PackageFlags = 3;
      break;
    default:
      return STATUS_INVALID_INFO_CLASS;
  }
  *out = information;
  return STATUS_SUCCESS;
}

NTSTATUS NTAPI set_extended_information(SECPKG_EXTENDED_INFORMATION_CLASS wanted,
                                        PSECPKG_EXTENDED_INFORMATION information) {
  if (wanted != SecpkgContextThunks || information->Class != wanted) return STATUS_NOT_SUPPORTED;
  const ULONG* levels = information->Info.ContextThunks.Levels;
  thunks.assign(levels, levels + information->Info.ContextThunks.InfoLevelCount);
  return STATUS_SUCCESS;
}

enum class Door { trusted, untrusted, pass_through };

// The answers go back as text, unless a command placed a return buffer itself.
NTSTATUS answer_call(unsigned package, Door door, PLSA_CLIENT_REQUEST request, PVOID submit, PVOID base, ULONG size,
                     PVOID* returned, PULONG returned_size, PNTSTATUS protocol_status) {
  Call call;
  call.package = package;
  call.request = request;
  call.submit = submit;
  call.client_base = base;
  call.size = size;
  call.returned = returned;
  call.returned_size = returned_size;
  *returned = nullptr;
  *returned_size = 0;
  call.say("door", door == Door::trusted ? "trusted" : door == Door::untrusted ? "untrusted" : "pass-through");
  call.say_number("package", package);
  run_script({static_cast<const char*>(submit), size}, call);
  *protocol_status = call.protocol_status;
  if (!NT_SUCCESS(call.status) || *returned != nullptr) return call.status;
  std::string text = call.text();
  const auto length = static_cast<ULONG>(text.size());
  NTSTATUS status = lsa->AllocateClientBuffer(request, length, returned);
  if (NT_SUCCESS(status)) status = lsa->CopyToClientBuffer(request, length, *returned, text.data());
  *returned_size = length;
  return status;
}

template <unsigned package, Door door>
NTSTATUS NTAPI call_package(PLSA_CLIENT_REQUEST request, PVOID submit, PVOID base, ULONG size, PVOID* returned,
                            PULONG returned_size, PNTSTATUS protocol_status) {
  return answer_call(package, door, request, submit, base, size, returned, returned_size, protocol_status);
}

template <unsigned package>
NTSTATUS NTAPI logon_user_ex2(PLSA_CLIENT_REQUEST request, SECURITY_LOGON_TYPE logon_type, PVOID submit, PVOID base,
                              ULONG size, PVOID* profile, PULONG profile_size, PLUID logon_id, PNTSTATUS sub_status,
                              PLSA_TOKEN_INFORMATION_TYPE type, PVOID* information, PUNICODE_STRING* account,
                              PUNICODE_STRING* authority, PUNICODE_STRING* machine, PSECPKG_PRIMARY_CRED primary,
                              PSECPKG_SUPPLEMENTAL_CRED_ARRAY* supplemental) {
  return logon_user(package, request, logon_type, submit, base, size, profile, profile_size, logon_id, sub_status, type,
                    information, account, authority, machine, primary, supplemental);
}

// The credentials of the session can still be read and deleted now: the package cleans up.
template <unsigned package>
VOID NTAPI logon_terminated(PLUID luid) {
  char key[] = "kept";
  LSA_STRING name{4, 4, key};
  LSA_STRING value{};
  ULONG context = 0, length = 0;
  const auto id = static_cast<ULONG>(package_ids[package]);
  const NTSTATUS status = lsa->GetCredentials(luid, id, &context, FALSE, &name, &length, &value);
  std::string kept = hex_status(status);
  if (NT_SUCCESS(status)) {
    kept = std::string(value.Buffer, value.Length);
    lsa->FreeLsaHeap(value.Buffer);
    lsa->DeleteCredential(luid, id, &name);
  }
  HANDLE token = nullptr;
  const NTSTATUS opened = lsa->OpenTokenByLogonId(luid, &token);
  log_line("LogonTerminated " + std::to_string(package) + " luid=" + luid_text(*luid) + " kept=" + kept +
           " open=" + hex_status(opened));
}

template <unsigned package>
NTSTATUS NTAPI accept_credentials(SECURITY_LOGON_TYPE logon_type, PUNICODE_STRING account, PSECPKG_PRIMARY_CRED primary,
                                  PSECPKG_SUPPLEMENTAL_CRED supplemental) {
  std::string line = "AcceptCredentials " + std::to_string(package) + " type=" + std::to_string(logon_type);
  line += " account=" + narrow(account);
  if (primary != nullptr) {
    line += " luid=" + luid_text(primary->LogonId) + " name=" + narrow(&primary->DownlevelName);
    line += " password=" + (primary->Password.Buffer == nullptr ? "(none)" : narrow(&primary->Password));
    line += " clear=" + std::to_string(primary->Flags & PRIMARY_CRED_CLEAR_PASSWORD);
    if ((primary->Flags & PRIMARY_CRED_UPDATE) != 0)
      line += " update old=" + (primary->OldPassword.Buffer == nullptr ? "(none)" : narrow(&primary->OldPassword));
    line += " sid=" + sid_text(primary->UserSid);
  }
  if (supplemental != nullptr && supplemental->Credentials != nullptr)
    line += " supplemental=" +
            std::string(reinterpret_cast<const char*>(supplemental->Credentials), supplemental->CredentialSize);
  log_line(line);
  return STATUS_SUCCESS;
}

template <unsigned package>
NTSTATUS NTAPI post_logon_user(PSECPKG_POST_LOGON_USER_INFO information) {
  log_line("PostLogonUser " + std::to_string(package) + " luid=" + luid_text(information->LogonId) +
           " flags=" + std::to_string(information->Flags) + " linked=" + luid_text(information->LinkedLogonId));
  return STATUS_SUCCESS;
}

template <unsigned package>
void fill(SECPKG_FUNCTION_TABLE& table) {
  table.Initialize = initialize<package>;
  table.Shutdown = shut_down<package>;
  table.GetInfo = get_info<package>;
  table.GetExtendedInformation = extended_information;
  table.CallPackage = call_package<package, Door::trusted>;
  table.CallPackageUntrusted = call_package<package, Door::untrusted>;
  table.CallPackagePassthrough = call_package<package, Door::pass_through>;
  table.LogonUserEx2 = logon_user_ex2<package>;
  table.LogonTerminated = logon_terminated<package>;
  table.AcceptCredentials = accept_credentials<package>;
  table.PostLogonUser = post_logon_user<package>;
  table.SetExtendedInformation = set_extended_information;
  add_newer_slots(table, package);
  add_sspi(table, package);
}

SECPKG_FUNCTION_TABLE tables[2];

}  // namespace

bool file_is(std::u16string_view name) { return name == names[0]; }

}  // namespace probe

extern "C" __attribute__((visibility("default"))) NTSTATUS NTAPI SpLsaModeInitialize(ULONG, PULONG version,
                                                                                     PSECPKG_FUNCTION_TABLE* out,
                                                                                     PULONG count) {
  probe::fill<0>(probe::tables[0]);
  probe::fill<1>(probe::tables[1]);
  *version = SECPKG_INTERFACE_VERSION_10;
  *out = probe::tables;
  *count = 2;
  return STATUS_SUCCESS;
}
