// What a package learns: of its client, of its call, of the machine.
#include <fcntl.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "probe.hpp"

namespace probe {
namespace {

// What this file's constructors could do: they run while it is loaded, before any entry point.
struct AtLoad {
  int seccomp = ::prctl(PR_GET_SECCOMP, 0, 0, 0, 0);
  int no_new_privileges = ::prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0);
  int dumpable = ::prctl(PR_GET_DUMPABLE, 0, 0, 0, 0);
  unsigned uid = ::getuid();
  bool read_passwd = false;
  AtLoad() {
    const int file = ::open("/etc/passwd", O_RDONLY | O_CLOEXEC);
    read_passwd = file >= 0;
    if (read_passwd) ::close(file);
  }
};
const AtLoad at_load;

void loading(Call& call, const Arguments&) {
  call.say_number("at-load-seccomp", at_load.seccomp);
  call.say_number("at-load-no-new-privileges", at_load.no_new_privileges);
  call.say_number("at-load-dumpable", at_load.dumpable);
  call.say_number("at-load-uid", at_load.uid);
  call.say_number("at-load-read-passwd", at_load.read_passwd);
}

void client_info(Call& call, const Arguments&) {
  SECPKG_CLIENT_INFO info{};
  const NTSTATUS status = lsa->GetClientInfo(&info);
  call.say_status("client-info", status);
  if (!NT_SUCCESS(status)) return;
  call.say("logon-id", luid_text(info.LogonId));
  call.say_number("process", info.ProcessID);
  call.say_number("thread-id", info.ThreadID);
  call.say_number("tcb", info.HasTcbPrivilege);
  call.say_number("impersonating", info.Impersonating);
  call.say_number("restricted", info.Restricted);
  call.say_number("client-flags", info.ClientFlags);
  call.say_number("level", info.ImpersonationLevel);
}

void call_info(Call& call, const Arguments&) {
  SECPKG_CALL_INFO info{};
  const BOOLEAN known = lsa->GetCallInfo(&info);
  call.say_number("call-info", known);
  if (!known) return;
  call.say_number("call-process", info.ProcessId);
  call.say_number("call-attributes", info.Attributes);
  call.say_number("call-count", info.CallCount);
}

void client_token(Call& call, const Arguments&) {
  SECPKG_CLIENT_INFO info{};
  if (!NT_SUCCESS(lsa->GetClientInfo(&info))) return;
  UCHAR buffer[128];
  DWORD needed = 0;
  const BOOL read = GetTokenInformation(info.ClientToken, TokenUser, buffer, sizeof buffer, &needed);
  call.say_number("client-token", read != FALSE);
  if (read) call.say("client-token-user", sid_text(reinterpret_cast<TOKEN_USER*>(buffer)->User.Sid));
}

void host(Call& call, const Arguments&) {
  call.say_number("host-process", static_cast<unsigned>(::getpid()));
  call.say_number("host-uid", ::getuid());
  call.say("state-directory", state_directory());
  call.say_number("package-id", package_ids[call.package]);
}

void account(Call& call, const Arguments& a) {
  std::vector<UCHAR> sid;
  const NTSTATUS status = find_user(a[1], sid);
  call.say_status("account", status);
  if (NT_SUCCESS(status)) call.say("account-sid", sid_text(sid.data()));
}

void authority_id(Call& call, const Arguments&) {
  UCHAR id[OPENLSA_AUTHORITY_ID_LENGTH] = {};
  call.say_status("authority-id", OpenLsaGetAuthorityId(id));
  call.say("authority-id-bytes", hex({reinterpret_cast<const char*>(id), sizeof id}));
}

}  // namespace

void add_information_commands(Commands& commands) {
  commands["client-info"] = client_info;
  commands["call-info"] = call_info;
  commands["client-token"] = client_token;
  commands["host"] = host;
  commands["loading"] = loading;
  commands["account"] = account;
  commands["authority-id"] = authority_id;
}

}  // namespace probe
