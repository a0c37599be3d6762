// Landlock (landlock(7)): what files a host can reach. Newer rights are asked for when the kernel knows them; their
// numbers are the kernel's interface (linux/landlock.h), written here because the build's headers may be older.
#include <fcntl.h>
#include <fmt/format.h>
#include <linux/landlock.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/log.hpp"
#include "base/unique_fd.hpp"
#include "service/sandbox/sandbox.hpp"

namespace openlsa::service {
namespace {

struct RulesetAttributes {
  std::uint64_t handled_access_fs;
  std::uint64_t handled_access_net;  // ABI 4
  std::uint64_t scoped;              // ABI 6
};
constexpr std::uint64_t access_refer = 1ull << 13;      // ABI 2
constexpr std::uint64_t access_truncate = 1ull << 14;   // ABI 3
constexpr std::uint64_t access_ioctl_dev = 1ull << 15;  // ABI 5
constexpr std::uint64_t net_bind_tcp = 1ull << 0;
constexpr std::uint64_t net_connect_tcp = 1ull << 1;
constexpr std::uint64_t scope_abstract_unix_socket = 1ull << 0;
constexpr std::uint64_t scope_signal = 1ull << 1;

constexpr std::uint64_t read_access =
    LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_EXECUTE;
constexpr std::uint64_t file_access = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE |
                                      LANDLOCK_ACCESS_FS_EXECUTE | access_truncate | access_ioctl_dev;

std::uint64_t all_access(long abi) {
  std::uint64_t access = (1ull << 13) - 1;
  if (abi >= 2) access |= access_refer;
  if (abi >= 3) access |= access_truncate;
  if (abi >= 5) access |= access_ioctl_dev;
  return access;
}

// What is not there needs no rule.
bool allow(int ruleset, const char* path, std::uint64_t access, std::uint64_t handled) {
  const base::UniqueFd place(::open(path, O_PATH | O_CLOEXEC));
  if (!place) return errno == ENOENT || errno == ENOTDIR;
  landlock_path_beneath_attr rule{};
  rule.allowed_access = access & handled;
  rule.parent_fd = place.get();
  return ::syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
}

base::UniqueFd create_ruleset(long abi, std::uint64_t handled, bool network) {
  RulesetAttributes attributes{};
  attributes.handled_access_fs = handled;
  std::size_t size = sizeof attributes.handled_access_fs;
  if (abi >= 4) {
    if (!network) attributes.handled_access_net = net_bind_tcp | net_connect_tcp;
    size = 2 * sizeof(std::uint64_t);
  }
  if (abi >= 6) {
    attributes.scoped = scope_abstract_unix_socket | scope_signal;
    size = sizeof attributes;
  }
  return base::UniqueFd(static_cast<int>(::syscall(SYS_landlock_create_ruleset, &attributes, size, 0)));
}

}  // namespace

base::OrFailure<> restrict_files(const SandboxSpec& spec) {
  const long abi = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  if (abi < 1) {
    base::log(base::LogLevel::warning, "sandbox: this kernel has no Landlock; file permissions alone confine the host");
    return {};
  }
  const std::uint64_t handled = all_access(abi);
  const base::UniqueFd ruleset = create_ruleset(abi, handled, spec.network);
  if (!ruleset) return base::failure(fmt::format("sandbox: landlock_create_ruleset: {}", std::strerror(errno)));

  bool good = allow(ruleset.get(), spec.package_directory.c_str(), read_access, handled);
  if (!spec.state_directory.empty())
    good = good && allow(ruleset.get(), spec.state_directory.c_str(), handled & ~access_ioctl_dev, handled);
  // Landlock says nothing of connect(2) to a socket in the file system, but the host looks at the directory and the
  // socket first. It makes nothing there.
  for (const std::string& place : spec.service_directories)
    good = good &&
           allow(ruleset.get(), place.c_str(),
                 LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_WRITE_FILE, handled);
  // The system's libraries and what they read at run time.
  for (const char* place : {"/usr", "/lib", "/lib64", "/etc/ssl"})
    good = good && allow(ruleset.get(), place, read_access, handled);
  for (const char* file : {"/etc/ld.so.cache", "/etc/localtime", "/etc/openssl.cnf"})
    good = good && allow(ruleset.get(), file, read_access & file_access, handled);
  for (const char* device : {"/dev/null", "/dev/zero", "/dev/urandom", "/dev/random"})
    good = good && allow(ruleset.get(), device, LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE, handled);
  if (!good || ::syscall(SYS_landlock_restrict_self, ruleset.get(), 0) != 0)
    return base::failure(fmt::format("sandbox: landlock: {}", std::strerror(errno)));
  return {};
}

}  // namespace openlsa::service
