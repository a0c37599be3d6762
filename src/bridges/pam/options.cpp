#include "bridges/pam/options.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>

namespace openlsa::pam {
namespace {

constexpr std::size_t max_package_bytes = 127;  // as LsaLookupAuthenticationPackage takes it
constexpr std::size_t max_domain_bytes = 255;
constexpr std::uint32_t max_timeout_seconds = 3600;

struct NamedType {
  std::string_view name;
  SECURITY_LOGON_TYPE type;
};
constexpr NamedType logon_types[] = {
    {"interactive", Interactive}, {"network", Network}, {"remote_interactive", RemoteInteractive}, {"unlock", Unlock}};

bool take_text(std::string_view value, std::size_t limit, std::string& out) {
  if (value.empty() || value.size() > limit) return false;
  if (std::any_of(value.begin(), value.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; })) return false;
  out = value;
  return true;
}

bool take_logon_type(std::string_view value, SECURITY_LOGON_TYPE& out) {
  const auto found = std::find_if(std::begin(logon_types), std::end(logon_types),
                                  [&](const NamedType& each) { return each.name == value; });
  if (found != std::end(logon_types)) out = found->type;
  return found != std::end(logon_types);
}

bool take_choice(std::string_view value, std::string_view yes, std::string_view no, bool& out) {
  if (value != yes && value != no) return false;
  out = value == yes;
  return true;
}

bool take_seconds(std::string_view value, std::uint32_t& out) {
  std::uint32_t seconds = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
  if (error != std::errc() || end != value.data() + value.size()) return false;
  if (seconds == 0 || seconds > max_timeout_seconds) return false;
  out = seconds;
  return true;
}

// Keys of the file and of the line.
bool take_setting(std::string_view key, std::string_view value, Options& options) {
  if (key == "package") return take_text(value, max_package_bytes, options.package);
  if (key == "domain") return take_text(value, max_domain_bytes, options.domain);
  if (key == "logon_type") return take_logon_type(value, options.logon_type);
  if (key == "no_credentials") return take_choice(value, "refuse", "allow", options.refuse_without_credentials);
  if (key == "nullok") return take_choice(value, "true", "false", options.null_passwords);
  if (key == "timeout") return take_seconds(value, options.timeout_seconds);
  if (key == "debug") return take_choice(value, "true", "false", options.debug);
  return false;
}

bool take_word(std::string_view word, Options& options) {
  if (word == "debug") return options.debug = true;
  if (word == "nullok") return options.null_passwords = true;
  if (word == "use_first_pass") return options.use_first_pass = true;
  if (word == "try_first_pass") return options.try_first_pass = true;
  if (word == "use_authtok") return options.use_authtok = true;
  return false;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r";
  const std::size_t begin = text.find_first_not_of(blanks);
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) + 1 - begin);
}

bool is_number(std::string_view text) { return !text.empty() && text.find_first_not_of("0123456789") == text.npos; }

// A value: true, false, a number, or text in double quotes without escapes, and a comment behind it.
bool split_value(std::string_view rest, std::string_view& value) {
  std::size_t end = 0;
  if (rest.starts_with('"')) {
    end = rest.find('"', 1);
    if (end == rest.npos || rest.substr(0, end).find('\\') != rest.npos) return false;
    value = rest.substr(1, end - 1);
    ++end;
  } else {
    end = std::min(rest.find('#'), rest.size());
    value = trimmed(rest.substr(0, end));
    if (value != "true" && value != "false" && !is_number(value)) return false;
  }
  const std::string_view behind = trimmed(rest.substr(end));
  return behind.empty() || behind.starts_with('#');
}

bool take_line(std::string_view line, Options& options) {
  line = trimmed(line);
  if (line.empty() || line.starts_with('#')) return true;
  const std::size_t sign = line.find('=');
  std::string_view value;
  if (sign == line.npos || !split_value(trimmed(line.substr(sign + 1)), value)) return false;
  const std::string_view key = trimmed(line.substr(0, sign));
  // A number without quotes is no text.
  const bool bare_number = is_number(value) && *(value.data() - 1) != '"';
  return (!bare_number || key == "timeout") && take_setting(key, value, options);
}

}  // namespace

base::OrFailure<> parse_settings(std::string_view text, Options& options) {
  for (int number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (!take_line(text.substr(0, end), options))
      return base::failure("line " + std::to_string(number) +
                           " is none that the module knows; write package, domain, logon_type, no_credentials, "
                           "timeout, nullok or debug = \"value\" (docs/configuration.md)");
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return {};
}

base::OrFailure<> parse_arguments(std::span<const char* const> arguments, Options& options) {
  for (const std::string_view argument : arguments) {
    const std::size_t sign = argument.find('=');
    const bool taken = sign == argument.npos
                           ? take_word(argument, options)
                           : take_setting(argument.substr(0, sign), argument.substr(sign + 1), options);
    if (!taken)
      return base::failure("the module's line in /etc/pam.d has an option that is wrong: '" + std::string(argument) +
                           "' (docs/configuration.md lists them)");
  }
  return {};
}

}  // namespace openlsa::pam
