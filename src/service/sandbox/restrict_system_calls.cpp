// seccomp (seccomp(2), libseccomp): a list of what a host may ask of the kernel; everything else fails with EPERM.
// No new process, no ptrace, no mount, no socket unless the package has the right to the network.
#include <fcntl.h>
#include <fmt/format.h>
#include <linux/netlink.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

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
    "set_tid_address", "arch_prctl", "exit", "exit_group", "sched_yield", "sched_getaffinity", "gettid", "rt_sigaction",
    "rt_sigprocmask", "rt_sigreturn", "rt_sigtimedwait", "sigaltstack", "restart_syscall",
    // files, below what Landlock leaves
    "read", "write", "readv", "writev", "pread64", "pwrite64", "preadv", "pwritev", "close", "close_range", "stat",
    "fstat", "lstat", "newfstatat", "statx", "statfs", "fstatfs", "lseek", "access", "faccessat", "faccessat2",
    "readlink", "readlinkat", "rename", "renameat", "renameat2", "unlink", "unlinkat", "rmdir", "link", "linkat",
    "ftruncate", "truncate", "fallocate", "fsync", "fdatasync", "flock", "utimensat", "getdents64", "getcwd", "umask",
    "dup", "dup2", "dup3", "fadvise64", "copy_file_range",
    // waiting and messages
    "pipe", "pipe2", "eventfd2", "timerfd_create", "timerfd_settime", "timerfd_gettime", "epoll_create1", "epoll_ctl",
    "epoll_wait", "epoll_pwait", "poll", "ppoll", "select", "pselect6", "sendmsg", "recvmsg", "sendto", "recvfrom",
    "shutdown", "getsockopt", "setsockopt", "getsockname", "getpeername",
    // clocks, randomness, who am I
    "nanosleep", "clock_nanosleep", "clock_gettime", "clock_getres", "gettimeofday", "time", "getrandom", "uname",
    "sysinfo", "getrusage", "times", "getpid", "getppid", "getuid", "geteuid", "getgid", "getegid", "getresuid",
    "getresgid", "getgroups", "getpgrp", "getsid", "getrlimit"};

constexpr const char* network_calls[] = {"connect", "bind", "listen", "accept", "accept4", "sendmmsg", "recvmmsg"};

// Not F_SETOWN and F_SETSIG, by which the kernel sends any signal to any process of the same uid, and not leases.
constexpr int fcntl_commands[] = {F_DUPFD,  F_DUPFD_CLOEXEC, F_GETFD,     F_SETFD,      F_GETFL,     F_SETFL,
                                  F_GETLK,  F_SETLK,         F_SETLKW,    F_OFD_GETLK,  F_OFD_SETLK, F_OFD_SETLKW,
                                  F_GETOWN, F_ADD_SEALS,     F_GET_SEALS, F_GETPIPE_SZ, F_SETPIPE_SZ};

// Where each of these takes the mode of what it makes: a set-user-ID file would outlive the sandbox.
struct ModeArgument {
  const char* call;
  unsigned argument;
};
constexpr ModeArgument mode_arguments[] = {{"open", 2},     {"openat", 3},    {"chmod", 1}, {"fchmod", 1},
                                           {"fchmodat", 2}, {"fchmodat2", 2}, {"mkdir", 1}, {"mkdirat", 2}};

// ignores names that this architecture or library does not know
bool allow(scmp_filter_ctx filter, const char* name) {
  const int number = seccomp_syscall_resolve_name(name);
  return number == __NR_SCMP_ERROR || seccomp_rule_add(filter, SCMP_ACT_ALLOW, number, 0) == 0;
}

