// LogonUser in its four forms, and the surrogates. The submit buffer is lines of key=value:
//
//   user=NAME|SID and the rest of token_information.hpp
//   profile=TEXT               a profile buffer: the text itself
//   password=, old-password=   of the primary credentials; flags=0x.. adds to their flags
//   supplemental=PACKAGE:TEXT[,PACKAGE:TEXT]
//   session=LUID               returns that session instead of making one
//   fail=STATUS[,SUBSTATUS]    the logon fails so, with the account name; keep-session=1 leaves the session behind
#include <cstring>

#include "entry.hpp"
#include "token_information.hpp"

namespace scripted {
namespace {

// The results of one logon, wherever the slot puts them; what a form has not is NULL.
struct Results {
  PVOID* profile;
  PULONG profile_size;
  PLUID logon_id;
  PNTSTATUS sub_status;
  PLSA_TOKEN_INFORMATION_TYPE type;
  PVOID* information;
  PUNICODE_STRING* account;
  PUNICODE_STRING* authority;
  PUNICODE_STRING* machine = nullptr;
  PSECPKG_PRIMARY_CRED primary = nullptr;
  PSECPKG_SUPPLEMENTAL_CRED_ARRAY* supplemental = nullptr;
};

Words submit_words(SECURITY_LOGON_TYPE type, PVOID submit, PVOID base, ULONG size) {
  Options options = parse_options(bytes_text(submit, size));
  Words words;
  words.number("type", static_cast<unsigned>(type)).number("size", size).number("base", base != nullptr);
  words.text("user", option(options, "user"));
  const std::string password = option(options, "password");
  return words.secret("password", password.data(), password.size());
}

void give_primary(const Rule& rule, const Options& options, const LUID& luid, SECPKG_PRIMARY_CRED& primary) {
  const std::string user = option(options, "user");
  primary.LogonId = luid;
  primary.DownlevelName = give_buffer(rule, "DownlevelName", user);
  primary.DomainName = give_buffer(rule, "DomainName", "SCRIPTED");
  primary.DnsDomainName = give_buffer(rule, "DnsDomainName", "scripted.test");
  primary.Upn = give_buffer(rule, "Upn", user + "@scripted.test");
  primary.LogonServer = give_buffer(rule, "LogonServer", "SCRIPTEDSERVER");
  primary.Flags |= static_cast<ULONG>(parse_number(option(options, "flags", "0")));
  if (options.count("password") != 0) {
    primary.Password = give_buffer(rule, "Password", option(options, "password"));
    primary.Flags |= PRIMARY_CRED_CLEAR_PASSWORD;
  }
  if (options.count("old-password") != 0)
    primary.OldPassword = give_buffer(rule, "OldPassword", option(options, "old-password"));
}

PSECPKG_SUPPLEMENTAL_CRED_ARRAY give_supplemental(const Rule& rule, const std::string& text) {
  const std::vector<std::string> elements = split(text, ',');
  if (elements.empty()) return nullptr;
  std::string array(sizeof(SECPKG_SUPPLEMENTAL_CRED_ARRAY) + (elements.size() - 1) * sizeof(SECPKG_SUPPLEMENTAL_CRED),
                    '\0');
  auto* head = reinterpret_cast<PSECPKG_SUPPLEMENTAL_CRED_ARRAY>(array.data());
  head->CredentialCount = static_cast<ULONG>(rule.number("credential-count", elements.size()));
  for (std::size_t i = 0; i < elements.size(); ++i) {
    const std::size_t colon = elements[i].find(':');
    const Given bytes =
        give(rule, "Credentials", "lsa", colon == std::string::npos ? "" : elements[i].substr(colon + 1));
    head->Credentials[i].PackageName = give_buffer(rule, "PackageName", elements[i].substr(0, colon));
    head->Credentials[i].CredentialSize = bytes.size;
    head->Credentials[i].Credentials = static_cast<PUCHAR>(bytes.block);
  }
  return static_cast<PSECPKG_SUPPLEMENTAL_CRED_ARRAY>(give(rule, "SupplementalCredentials", "lsa", array).block);
}

NTSTATUS make_session(const Options& options, PLUID logon_id) {
  const unsigned long long given = parse_number(option(options, "session", "0"));
  *logon_id = {static_cast<DWORD>(given), static_cast<LONG>(given >> 32)};
  if (given != 0) return STATUS_SUCCESS;
  AllocateLocallyUniqueId(logon_id);
  return lsa->CreateLogonSession(logon_id);
}

NTSTATUS give_results(const Rule& rule, const Options& options, const Results& out) {
  if (const NTSTATUS status = make_token_information(rule, options, *out.type, *out.information); !NT_SUCCESS(status))
    return status;
  if (const std::string text = option(options, "profile"); !text.empty()) {
    const Given profile = give(rule, "ProfileBuffer", "client", text);
    *out.profile = profile.block;
    *out.profile_size = profile.size;
  }
  *out.authority = give_text(rule, "AuthenticatingAuthority", "SCRIPTED");
  if (out.machine != nullptr) *out.machine = give_text(rule, "MachineName", "SCRIPTEDMACHINE");
  if (out.primary != nullptr) give_primary(rule, options, *out.logon_id, *out.primary);
  if (out.supplemental != nullptr) *out.supplemental = give_supplemental(rule, option(options, "supplemental"));
  return STATUS_SUCCESS;
}

NTSTATUS log_on(const Rule& rule, PVOID submit, ULONG size, const Results& out) {
  const Options options = parse_options(bytes_text(submit, size));
  // "AccountName ... returned on success and on failure", for the audit.
  *out.account = give_text(rule, "AccountName", option(options, "user"));
  if (const auto failure = split(option(options, "fail"), ','); !failure.empty()) {
    if (failure.size() > 1) *out.sub_status = static_cast<NTSTATUS>(parse_number(failure[1]));
    return static_cast<NTSTATUS>(parse_number(failure[0]));
  }
  if (const NTSTATUS status = make_session(options, out.logon_id); !NT_SUCCESS(status)) return status;
  const NTSTATUS status = give_results(rule, options, out);
  // A rule that makes the logon fail although it ran: the session is the package's to delete.
  const bool fails = !NT_SUCCESS(status) || !NT_SUCCESS(rule.status().value_or(STATUS_SUCCESS));
  if (fails && options.count("session") == 0 && option(options, "keep-session") != "1")
    lsa->DeleteLogonSession(out.logon_id);
  return status;
}

// A surrogate adds what `surrogate=TEXT` says to the logon, as one entry.
void add_entry(const Rule& rule, PSECPKG_SURROGATE_LOGON surrogate) {
  if (surrogate == nullptr || !rule.has("surrogate")) return;
  SECPKG_SURROGATE_LOGON_ENTRY entry{};
  std::memcpy(&entry.Type, "scripted-type-id", sizeof entry.Type);
  entry.Data = give(rule, "EntryData", "lsa", rule.word("surrogate") + '\0').block;
  surrogate->Entries =
      static_cast<PSECPKG_SURROGATE_LOGON_ENTRY>(give(rule, "Entries", "lsa", bytes_text(&entry, sizeof entry)).block);
  surrogate->EntryCount = static_cast<ULONG>(rule.number("entry-count", 1));
}

Words& surrogate_words(Words& words, PSECPKG_SURROGATE_LOGON surrogate) {
  if (surrogate == nullptr) return words.text("surrogate", "(null)");
  words.flags("surrogate-version", surrogate->Version).luid("surrogate-id", &surrogate->SurrogateLogonID);
  return words.number("surrogate-entries", surrogate->EntryCount);
}

template <unsigned package>
struct LogonSlots {
  static NTSTATUS NTAPI logon_user(PLSA_CLIENT_REQUEST, SECURITY_LOGON_TYPE logon_type, PVOID submit, PVOID base,
                                   ULONG size, PVOID* profile, PULONG profile_size, PLUID logon_id,
                                   PNTSTATUS sub_status, PLSA_TOKEN_INFORMATION_TYPE type, PVOID* information,
                                   PLSA_UNICODE_STRING* account, PLSA_UNICODE_STRING* authority) {
    const Results out{profile, profile_size, logon_id, sub_status, type, information, account, authority};
    return lsa_entry(package, "LogonUser", submit_words(logon_type, submit, base, size),
                     [&](const Rule& rule) { return log_on(rule, submit, size, out); });
  }

