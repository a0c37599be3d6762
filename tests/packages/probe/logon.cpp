// LogonUserEx2: the submit buffer is lines of key=value, and says how far the logon gets and what it returns.
//
//   user, type, groups, privileges   see token_information.cpp
//   fail=before-session|after-session|after-token|after-profile, with status= and sub-status=; keep-session=1 then
//   leaves
//                                     the session behind, which a package must not do
//   session=LUID                     returns that session instead of making one
//   profile=TEXT                     returns a PROBE_PROFILE with that text
//   password=TEXT, supplemental=PACKAGE:TEXT   primary and supplemental credentials
//   run=SCRIPT                       commands to run first (';' ends a line, '_' is a space); the answers go to the log
//   wild-profile=ADDRESS, sleep=MS (at the start), late-sleep=MS (before the success), crash=1, throw=1
#include <csignal>
#include <cstring>
#include <stdexcept>

#include "probe.hpp"

namespace probe {
namespace {

// What profile= returns: two client buffers, the first points to the second.
struct Profile {
  ULONG Magic;
  ULONG TextLength;
  char* Text;
};

NTSTATUS give_profile(PLSA_CLIENT_REQUEST request, std::string text, PVOID* profile, PULONG size) {
  PVOID block = nullptr, string = nullptr;
  NTSTATUS status = lsa->AllocateClientBuffer(request, sizeof(Profile), &block);
  if (NT_SUCCESS(status)) status = lsa->AllocateClientBuffer(request, static_cast<ULONG>(text.size()), &string);
  Profile header{0x50524f46, static_cast<ULONG>(text.size()), static_cast<char*>(string)};
  if (NT_SUCCESS(status)) status = lsa->CopyToClientBuffer(request, sizeof header, block, &header);
  if (NT_SUCCESS(status)) status = lsa->CopyToClientBuffer(request, header.TextLength, string, text.data());
  if (NT_SUCCESS(status)) {
    *profile = block;
    *size = sizeof header;
  }
  return status;
}

void give_credentials(const Options& options, const LUID& luid, PSECPKG_PRIMARY_CRED primary,
                      PSECPKG_SUPPLEMENTAL_CRED_ARRAY* supplemental) {
  primary->LogonId = luid;
  primary->DownlevelName = heap_text(option(options, "user"));
  primary->DomainName = heap_text("PROBE");
  primary->Upn = heap_text(option(options, "user") + "@probe.test");
  primary->DnsDomainName = heap_text("probe.test");
  primary->LogonServer = heap_text("PROBESERVER");
  if (const std::string password = option(options, "password"); !password.empty()) {
    primary->Password = heap_text(password);
    primary->Flags |= PRIMARY_CRED_CLEAR_PASSWORD;
  }
  const std::string text = option(options, "supplemental");
  const std::size_t colon = text.find(':');
  if (colon == std::string::npos) return;
  const std::string bytes = text.substr(colon + 1);
  auto* array = static_cast<PSECPKG_SUPPLEMENTAL_CRED_ARRAY>(lsa->AllocateLsaHeap(sizeof **supplemental));
  *array = {};
  array->CredentialCount = 1;
  array->Credentials[0].PackageName = heap_text(text.substr(0, colon));
  array->Credentials[0].CredentialSize = static_cast<ULONG>(bytes.size());
  array->Credentials[0].Credentials = static_cast<PUCHAR>(heap_copy(bytes.data(), bytes.size()));
  *supplemental = array;
}

void run_first(const Options& options, Call& call) {
  std::string script = option(options, "run");
  if (script.empty()) return;
  for (char& c : script) c = c == ';' ? '\n' : c == '_' ? ' ' : c;
  run_script(script, call);
  for (const std::string& name : call.order) log_line("ran " + name + "=" + call.answers[name]);
}

void misbehave(const Options& options) {
  if (const std::string time = option(options, "sleep"); !time.empty()) Sleep(static_cast<DWORD>(parse_number(time)));
  if (option(options, "crash") == "1") std::raise(SIGKILL);
  if (option(options, "throw") == "1") throw std::runtime_error("the probe was told to throw");
}

}  // namespace

Options parse_options(std::string_view script) {
  Options options;
  for (const std::string& line : split(script, '\n'))
    if (const std::size_t equals = line.find('='); equals != std::string::npos)
      options[line.substr(0, equals)] = line.substr(equals + 1);
  return options;
}

std::string option(const Options& options, const std::string& name, const std::string& fallback) {
  const auto found = options.find(name);
  return found == options.end() ? fallback : found->second;
}

NTSTATUS logon_user(unsigned package, PLSA_CLIENT_REQUEST request, SECURITY_LOGON_TYPE logon_type, PVOID submit,
                    PVOID client_base, ULONG size, PVOID* profile, PULONG profile_size, PLUID logon_id,
                    PNTSTATUS sub_status, PLSA_TOKEN_INFORMATION_TYPE type, PVOID* information,
                    PUNICODE_STRING* account, PUNICODE_STRING* authority, PUNICODE_STRING* machine,
                    PSECPKG_PRIMARY_CRED primary, PSECPKG_SUPPLEMENTAL_CRED_ARRAY* supplemental) {
  const Options options = parse_options({static_cast<const char*>(submit), size});
  Call call;
  call.package = package;
  call.request = request;
  call.client_base = client_base;
  call.size = size;
  run_first(options, call);
  misbehave(options);
  // "AccountName ... returned on success and on failure", for the audit.
  *account = heap_text_pointer(option(options, "user"));
  const auto failure = static_cast<NTSTATUS>(parse_number(option(options, "status", "0xC000006D")));
  const std::string fail = option(options, "fail");
  if (fail != "") *sub_status = static_cast<NTSTATUS>(parse_number(option(options, "sub-status", "0")));
  if (fail == "before-session") return failure;

  const std::string given = option(options, "session");
  if (given.empty()) {
    AllocateLocallyUniqueId(logon_id);
    if (const NTSTATUS status = lsa->CreateLogonSession(logon_id); !NT_SUCCESS(status)) {
      log_line("LogonUser-refused " + hex_status(status));
      return status;
    }
  } else {
    *logon_id = parse_luid(given);
  }
  log_line("LogonUser " + std::to_string(package) + " type=" + std::to_string(logon_type) +
           " luid=" + luid_text(*logon_id));
  const auto undo = [&](NTSTATUS status) {
    if (given.empty() && option(options, "keep-session") != "1") lsa->DeleteLogonSession(logon_id);
    return status;
  };
  if (fail == "after-session") return undo(failure);
  if (const NTSTATUS status = make_token_information(options, *type, *information); !NT_SUCCESS(status))
    return undo(status);
  if (fail == "after-token") return undo(failure);
  if (const std::string text = option(options, "profile"); !text.empty())
    if (const NTSTATUS status = give_profile(request, text, profile, profile_size); !NT_SUCCESS(status))
      return undo(status);
  if (fail == "after-profile") return undo(failure);
  if (const std::string address = option(options, "wild-profile"); !address.empty()) {
    *profile = reinterpret_cast<PVOID>(parse_number(address));
    *profile_size = 64;
  }
  *authority = heap_text_pointer("PROBE");
  *machine = heap_text_pointer("PROBEMACHINE");
  give_credentials(options, *logon_id, primary, supplemental);
  Sleep(static_cast<DWORD>(parse_number(option(options, "late-sleep", "0"))));
  return STATUS_SUCCESS;
}

}  // namespace probe
