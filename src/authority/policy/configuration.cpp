#include "authority/policy/configuration.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "authority/policy/files.hpp"
#include "authority/policy/toml_reader.hpp"
#include "base/printable.hpp"
#include "nt/security_providers.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

constexpr std::size_t max_file_bytes = 256 * 1024;
constexpr std::size_t max_server_name = 255;  // of DNS
constexpr std::size_t max_server_names = 1024;
constexpr std::size_t max_netbios_name = 15;
constexpr std::uint32_t max_cached_logons = 50;  // CachedLogonsCount
constexpr std::uint32_t max_uid =
    0xfffffffd;  // (uid_t)-1 means "no change", and -2 is the overflow uid on some systems

// The name of the machine's account domain is its host name, as NetBIOS would have it: at most 15, capitals.
std::string machine_name() {
  char name[256] = {};
  std::string text = ::gethostname(name, sizeof name - 1) == 0 ? name : "";
  text = text.substr(0, std::min<std::size_t>(text.find('.'), 15));
  for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return text.empty() ? "LOCALHOST" : text;
}

bool is_domain_name(std::string_view name) {
  return !name.empty() && name.size() <= 15 && std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return c > 0x20 && c != 0x7f &&
           std::string_view("\\/:*?\"<>|,;=+[]@").find(static_cast<char>(c)) == std::string_view::npos;
  });
}

base::OrFailure<> read_range(const TomlReader& reader, std::string_view key, UidRange& range) {
  if (!reader.has(key)) return {};
  std::vector<std::uint32_t> values;
  OPENLSA_TRY(reader.numbers(key, values));
  if (values.size() != 2 || values[0] == 0 || values[0] > values[1] || values[1] > max_uid)
    return reader.wrong(key, "must be [first, last] with 0 < first <= last.");
  range = {values[0], values[1]};
  return {};
}

base::OrFailure<> read_top(const TomlReader& reader, Configuration& configuration) {
  OPENLSA_TRY(
      reader.only_keys({"socket", "state_directory", "packages_directory", "audit_log", "composition", "host_uids",
                        "authority_uid", "security_providers", "accounts", "ntlm", "domain", "nss", "policy"}));
  // For clients, who accept a server of this uid; this process knows its own from the kernel.
  std::uint32_t for_clients = 0;
  OPENLSA_TRY(reader.number("authority_uid", for_clients, 0, max_uid));
  // For clients as well: bare SSPs never come here, but who checks the file hears of a mistake.
  std::string providers;
  OPENLSA_TRY(reader.text("security_providers", providers));
  if (const auto listed = nt::parse_security_providers(providers); !listed)
    return reader.wrong("security_providers", "is no list of files: " + listed.error().message + ".");
  OPENLSA_TRY(reader.absolute_path("socket", configuration.socket));
  if (configuration.socket.size() > 107)  // sockaddr_un.sun_path
    return reader.wrong("socket", "is longer than 107 characters. Choose a shorter path.");
  OPENLSA_TRY(reader.absolute_path("state_directory", configuration.state_directory));
  configuration.audit_log = configuration.state_directory + "/audit.jsonl";
  OPENLSA_TRY(reader.absolute_path("packages_directory", configuration.packages_directory));
  OPENLSA_TRY(reader.absolute_path("audit_log", configuration.audit_log));
  for (const std::string* path : {&configuration.state_directory, &configuration.packages_directory})
    if (!is_plain_absolute(*path))
      return base::failure(fmt::format("{}: '{}' is no plain absolute path. Remove '.', '..' and doubled '/' from it.",
                                       configuration.path, *path));
  std::string composition = "isolated";
  OPENLSA_TRY(reader.text("composition", composition));
  if (composition != "isolated" && composition != "in-authority")
    return reader.wrong("composition", "must be \"isolated\" or \"in-authority\".");
  configuration.composition = composition == "isolated" ? Composition::isolated : Composition::in_authority;
  return read_range(reader, "host_uids", configuration.host_uids);
}