// Files are made and changed without the set-user-ID and set-group-ID bits. openat2 hides its mode behind a pointer.
bool add_file_rules(scmp_filter_ctx filter) {
  constexpr scmp_datum_t set_id = S_ISUID | S_ISGID;
  for (const auto& [call, argument] : mode_arguments) {
    const int number = seccomp_syscall_resolve_name(call);
    const scmp_arg_cmp without{argument, SCMP_CMP_MASKED_EQ, set_id, 0};
    if (number != __NR_SCMP_ERROR && seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, number, 1, &without) != 0)
      return false;
  }
  // A call that makes no file has no mode, and need not pass one.
  constexpr scmp_datum_t makes = O_CREAT | (O_TMPFILE & ~O_DIRECTORY);
  if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(open), 1, SCMP_A1(SCMP_CMP_MASKED_EQ, makes, 0)) != 0 ||
      seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, makes, 0)) != 0)
    return false;
  for (const int command : fcntl_commands)
    if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(fcntl), 1,
                         SCMP_A1(SCMP_CMP_EQ, static_cast<scmp_datum_t>(command))) != 0)
      return false;
  return seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(openat2), 0) == 0;
}

// A pair of datagram sockets is not joined for good: sendto and sendmsg name any other receiver that listens in the
// file system. The right to the network is the right to the Internet, not to the services of this machine.
bool add_socket_rules(scmp_filter_ctx filter, const SandboxSpec& spec) {
  constexpr scmp_datum_t type_mask = 0xf;  // without SOCK_CLOEXEC and SOCK_NONBLOCK
  for (const scmp_datum_t type : {SOCK_STREAM, SOCK_SEQPACKET})
    if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(socketpair), 2, SCMP_A0(SCMP_CMP_EQ, AF_UNIX),
                         SCMP_A1(SCMP_CMP_MASKED_EQ, type_mask, type)) != 0)
      return false;
  // A service of this machine: streams alone. lsad listens for sequenced packets, the journal for datagrams.
  if (!spec.service_directories.empty() &&
      seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(socket), 2, SCMP_A0(SCMP_CMP_EQ, AF_UNIX),
                       SCMP_A1(SCMP_CMP_MASKED_EQ, type_mask, SOCK_STREAM)) != 0)
    return false;
  if (!spec.network) return true;
  for (const scmp_datum_t domain : {AF_INET, AF_INET6})
    if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(socket), 1, SCMP_A0(SCMP_CMP_EQ, domain)) != 0) return false;
  // getaddrinfo asks the kernel for the addresses of this machine.
  return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(socket), 2, SCMP_A0(SCMP_CMP_EQ, AF_NETLINK),
                          SCMP_A2(SCMP_CMP_EQ, NETLINK_ROUTE)) == 0;
}

bool add_conditional_rules(scmp_filter_ctx filter) {
  // Threads, never processes. clone3 hides its flags behind a pointer: ENOSYS makes the C library use clone.
  bool good = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1,
                               SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD)) == 0;
  good = good && seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0;
  // Signals within this process only (abort, pthread_kill); others may have the same uid.
  good = good && seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
                                  SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(::getpid()))) == 0;
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

base::OrFailure<> restrict_system_calls(const SandboxSpec& spec) {
  const std::unique_ptr<void, void (*)(scmp_filter_ctx)> filter(seccomp_init(SCMP_ACT_ERRNO(EPERM)), seccomp_release);
  bool good = filter != nullptr && seccomp_attr_set(filter.get(), SCMP_FLTATR_CTL_TSYNC, 1) == 0;
  for (const char* name : allowed_calls) good = good && allow(filter.get(), name);
  if (spec.network)
    for (const char* name : network_calls) good = good && allow(filter.get(), name);
  else if (!spec.service_directories.empty())
    good = good && allow(filter.get(), "connect");
  good = good && add_conditional_rules(filter.get()) && add_file_rules(filter.get()) &&
         add_socket_rules(filter.get(), spec);
  if (!good) return base::failure("sandbox: the seccomp filter could not be built (libseccomp)");
  if (const int error = seccomp_load(filter.get()); error != 0)
    return base::failure(fmt::format("sandbox: seccomp: {}", std::strerror(-error)));
  return {};
}

}  // namespace openlsa::service
