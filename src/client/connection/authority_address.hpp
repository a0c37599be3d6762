// Where the authority is: OPENLSA_AUTHORITY (never in a set-user-ID program: secure_getenv), else
// /etc/openlsa/lsa.toml, else the default socket.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace openlsa::client {

struct AuthorityAddress {
  bool embedded = false;
  bool of_environment = false;
  std::string path;                    // of the socket, or the configuration directory of the embedded authority
  std::optional<uid_t> authority_uid;  // besides root and the caller's own
};

inline constexpr const char* default_socket = "/run/openlsa/lsad.sock";
inline constexpr const char* default_configuration = "/etc/openlsa/lsa.toml";

// The keys of lsa.toml that concern a client. What it cannot read with certainty is an error, never a default: a
// client that guessed could offer passwords to the wrong server.
struct ClientConfiguration {
  std::optional<std::string> socket;
  std::optional<uid_t> authority_uid;
  std::optional<std::string> security_providers;  // nt/security_providers.hpp
};
base::OrFailure<ClientConfiguration> parse_client_configuration(std::string_view toml);
// Of a file that need not exist.
base::OrFailure<ClientConfiguration> read_client_configuration(const std::string& path);

// From the value of OPENLSA_AUTHORITY (may be null) and the configuration file's path (need not exist).
base::OrFailure<AuthorityAddress> resolve_authority(const char* environment, const char* configuration_path);
// What this process uses.
base::OrFailure<AuthorityAddress> authority_address();

// For the life of the process the environment is not asked any more (logon/private_logon.h).
void use_system_authority();
bool uses_system_authority();

}  // namespace openlsa::client