base::OrFailure<> read_accounts(const TomlReader& reader, Configuration& configuration) {
  OPENLSA_TRY(reader.only_keys({"domain", "minimum_uid", "uid_range"}));
  OPENLSA_TRY(reader.text("domain", configuration.domain));
  if (!is_domain_name(configuration.domain))
    return reader.wrong("domain", "must be 1 to 15 characters without spaces and \\ / : * ? \" < > | , ; = + [ ] @.");
  OPENLSA_TRY(reader.number("minimum_uid", configuration.minimum_uid, 1, max_uid));
  OPENLSA_TRY(read_range(reader, "uid_range", configuration.uid_range));
  const UidRange& accounts = configuration.uid_range;
  const UidRange& hosts = configuration.host_uids;
  if (accounts.first < configuration.minimum_uid)
    return reader.wrong("uid_range", "begins below minimum_uid. Raise its first uid.");
  // A host that shared an account's uid could read that person's files, and the person could trace the host.
  if (accounts.first <= hosts.last && hosts.first <= accounts.last)
    return reader.wrong("uid_range", "overlaps host_uids. Give the two ranges no uid in common.");
  return {};
}

// NtlmMinClientSec, NtlmMinServerSec: the flags that they can ask for have names.
base::OrFailure<> read_session_security(const TomlReader& reader, const char* key, std::uint32_t& flags) {
  std::string text = flags == 0 ? "none" : "128-bit";
  OPENLSA_TRY(reader.text(key, text));
  if (text == "none")
    flags = 0;
  else if (text == "session-security")
    flags = 0x00080000;
  else if (text == "128-bit")
    flags = 0x20080000;
  else
    return reader.wrong(key, "must be \"none\", \"session-security\" or \"128-bit\".");
  return {};
}

// RestrictSendingNTLMTraffic, RestrictReceivingNTLMTraffic.
base::OrFailure<> read_restriction(const TomlReader& reader, const char* key, std::uint32_t& value) {
  std::string text = "allow";
  OPENLSA_TRY(reader.text(key, text));
  if (text != "allow" && text != "audit" && text != "deny")
    return reader.wrong(key, "must be \"allow\", \"audit\" or \"deny\".");
  value = text == "deny" ? 2 : text == "audit" ? 1 : 0;
  return {};
}

// ClientAllowedNTLMServers: "a single asterisk (*) can be used at the beginning or end of the string as a wildcard
// character".
bool is_server_pattern(std::string_view pattern) {
  if (pattern.starts_with('*'))
    pattern.remove_prefix(1);
  else if (pattern.ends_with('*'))
    pattern.remove_suffix(1);
  return pattern.size() <= max_server_name && std::all_of(pattern.begin(), pattern.end(), [](unsigned char c) {
           return c > 0x20 && c != 0x7f && c != '*' && c != '/' && c != '\\';
         });
}

base::OrFailure<> read_sending_exceptions(const TomlReader& reader, std::vector<std::string>& servers) {
  constexpr const char* key = "sending_exceptions";
  OPENLSA_TRY(reader.texts(key, servers));
  if (servers.size() > max_server_names) return reader.wrong(key, "lists more than 1024 servers.");
  for (const std::string& server : servers)
    if (server.empty() || !is_server_pattern(server) || !nt::to_utf16(server))
      return reader.wrong(key, fmt::format("holds '{}', which is no name of a server. A '*' may begin or end a name.",
                                           base::printable(server)));
  return {};
}

base::OrFailure<> read_ntlm(const TomlReader& reader, Configuration& configuration) {
  OPENLSA_TRY(
      reader.only_keys({"enabled", "lm_compatibility_level", "minimum_client_security", "minimum_server_security",
                        "restrict_sending", "restrict_receiving", "sending_exceptions", "allow_anonymous"}));
  OPENLSA_TRY(reader.flag("enabled", configuration.ntlm_enabled));
  OPENLSA_TRY(reader.number("lm_compatibility_level", configuration.lm_compatibility_level, 0, 5));
  OPENLSA_TRY(read_session_security(reader, "minimum_client_security", configuration.ntlm_minimum_client_security));
  OPENLSA_TRY(read_session_security(reader, "minimum_server_security", configuration.ntlm_minimum_server_security));
  OPENLSA_TRY(read_restriction(reader, "restrict_sending", configuration.restrict_sending_ntlm));
  OPENLSA_TRY(read_restriction(reader, "restrict_receiving", configuration.restrict_receiving_ntlm));
  OPENLSA_TRY(read_sending_exceptions(reader, configuration.ntlm_sending_exceptions));
  return reader.flag("allow_anonymous", configuration.ntlm_allow_anonymous);
}