  static NTSTATUS NTAPI logon_user_ex(PLSA_CLIENT_REQUEST, SECURITY_LOGON_TYPE logon_type, PVOID submit, PVOID base,
                                      ULONG size, PVOID* profile, PULONG profile_size, PLUID logon_id,
                                      PNTSTATUS sub_status, PLSA_TOKEN_INFORMATION_TYPE type, PVOID* information,
                                      PUNICODE_STRING* account, PUNICODE_STRING* authority, PUNICODE_STRING* machine) {
    const Results out{profile, profile_size, logon_id, sub_status, type, information, account, authority, machine};
    return lsa_entry(package, "LogonUserEx", submit_words(logon_type, submit, base, size),
                     [&](const Rule& rule) { return log_on(rule, submit, size, out); });
  }

  static NTSTATUS NTAPI logon_user_ex2(PLSA_CLIENT_REQUEST, SECURITY_LOGON_TYPE logon_type, PVOID submit, PVOID base,
                                       ULONG size, PVOID* profile, PULONG profile_size, PLUID logon_id,
                                       PNTSTATUS sub_status, PLSA_TOKEN_INFORMATION_TYPE type, PVOID* information,
                                       PUNICODE_STRING* account, PUNICODE_STRING* authority, PUNICODE_STRING* machine,
                                       PSECPKG_PRIMARY_CRED primary, PSECPKG_SUPPLEMENTAL_CRED_ARRAY* supplemental) {
    const Results out{profile, profile_size, logon_id, sub_status, type,        information,
                      account, authority,    machine,  primary,    supplemental};
    return lsa_entry(package, "LogonUserEx2", submit_words(logon_type, submit, base, size),
                     [&](const Rule& rule) { return log_on(rule, submit, size, out); });
  }

