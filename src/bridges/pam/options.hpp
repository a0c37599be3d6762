// What the administrator wrote: /etc/openlsa/pam.toml for all services, and the module's line in /etc/pam.d, which says
// more. Never the environment, which belongs to whoever called the program. An option that nobody knows is an error: a
// misspelt one must not be an option that silently does not hold.
#pragma once

#include <openlsa/ntsecapi.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace openlsa::pam {

struct Options {
  std::string package = MSV1_0_PACKAGE_NAME;
  std::string domain;  // of names without one; empty: the package decides
  SECURITY_LOGON_TYPE logon_type = Interactive;
  // A session of somebody who proved himself otherwise (an SSH key): without credentials, or not at all.
  bool refuse_without_credentials = false;
  bool null_passwords = false;
  bool debug = false;
  // How long one function of the module waits for the authority, which may be stopped: a logon must be refused then,
  // not hang.
  std::uint32_t timeout_seconds = 30;
  // Of the module's line only.
  bool use_first_pass = false;
  bool try_first_pass = false;
  bool use_authtok = false;
};

inline constexpr const char* settings_path = "/etc/openlsa/pam.toml";

// The text of pam.toml: lines of key = value, "text" or true or false, and comments.
base::OrFailure<> parse_settings(std::string_view text, Options& options);
base::OrFailure<> parse_arguments(std::span<const char* const> arguments, Options& options);
// Both. The file need not exist; one that others than root can write is not believed.
base::OrFailure<Options> read_options(std::span<const char* const> arguments, const char* path = settings_path);

}  // namespace openlsa::pam
