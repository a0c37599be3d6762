// seccomp (seccomp(2), libseccomp): a list of what a host may ask of the kernel; everything else fails with EPERM.
// No new process, no ptrace, no mount, no socket unless the package has the right to the network.
#include <fmt/format.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <memory>

#include "service/sandbox/sandbox.hpp"

namespace openlsa::service {
namespace {

constexpr const char* allowed_calls[] = {
    // memory and threads
    "brk", "mmap", "munmap", "mprotect", "mremap", "madvise", "mlock", "mlock2", "munlock", "memfd_create",
    "memfd_secret", "membarrier", "futex", "futex_waitv", "set_robust_list", "get_robust_list", "rseq",
    "set_tid_address", "arch_prctl", "exit", "exit_group", "sched_yield", "sched_getaffinity", "gettid", "tgkill",
    "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "rt_sigtimedwait", "sigaltstack", "restart_syscall",
    // files, below what Landlock leaves
    "read", "write", "readv", "writev", "pread64", "pwrite64", "preadv", "pwritev", "close", "close_range", "open",
    "openat", "openat2", "stat", "fstat", "lstat", "newfstatat", "statx", "statfs", "fstatfs", "lseek", "access",
    "faccessat", "faccessat2", "readlink", "readlinkat", "rename", "renameat", "renameat2", "unlink", "unlinkat",
    "mkdir", "mkdirat", "rmdir", "link", "linkat", "ftruncate", "truncate", "fallocate", "fsync", "fdatasync", "flock",
    "fchmod", "chmod", "fchmodat", "utimensat", "getdents64", "getcwd", "umask", "fcntl", "dup", "dup2", "dup3",
    "fadvise64", "copy_file_range",
    // waiting and messages
    "pipe", "pipe2", "eventfd2", "timerfd_create", "timerfd_settime", "timerfd_gettime", "epoll_create1", "epoll_ctl",
    "epoll_wait", "epoll_pwait", "poll", "ppoll", "select", "pselect6", "sendmsg", "recvmsg", "sendto", "recvfrom",
    "shutdown", "getsockopt", "setsockopt", "getsockname", "getpeername",
    // clocks, randomness, who am I
    "nanosleep", "clock_nanosleep", "clock_gettime", "clock_getres", "gettimeofday", "time", "getrandom", "uname",
    "sysinfo", "getrusage", "times", "getpid", "getppid", "getuid", "geteuid", "getgid", "getegid", "getresuid",
    "getresgid", "getgroups", "getpgrp", "getsid", "getrlimit"};

constexpr const char* network_calls[] = {"socket", "connect", "bind",     "listen",
                                         "accept", "accept4", "sendmmsg", "recvmmsg"};

// ignores names that this architecture or library does not know
bool allow(scmp_filter_ctx filter, const char* name) {
  const int number = seccomp_syscall_resolve_name(name);
  return number == __NR_SCMP_ERROR || seccomp_rule_add(filter, SCMP_ACT_ALLOW, number, 0) == 0;
}

bool add_conditional_rules(scmp_filter_ctx filter) {
  // Threads, never processes. clone3 hides its flags behind a pointer: ENOSYS makes the C library use clone.
  bool good = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1,
                               SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD)) == 0;
  good = good && seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0;
  good = good && seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(socketpair), 1, SCMP_A0(SCMP_CMP_EQ, AF_UNIX)) == 0;
  for (const unsigned long request : {static_cast<unsigned long>(TCGETS), static_cast<unsigned long>(FIONREAD),
                                      static_cast<unsigned long>(FIONBIO), static_cast<unsigned long>(FIOCLEX)})
    good = good && seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(ioctl), 1, SCMP_A1(SCMP_CMP_EQ, request)) == 0;
  for (const int option : {PR_SET_NAME, PR_GET_NAME, PR_GET_DUMPABLE, PR_GET_NO_NEW_PRIVS, PR_GET_SECCOMP})
    good = good && seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prctl), 1,
                                    SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(option))) == 0;
  // prlimit64 of this process, to read.
  return good && seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 2, SCMP_A0(SCMP_CMP_EQ, 0),
                                  SCMP_A2(SCMP_CMP_EQ, 0)) == 0;
}

}  // namespace

base::OrFailure<> restrict_system_calls(bool network) {
  const std::unique_ptr<void, void (*)(scmp_filter_ctx)> filter(seccomp_init(SCMP_ACT_ERRNO(EPERM)), seccomp_release);
  bool good = filter != nullptr && seccomp_attr_set(filter.get(), SCMP_FLTATR_CTL_TSYNC, 1) == 0;
  for (const char* name : allowed_calls) good = good && allow(filter.get(), name);
  if (network)
    for (const char* name : network_calls) good = good && allow(filter.get(), name);
  good = good && add_conditional_rules(filter.get());
  if (!good) return base::failure("sandbox: the seccomp filter could not be built (libseccomp)");
  if (const int error = seccomp_load(filter.get()); error != 0)
    return base::failure(fmt::format("sandbox: seccomp: {}", std::strerror(-error)));
  return {};
}

}  // namespace openlsa::service
