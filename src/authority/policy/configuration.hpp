// lsa.toml: where the authority listens, where it keeps its state, and its policies. Every key has a default, and a
// key that nobody knows is an error: a misspelt policy must not be a policy that silently does not hold.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace openlsa::authority {

inline constexpr const char* default_configuration_path = "/etc/openlsa/lsa.toml";

enum class Composition { isolated, in_authority };

// First and last uid, both included.
struct UidRange {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  bool contains(std::uint32_t uid) const { return uid >= first && uid <= last; }
};

struct Configuration {
  std::string path;  // of the lsa.toml that was read; empty when the defaults hold
  std::string socket = "/run/openlsa/lsad.sock";
  std::string state_directory = "/var/lib/openlsa";
  std::string packages_directory = "/etc/openlsa/packages.d";
  std::string audit_log = "/var/lib/openlsa/audit.jsonl";
  Composition composition = Composition::isolated;
  UidRange host_uids{59500, 59899};

  // [accounts]
  std::string domain;  // name of the machine's account domain; the host name in capitals by default
  std::uint32_t minimum_uid = 1000;
  UidRange uid_range{70000, 99999};  // free of the ranges of systemd (60001 to 65535) and of subuid (from 100000)

  // [ntlm]
  bool ntlm_enabled = true;
  std::uint32_t lm_compatibility_level = 5;
  std::uint32_t ntlm_minimum_client_security = 0x20080000;  // 128 bit and extended session security
  std::uint32_t ntlm_minimum_server_security = 0x20080000;
  std::uint32_t restrict_sending_ntlm = 0;           // 0 allow, 1 allow and audit, 2 deny
  std::uint32_t restrict_receiving_ntlm = 0;         // 0 allow, 1 allow and audit, 2 deny
  std::vector<std::string> ntlm_sending_exceptions;  // servers that "deny" does not concern; '*' begins or ends a name
  bool ntlm_allow_anonymous = false;

  // [domain]
  bool domain_enabled = false;  // the built-in door to winbind
  std::string domain_name;      // NetBIOS; what packages are told as the primary domain, empty: that of [accounts]
  std::uint32_t cached_logons = 10;
  std::uint32_t domain_minimum_uid = 1000;  // of accounts and groups of a domain; that of [accounts] by default

  // [nss]
  bool nss_enumerate = false;  // getent passwd, getent group without a name

  // [policy]
  bool no_custom_packages = false;
  bool audit_only = false;
  bool signed_only = false;
  std::uint32_t call_deadline_seconds = 60;
  std::uint32_t session_end_deadline_seconds = 30;

  // Not in the file: programs set these.
  std::string built_in_directory;     // of the built-in packages' files; empty: there are none
  bool one_handle_namespace = false;  // embedded: token handles of all connections are one table
  // Calls `closed` once, on any thread, when the far end of the socket is gone, after it has stopped watching the
  // descriptor (`closed` closes it). Ask poll for POLLHUP alone: the end is shut for reading from the beginning.
  std::function<void(int fd, std::function<void()> closed)> watch_descriptor;
  // The audit session that the process is in now; nothing: none, or it is not that process any more. Empty: the machine
  // has no logins that the authority could tell apart.
  std::function<std::optional<std::uint32_t>(std::uint32_t process_id, std::uint64_t start_time_ticks)>
      audit_session_of;
  std::uint32_t authority_uid = 0;  // the uid that the authority runs as
};

// `path` names lsa.toml, or the directory that holds it. The file may be missing only in the default place.
base::OrFailure<Configuration> load_configuration(const std::string& path = default_configuration_path);

}  // namespace openlsa::authority
