#include "logon/run_command.hpp"

#include <fcntl.h>
#include <grp.h>
#include <openlsa/openlsa.h>
#include <pwd.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <iostream>

namespace sshkey::programs {
namespace {

Failure system_failure(const std::string& what, const std::string& next) {
  return {what + ": " + std::strerror(errno) + ". " + next};
}

void set_user_variables(uid_t uid) {
  passwd entry{};
  passwd* found = nullptr;
  char buffer[4096];
  if (getpwuid_r(uid, &entry, buffer, sizeof buffer, &found) != 0 || found == nullptr) return;
  setenv("USER", found->pw_name, 1);
  setenv("LOGNAME", found->pw_name, 1);
  setenv("HOME", found->pw_dir, 1);
}

// Root becomes the account; everybody else stays what they are, and is told so where it makes a difference.
std::optional<Failure> take_posix_identity(HANDLE token) {
  OPENLSA_POSIX_IDENTITY identity{};
  // A warning (STATUS_BUFFER_OVERFLOW) is no success: nobody acts with a truncated list of groups.
  if (const NTSTATUS status = OpenLsaGetTokenPosixIdentity(token, &identity); status != 0)
    return fail_with_status("asking for the token's POSIX identity (OpenLsaGetTokenPosixIdentity)", status).error();
  if (geteuid() != 0) {
    if (identity.HasIdentity == 0 || identity.Uid != geteuid())
      std::cerr << "sshkey-logon: note: the command acts for the account towards the authority, but the kernel knows "
                   "it as uid "
                << geteuid() << ". Only root can give it the uid of the account.\n";
    return std::nullopt;
  }
  if (identity.HasIdentity == 0)
    return Failure{
        "the account has no uid, and nothing runs as root in its stead. An administrator maps it: lsactl account "
        "list."};
  gid_t groups[OPENLSA_MAX_GROUPS];
  std::copy(identity.Groups, identity.Groups + identity.GroupCount, groups);
  if (setgroups(identity.GroupCount, groups) != 0 || setresgid(identity.Gid, identity.Gid, identity.Gid) != 0 ||
      setresuid(identity.Uid, identity.Uid, identity.Uid) != 0)
    return system_failure("cannot become uid " + std::to_string(identity.Uid),
                          "Does this process have CAP_SETUID and CAP_SETGID?");
  set_user_variables(identity.Uid);
  return std::nullopt;
}

}  // namespace

Failure run_command(const Session& session, char** command) {
  int descriptor = -1;
  if (const NTSTATUS status = OpenLsaTokenToDescriptor(session.token.get(), &descriptor); status != 0)
    return fail_with_status("making a descriptor of the token (OpenLsaTokenToDescriptor)", status).error();
  // The descriptor keeps the logon session alive when this process, and with it its handles, is gone.
  if (fcntl(descriptor, F_SETFD, 0) != 0) return system_failure("cannot pass the descriptor on", "Report this.");
  setenv(token_variable, std::to_string(descriptor).c_str(), 1);
  if (auto failure = take_posix_identity(session.token.get())) return *failure;
  execvp(command[0], command);
  return system_failure(std::string("cannot run ") + command[0], "Give the path of a program.");
}

}  // namespace sshkey::programs
