#include "bridges/pam/call.hpp"

#include <pwd.h>
#include <security/pam_ext.h>
#include <security/pam_modutil.h>
#include <syslog.h>

#include <cstdio>
#include <cstring>

#include "bridges/pam/messages.hpp"
#include "client/logon/private_logon.h"

namespace openlsa::pam {

int begin(pam_handle_t* handle, int flags, int count, const char** arguments, Call& call) {
  // The environment of a logon program may be somebody else's.
  openlsa_private_use_system_authority();
  call.handle = handle;
  call.flags = flags;
  auto options = read_options({arguments, static_cast<std::size_t>(count < 0 ? 0 : count)});
  if (!options) {
    report(call, LOG_ERR, options.error().message);
    return PAM_AUTHINFO_UNAVAIL;
  }
  call.options = std::move(*options);
  call.waits.set(call.options.timeout_seconds);
  const void* service = nullptr;
  if (pam_get_item(handle, PAM_SERVICE, &service) == PAM_SUCCESS && service != nullptr)
    call.service = static_cast<const char*>(service);
  const char* user = nullptr;
  const int code = pam_get_user(handle, &user, nullptr);
  if (code == PAM_CONV_AGAIN) return PAM_INCOMPLETE;
  if (code != PAM_SUCCESS || user == nullptr || *user == '\0') return PAM_USER_UNKNOWN;
  const std::size_t size = ::strnlen(user, max_user_bytes + 1);
  if (size > max_user_bytes) return PAM_USER_UNKNOWN;
  call.user.assign(user, size);
  return PAM_SUCCESS;
}

void report(const Call& call, int priority, const std::string& text) {
  pam_syslog(call.handle, priority, "%s", text.c_str());
}

void debug(const Call& call, const std::string& text) {
  if (call.options.debug) report(call, LOG_DEBUG, text);
}

std::string hexadecimal(NTSTATUS status) {
  char text[16];
  std::snprintf(text, sizeof text, "0x%08X", static_cast<unsigned>(status));
  return text;
}

std::optional<std::uint32_t> system_uid(const Call& call) {
  const passwd* const entry = pam_modutil_getpwnam(call.handle, call.user.c_str());
  return entry == nullptr ? std::nullopt : std::optional<std::uint32_t>(entry->pw_uid);
}

}  // namespace openlsa::pam
