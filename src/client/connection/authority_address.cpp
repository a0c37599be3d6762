#include "client/connection/authority_address.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "base/unique_fd.hpp"

namespace openlsa::client {
namespace {

constexpr std::string_view embedded_prefix = "embedded:";
constexpr const char* default_embedded_directory = "/etc/openlsa";
constexpr std::size_t configuration_limit_bytes = 1u << 20;

constinit std::atomic<bool> system_only{false};

// The file's text; an empty one when there is no file.
base::OrFailure<std::string> read_configuration(const char* path) {
  const base::UniqueFd file(::open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
  if (!file && errno == ENOENT) return std::string();
  std::string text;
  char piece[4096];
  while (file) {
    const ssize_t got = ::read(file.get(), piece, sizeof piece);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0 || text.size() > configuration_limit_bytes) break;
    if (got == 0) return text;
    text.append(piece, static_cast<std::size_t>(got));
  }
  return base::failure(std::string(path) + ": cannot be read (" + std::strerror(errno) +
                       "); every program that uses OpenLSA must be able to read it, so give it mode 0644");
}

}  // namespace

base::OrFailure<ClientConfiguration> read_client_configuration(const std::string& path) {
  const std::string text = OPENLSA_TRY(read_configuration(path.c_str()));
  auto configuration = parse_client_configuration(text);
  if (!configuration) return base::failure(path + ": " + configuration.error().message);
  return configuration;
}

base::OrFailure<AuthorityAddress> resolve_authority(const char* environment, const char* configuration_path) {
  const std::string_view named = environment == nullptr ? "" : environment;
  AuthorityAddress address;
  address.of_environment = !named.empty();
  if (named.starts_with(embedded_prefix)) {
    address.embedded = true;
    address.path = named.substr(embedded_prefix.size());
    if (address.path.empty()) address.path = default_embedded_directory;
    return address;
  }
  if (!named.empty() && !named.starts_with('/'))
    return base::failure("OPENLSA_AUTHORITY is '" + std::string(named) +
                         "'; set it to the absolute path of a socket or to embedded:DIRECTORY");
  const auto configuration = OPENLSA_TRY(read_client_configuration(configuration_path));
  address.path = !named.empty() ? std::string(named) : configuration.socket.value_or(default_socket);
  address.authority_uid = configuration.authority_uid;
  return address;
}

base::OrFailure<AuthorityAddress> authority_address() {
  return resolve_authority(system_only ? nullptr : ::secure_getenv("OPENLSA_AUTHORITY"), default_configuration);
}

void use_system_authority() { system_only = true; }
bool uses_system_authority() { return system_only; }

}  // namespace openlsa::client
