// The probe: a security package that does what its input tells it to do, and answers with what it saw. Built against
// the public headers only, as a third party builds one. One file with two packages, "Probe" and "Probe2".
//
// A script is lines of `command argument ...`. An argument `$name` stands for what an earlier line answered under that
// name. The answer is lines of `name=value`; a status is `0xXXXXXXXX`, and each command answers its own under its name.
#pragma once

#include <openlsa/ntsecpkg.h>
#include <openlsa/ntstatus.h>
#include <openlsa/openlsa.h>
#include <openlsa/windows.h>

#include <algorithm>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace probe {

extern PLSA_SECPKG_FUNCTION_TABLE lsa;
extern ULONG_PTR package_ids[2];  // as SpInitialize got them

// What the current entry point works on. Results that are no text go where the entry point put its pointers.
struct Call {
  unsigned package = 0;  // 0: Probe, 1: Probe2
  PLSA_CLIENT_REQUEST request = nullptr;
  void* submit = nullptr;
  void* client_base = nullptr;  // address of the submit buffer in the client
  ULONG size = 0;
  PVOID* returned = nullptr;  // set by commands that place the return buffer themselves
  ULONG* returned_size = nullptr;
  NTSTATUS protocol_status = STATUS_SUCCESS;
  NTSTATUS status = STATUS_SUCCESS;  // of the entry point
  std::map<std::string, std::string> answers;
  std::vector<std::string> order;

  void say(const std::string& name, const std::string& value);
  void say_number(const std::string& name, unsigned long long value);
  void say_status(const std::string& name, NTSTATUS status);
  std::string text() const;
};

using Arguments = std::vector<std::string>;  // [0] is the command
using Command = std::function<void(Call&, const Arguments&)>;
using Commands = std::map<std::string, Command>;

void add_flow_commands(Commands&);
void add_information_commands(Commands&);
void add_memory_commands(Commands&);
void add_session_commands(Commands&);
void add_token_commands(Commands&);
void add_package_commands(Commands&);
void add_notification_commands(Commands&);
void add_unsupported_commands(Commands&);
void add_account_commands(Commands&);
void add_credential_commands(Commands&);
void add_client_commands(Commands&);

// Runs all lines, or up to the one that ends the script (`fail`).
void run_script(std::string_view script, Call& call);

// values.cpp
std::string hex_status(NTSTATUS status);
std::string luid_text(const LUID& luid);
LUID parse_luid(const std::string& text);
unsigned long long parse_number(const std::string& text);  // decimal, or hexadecimal after 0x
std::string sid_text(PSID sid);
std::string narrow(const UNICODE_STRING* text);
std::string narrow_terminated(const WCHAR* text);
std::u16string widen(std::string_view text);
std::string hex(std::string_view bytes);
// The rest of a line, with ';' for the end of a line and '_' for a space; or, after '%', in hexadecimal, which nests.
std::string inner_script(const std::string& text);
std::vector<std::string> split(std::string_view text, char separator);
// A heap block of the LSA, as the documented interfaces want results.
void* heap_copy(const void* bytes, std::size_t size_bytes);
UNICODE_STRING heap_text(std::string_view text);           // its Buffer is a heap block
UNICODE_STRING* heap_text_pointer(std::string_view text);  // so is the structure

// A UNICODE_STRING over text that it owns.
class WideText {
 public:
  explicit WideText(std::string_view text);
  UNICODE_STRING* get() { return &string_; }

 private:
  std::u16string text_;
  UNICODE_STRING string_;
};

// entry.cpp: whether this is the file with that first package, of those that are built from these sources.
bool file_is(std::u16string_view name);

// accounts.cpp: the SID that the authority has for an account name, or the SID itself in its string form.
NTSTATUS find_user(std::string_view name, std::vector<UCHAR>& sid);

// log.cpp: one line for each entry-point call, in the state directory of the package's file.
void log_line(const std::string& line);
std::string state_directory();
std::string call_attributes_text();  // " attributes=0x.. flags=0x.." of the current call, or " no-call"

// logon.cpp, token_information.cpp
using Options = std::map<std::string, std::string>;
Options parse_options(std::string_view script);  // lines of key=value
std::string option(const Options& options, const std::string& name, const std::string& fallback = "");
NTSTATUS make_token_information(const Options& options, LSA_TOKEN_INFORMATION_TYPE& type, PVOID& information);
void free_token_information(LSA_TOKEN_INFORMATION_TYPE type, PVOID information);
NTSTATUS logon_user(unsigned package, PLSA_CLIENT_REQUEST request, SECURITY_LOGON_TYPE logon_type, PVOID submit,
                    PVOID client_base, ULONG size, PVOID* profile, PULONG profile_size, PLUID logon_id,
                    PNTSTATUS sub_status, PLSA_TOKEN_INFORMATION_TYPE type, PVOID* information,
                    PUNICODE_STRING* account, PUNICODE_STRING* authority, PUNICODE_STRING* machine,
                    PSECPKG_PRIMARY_CRED primary, PSECPKG_SUPPLEMENTAL_CRED_ARRAY* supplemental);

// claims.cpp, surrogate.cpp
void fill_claims(PLSA_TOKEN_INFORMATION_V3 v3, const std::string& kind);
std::string claims_text(PLSA_TOKEN_INFORMATION_V3 v3);
void add_newer_slots(SECPKG_FUNCTION_TABLE& table, unsigned package);

// sspi.cpp
void add_sspi(SECPKG_FUNCTION_TABLE& table, unsigned package);

}  // namespace probe