base::OrFailure<> read_domain(const TomlReader& reader, Configuration& configuration) {
  configuration.domain_minimum_uid = configuration.minimum_uid;
  OPENLSA_TRY(reader.only_keys({"winbind", "name", "cached_logons", "minimum_uid"}));
  OPENLSA_TRY(reader.flag("winbind", configuration.domain_enabled));
  OPENLSA_TRY(reader.text("name", configuration.domain_name));
  const bool fits = configuration.domain_name.size() <= max_netbios_name &&
                    std::all_of(configuration.domain_name.begin(), configuration.domain_name.end(), [](char c) {
                      return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
                    });
  if (!fits)
    return reader.wrong("name",
                        "must be the NetBIOS name of a domain: at most 15 capital letters, digits, '-' and '_'.");
  OPENLSA_TRY(reader.number("cached_logons", configuration.cached_logons, 0, max_cached_logons));
  return reader.number("minimum_uid", configuration.domain_minimum_uid, configuration.minimum_uid, max_uid);
}

base::OrFailure<> read_nss(const TomlReader& reader, Configuration& configuration) {
  OPENLSA_TRY(reader.only_keys({"enumerate"}));
  OPENLSA_TRY(reader.flag("enumerate", configuration.nss_enumerate));
  return {};
}

base::OrFailure<> read_policy(const TomlReader& reader, Configuration& configuration) {
  OPENLSA_TRY(reader.only_keys(
      {"no_custom_packages", "audit_only", "signed_only", "call_deadline_seconds", "session_end_deadline_seconds"}));
  OPENLSA_TRY(reader.flag("no_custom_packages", configuration.no_custom_packages));
  OPENLSA_TRY(reader.flag("audit_only", configuration.audit_only));
  OPENLSA_TRY(reader.flag("signed_only", configuration.signed_only));
  OPENLSA_TRY(reader.number("call_deadline_seconds", configuration.call_deadline_seconds, 1, 86400));
  OPENLSA_TRY(reader.number("session_end_deadline_seconds", configuration.session_end_deadline_seconds, 1, 86400));
  return {};
}

// Who can write lsa.toml decides whom the machine logs on.
base::OrFailure<> check_owner(int descriptor, const std::string& path) {
  struct stat status{};
  if (::fstat(descriptor, &status) != 0) return system_failure("read", path, "Check the file.");
  if (status.st_uid != 0 && status.st_uid != ::geteuid())
    return base::failure(path +
                         " belongs to another user. Give it to root, or to the user that the authority runs as.");
  if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0)
    return base::failure(path + " can be written by others. Run: chmod go-w " + path);
  return {};
}

}  // namespace

base::OrFailure<Configuration> load_configuration(const std::string& path) {
  Configuration configuration;
  configuration.domain = machine_name();
  configuration.authority_uid = ::geteuid();
  std::string file_path = path;
  struct stat status{};
  if (::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode)) file_path += "/lsa.toml";
  const base::UniqueFd file(::open(file_path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file) {
    if (errno == ENOENT &&
        (file_path == default_configuration_path || file_path + "/lsa.toml" == default_configuration_path))
      return configuration;
    return system_failure("open", file_path, "Give the path of lsa.toml, or of the directory that holds it.");
  }
  configuration.path = file_path;
  configuration.packages_directory = parent_of(file_path) + "/packages.d";
  OPENLSA_TRY(check_owner(file.get(), file_path));
  const std::string text = OPENLSA_TRY(read_file(file.get(), file_path, max_file_bytes));
  const toml::table table = OPENLSA_TRY(parse_toml(text, file_path));
  const TomlReader reader(table, file_path);
  OPENLSA_TRY(read_top(reader, configuration));
  OPENLSA_TRY(read_accounts(OPENLSA_TRY(reader.section("accounts")), configuration));
  OPENLSA_TRY(read_ntlm(OPENLSA_TRY(reader.section("ntlm")), configuration));
  OPENLSA_TRY(read_domain(OPENLSA_TRY(reader.section("domain")), configuration));
  OPENLSA_TRY(read_nss(OPENLSA_TRY(reader.section("nss")), configuration));
  OPENLSA_TRY(read_policy(OPENLSA_TRY(reader.section("policy")), configuration));
  return configuration;
}

}  // namespace openlsa::authority
