// A security package for tests, built as a third party builds one, against the public headers only. By itself it is a
// small working package: anybody logs on, a two-leg handshake, sealed messages (no cryptography). Each of its entry
// points first asks its script whether it should do something else, and records what it was called with.
//
// One file with four packages. They differ in the logon slots that they fill:
//
//   Scripted, Scripted2   all 43 slots, LogonUserEx3 among them
//   ScriptedEx            LogonUser and LogonUserEx
//   ScriptedOld           LogonUser
//
// The script of an entry point is the file `script.ENTRY` of a directory: one rule a line, words of key=value, the
// first rule that applies is obeyed. In LSA mode the directory is the state directory of the package's file; in user
// mode it is named by the environment variable SCRIPTED_USER_DIRECTORY, and without that there are no rules and no
// record. Files, so that they outlive a crash: a host that starts again goes on with the count. `README.md` has the
// words.
#pragma once

#include <openlsa/ntsecpkg.h>
#include <openlsa/ntstatus.h>
#include <openlsa/openlsa.h>
#include <openlsa/windows.h>
#include <openlsa/winerror.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace scripted {

inline constexpr unsigned package_count = 4;
extern const char* const package_names[package_count];

extern PLSA_SECPKG_FUNCTION_TABLE lsa;  // NULL until InitializePackage or Initialize
extern ULONG_PTR package_ids[package_count];
extern PSECPKG_DLL_FUNCTIONS dll;  // NULL until InstanceInit

// Text of key=value: lines, or other pieces.
using Options = std::map<std::string, std::string>;
Options parse_options(std::string_view text, char separator = '\n');
std::string option(const Options& options, const std::string& name, const std::string& fallback = "");
unsigned long long parse_number(const std::string& text);  // decimal, or hexadecimal after 0x
std::vector<std::string> split(std::string_view text, char separator);

// The tests write ASCII only.
std::string narrow(const UNICODE_STRING* text);
std::string narrow(const SEC_WCHAR* text);
std::u16string widen(std::string_view text);
std::string hex(std::string_view bytes);
std::string hex_number(unsigned long long value);
std::string luid_text(const LUID& luid);
std::string sid_text(PSID sid);
std::string bytes_text(const void* bytes, std::size_t size_bytes);
// What a record says of a secret: its length and a sum, by which a test knows it again.
std::string secret_text(const void* bytes, std::size_t size_bytes);
std::string random_hex();

// A UNICODE_STRING over text that it owns.
class WideText {
 public:
  explicit WideText(std::string_view text);
  WideText(const WideText&) = delete;
  WideText& operator=(const WideText&) = delete;
  UNICODE_STRING* get() { return &string_; }

 private:
  std::u16string text_;
  UNICODE_STRING string_{};
};

// The SID that the authority has for an account name, or the SID itself in its string form.
NTSTATUS find_account(std::string_view name, std::vector<UCHAR>& sid);

// The tables, group by group: each file fills the slots that it has.
void add_start_slots(SECPKG_FUNCTION_TABLE& table, unsigned package);
void add_logon_slots(SECPKG_FUNCTION_TABLE& table, unsigned package);
void add_call_package_slots(SECPKG_FUNCTION_TABLE& table, unsigned package);
void add_session_slots(SECPKG_FUNCTION_TABLE& table, unsigned package);
void add_credential_slots(SECPKG_FUNCTION_TABLE& table, unsigned package);
void add_stored_credential_slots(SECPKG_FUNCTION_TABLE& table, unsigned package);
void add_context_slots(SECPKG_FUNCTION_TABLE& table, unsigned package);
void add_attribute_slots(SECPKG_FUNCTION_TABLE& table, unsigned package);
void add_information_slots(SECPKG_FUNCTION_TABLE& table, unsigned package);
void add_password_slots(SECPKG_FUNCTION_TABLE& table, unsigned package);
void add_metadata_slots(SECPKG_FUNCTION_TABLE& table, unsigned package);
void add_target_slots(SECPKG_FUNCTION_TABLE& table, unsigned package);
void add_guard_slots(SECPKG_FUNCTION_TABLE& table, unsigned package);

// Slots<0> .. Slots<3> hold the functions of the four packages: static void fill(SECPKG_FUNCTION_TABLE&).
template <template <unsigned> class Slots>
void fill(SECPKG_FUNCTION_TABLE& table, unsigned package) {
  if (package == 0) Slots<0>::fill(table);
  if (package == 1) Slots<1>::fill(table);
  if (package == 2) Slots<2>::fill(table);
  if (package == 3) Slots<3>::fill(table);
}

}  // namespace scripted
