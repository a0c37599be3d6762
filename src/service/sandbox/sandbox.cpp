#include "service/sandbox/sandbox.hpp"

#include <fmt/format.h>
#include <grp.h>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace openlsa::service {
namespace {

base::OrFailure<> system_failure(const char* what) {
  return base::failure(fmt::format("sandbox: {}: {}", what, std::strerror(errno)));
}

// An uid of 0 that becomes another clears the capabilities (capabilities(7)); this also clears them for a process
// that was started with some and keeps its uid.
bool clear_capabilities() {
  for (int capability = 0; capability <= 63; ++capability) ::prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
  ::prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct none[2]{};
  return ::syscall(SYS_capset, &header, none) == 0;
}

}  // namespace

base::OrFailure<> take_identity(std::uint32_t uid, std::uint32_t gid) {
  if (uid == 0) return {};
  if (::setgroups(0, nullptr) != 0) return system_failure("setgroups");
  if (::setresgid(gid, gid, gid) != 0) return system_failure("setresgid");
  if (::setresuid(uid, uid, uid) != 0) return system_failure("setresuid");
  if (::setresuid(0, 0, 0) == 0) return base::failure("sandbox: the host could take uid 0 back; it is not started");
  return {};
}

base::OrFailure<> restrict_process() {
  if (!clear_capabilities()) return system_failure("capset");
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return system_failure("no_new_privs");
  if (::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) return system_failure("PR_SET_DUMPABLE");
  const rlimit none{0, 0};
  if (::setrlimit(RLIMIT_CORE, &none) != 0) return system_failure("RLIMIT_CORE");
  ::umask(077);
  return {};
}

base::OrFailure<> enter_sandbox(const SandboxSpec& spec) {
  if (auto done = take_identity(spec.uid, spec.gid); !done) return done;
  if (auto done = restrict_process(); !done) return done;
  if (auto done = restrict_files(spec); !done) return done;
  return restrict_system_calls(spec);
}

}  // namespace openlsa::service
