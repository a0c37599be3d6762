#include <security/pam_modules.h>
#include <unistd.h>

#include <memory>

#include "bridges/pam/call.hpp"

namespace openlsa::pam {
namespace {

constexpr const char* data_name = "openlsa_logon";

struct Kept {
  Token token;
  std::uint32_t uid = 0;
  pid_t process = 0;
  std::uint32_t timeout_seconds = 0;
};

// pam_end(3), or another token took its place. In a child of fork the handle is the parent's, who closes it.
void forget(pam_handle_t*, void* data, int) {
  const std::unique_ptr<Kept> kept(static_cast<Kept*>(data));
  if (kept == nullptr) return;
  if (kept->process != ::getpid()) {
    static_cast<void>(kept->token.release());
    return;
  }
  WaitLimit waits;
  waits.set(kept->timeout_seconds);
  kept->token = Token();
}

}  // namespace

int keep_token(const Call& call, Token token, std::uint32_t uid) {
  auto kept = std::make_unique<Kept>();
  kept->token = std::move(token);
  kept->uid = uid;
  kept->process = ::getpid();
  kept->timeout_seconds = call.options.timeout_seconds;
  if (pam_set_data(call.handle, data_name, kept.get(), &forget) != PAM_SUCCESS) return PAM_AUTHINFO_UNAVAIL;
  static_cast<void>(kept.release());
  return PAM_SUCCESS;
}

bool has_token(const Call& call, std::uint32_t uid) {
  const void* data = nullptr;
  if (pam_get_data(call.handle, data_name, &data) != PAM_SUCCESS || data == nullptr) return false;
  const auto* const kept = static_cast<const Kept*>(data);
  return kept->process == ::getpid() && kept->uid == uid && kept->token;
}

void drop_token(const Call& call) { pam_set_data(call.handle, data_name, nullptr, nullptr); }

}  // namespace openlsa::pam