  static NTSTATUS NTAPI logon_user_ex3(PLSA_CLIENT_REQUEST, SECURITY_LOGON_TYPE logon_type, PVOID submit, PVOID base,
                                       ULONG size, PSECPKG_SURROGATE_LOGON surrogate, PVOID* profile,
                                       PULONG profile_size, PLUID logon_id, PNTSTATUS sub_status,
                                       PLSA_TOKEN_INFORMATION_TYPE type, PVOID* information, PUNICODE_STRING* account,
                                       PUNICODE_STRING* authority, PUNICODE_STRING* machine,
                                       PSECPKG_PRIMARY_CRED primary, PSECPKG_SUPPLEMENTAL_CRED_ARRAY* supplemental) {
    const Results out{profile, profile_size, logon_id, sub_status, type,        information,
                      account, authority,    machine,  primary,    supplemental};
    Words arguments = submit_words(logon_type, submit, base, size);
    return lsa_entry(package, "LogonUserEx3", surrogate_words(arguments, surrogate),
                     [&](const Rule& rule) { return log_on(rule, submit, size, out); });
  }

  static NTSTATUS NTAPI pre_logon_user_surrogate(PLSA_CLIENT_REQUEST, SECURITY_LOGON_TYPE logon_type, PVOID submit,
                                                 PVOID base, ULONG size, PSECPKG_SURROGATE_LOGON surrogate,
                                                 PNTSTATUS sub_status) {
    Words arguments = submit_words(logon_type, submit, base, size);
    return lsa_entry(package, "PreLogonUserSurrogate", surrogate_words(arguments, surrogate),
                     [&](const Rule& rule) -> NTSTATUS {
                       add_entry(rule, surrogate);
                       if (sub_status != nullptr) *sub_status = static_cast<NTSTATUS>(rule.number("sub-status"));
                       return STATUS_SUCCESS;
                     });
  }

  static NTSTATUS NTAPI post_logon_user_surrogate(PLSA_CLIENT_REQUEST, SECURITY_LOGON_TYPE logon_type, PVOID submit,
                                                  PVOID base, ULONG size, PSECPKG_SURROGATE_LOGON surrogate,
                                                  PVOID profile, ULONG profile_size, PLUID logon_id, NTSTATUS status,
                                                  NTSTATUS sub_status, LSA_TOKEN_INFORMATION_TYPE type,
                                                  PVOID information, PUNICODE_STRING account, PUNICODE_STRING authority,
                                                  PUNICODE_STRING machine, PSECPKG_PRIMARY_CRED primary,
                                                  PSECPKG_SUPPLEMENTAL_CRED_ARRAY supplemental) {
    Words arguments = submit_words(logon_type, submit, base, size);
    surrogate_words(arguments, surrogate).luid("luid", logon_id).flags("status", static_cast<ULONG>(status));
    arguments.flags("sub-status", static_cast<ULONG>(sub_status)).number("token-type", static_cast<unsigned>(type));
    arguments.number("token", information != nullptr).number("profile", profile != nullptr);
    arguments.number("profile-size", profile_size).string("account", account).string("authority", authority);
    arguments.string("machine", machine).number("primary", primary != nullptr);
    arguments.number("supplemental", supplemental != nullptr);
    return lsa_entry(package, "PostLogonUserSurrogate", arguments,
                     [](const Rule&) -> NTSTATUS { return STATUS_SUCCESS; });
  }

  static void fill(SECPKG_FUNCTION_TABLE& table) {
    table.LogonUser = logon_user;
    table.PreLogonUserSurrogate = pre_logon_user_surrogate;
    table.PostLogonUserSurrogate = post_logon_user_surrogate;
    if (package == 3) return;  // ScriptedOld
    table.LogonUserEx = logon_user_ex;
    if (package == 2) return;  // ScriptedEx
    table.LogonUserEx2 = logon_user_ex2;
    table.LogonUserEx3 = logon_user_ex3;
  }
};

}  // namespace

void add_logon_slots(SECPKG_FUNCTION_TABLE& table, unsigned package) { fill<LogonSlots>(table, package); }

}  // namespace scripted
