#include "bridges/pam/passwords.hpp"

#include <security/pam_ext.h>
#include <security/pam_modules.h>

#include <cstdlib>
#include <cstring>

#include "bridges/pam/messages.hpp"

namespace openlsa::pam {
namespace {

// An item that is there, with its length looked at: what lies behind it in memory is not ours.
Password checked(const Call& call, const char* text, bool stacked, int refusal) {
  const std::size_t size = ::strnlen(text, max_password_bytes + 1);
  if (size > max_password_bytes) return {refusal, {}, stacked};
  const bool no_null = !call.options.null_passwords || (call.flags & PAM_DISALLOW_NULL_AUTHTOK) != 0;
  if (size == 0 && no_null) return {refusal, {}, stacked};
  return {PAM_SUCCESS, {text, size}, stacked};
}

const char* item(const Call& call, int type) {
  const void* text = nullptr;
  return pam_get_item(call.handle, type, &text) == PAM_SUCCESS ? static_cast<const char*>(text) : nullptr;
}

// pam_get_authtok(3) asks, and keeps the answer as the item.
Password asked(const Call& call, int type, const char* prompt, int refusal) {
  const char* text = nullptr;
  const int code = pam_get_authtok(call.handle, type, &text, prompt);
  if (code == PAM_CONV_AGAIN) return {PAM_INCOMPLETE, {}, false};
  if (code != PAM_SUCCESS || text == nullptr) return {refusal, {}, false};
  return checked(call, text, false, refusal);
}

// One answer without echo, wiped where Linux-PAM left it.
base::Secret prompt(const Call& call, const char* text) {
  char* answer = nullptr;
  const int code = pam_prompt(call.handle, PAM_PROMPT_ECHO_OFF, &answer, "%s", text);
  if (answer == nullptr) return {};
  const std::size_t size = std::strlen(answer);
  base::Secret copy;
  if (code == PAM_SUCCESS && size <= max_password_bytes) copy = base::Secret(base::as_bytes(answer, size));
  base::wipe(answer, size);
  std::free(answer);
  return copy;
}

}  // namespace

std::string_view view_of(const base::Secret& secret) {
  return {reinterpret_cast<const char*>(secret.reveal().data()), secret.size()};
}

Password ask_password(const Call& call, bool only_from_user) {
  const bool take_first = call.options.use_first_pass || call.options.try_first_pass;
  if (const char* const first = item(call, PAM_AUTHTOK); first != nullptr) {
    if (take_first && !only_from_user) return checked(call, first, true, PAM_AUTH_ERR);
    pam_set_item(call.handle, PAM_AUTHTOK, nullptr);
  }
  if (call.options.use_first_pass) return {PAM_AUTH_ERR, {}, false};
  return asked(call, PAM_AUTHTOK, nullptr, PAM_AUTH_ERR);
}

Password ask_old_password(const Call& call) {
  if (const char* const first = item(call, PAM_OLDAUTHTOK); first != nullptr)
    return checked(call, first, true, PAM_AUTHTOK_RECOVERY_ERR);
  if (call.options.use_first_pass) return {PAM_AUTHTOK_RECOVERY_ERR, {}, false};
  return asked(call, PAM_OLDAUTHTOK, "Current password: ", PAM_AUTHTOK_RECOVERY_ERR);
}

Password ask_new_password(const Call& call) {
  if (call.options.use_authtok) {
    const char* const first = item(call, PAM_AUTHTOK);
    return first == nullptr ? Password{PAM_AUTHTOK_ERR, {}, false} : checked(call, first, true, PAM_AUTHTOK_ERR);
  }
  return asked(call, PAM_AUTHTOK, nullptr, PAM_AUTHTOK_ERR);
}

base::Secret ask_new_password_twice(const Call& call) {
  base::Secret first = prompt(call, "New password: ");
  if (first.empty()) return {};
  const base::Secret again = prompt(call, "Retype new password: ");
  if (view_of(again) != view_of(first)) {
    pam_error(call.handle, "The passwords differ. Nothing is changed.");
    return {};
  }
  return first;
}

}  // namespace openlsa::pam
