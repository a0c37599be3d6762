#include "common/credentials.hpp"

#include <openlsa/openlsa.h>
#include <sshkey_protocol.h>

#include <string>

namespace sshkey::programs {

Credentials::~Credentials() {
  if (SecIsValidHandle(&handle)) FreeCredentialsHandle(&handle);
}

OrFailure<std::shared_ptr<Credentials>> acquire_credentials(std::shared_ptr<const Session> session, ULONG use) {
  auto credentials = std::make_shared<Credentials>();
  credentials->session = std::move(session);
  // AcquireCredentialsHandle takes the session of the calling thread's token. Only the authority has to see that token,
  // so the variant of ImpersonateLoggedOnUser that leaves the thread's uid alone is enough, and works without root.
  if (const NTSTATUS status = OpenLsaImpersonateTokenOnly(credentials->session->token.get()); status != 0)
    return fail_with_status("acting under the logon session (OpenLsaImpersonateTokenOnly)", status);
  char16_t package[] = SSHKEY_PACKAGE_NAME_W;
  TimeStamp expiry{};
  const SECURITY_STATUS status = AcquireCredentialsHandleW(nullptr, reinterpret_cast<SEC_WCHAR*>(package), use, nullptr,
                                                           nullptr, nullptr, nullptr, &credentials->handle, &expiry);
  RevertToSelf();
  if (status != SEC_E_OK) {
    SecInvalidateHandle(&credentials->handle);
    return fail_with_status(std::string("acquiring credentials ") +
                                (use == SECPKG_CRED_INBOUND ? "for a server" : "for a client") +
                                " (AcquireCredentialsHandle)",
                            status);
  }
  return credentials;
}

OrFailure<std::shared_ptr<Credentials>> CredentialHolder::log_on_and_acquire() {
  auto session = inherited_or_new_session(options_);
  if (!session) return std::unexpected(session.error());
  auto made = acquire_credentials(std::make_shared<Session>(std::move(*session)), use_);
  if (!made) return made;
  current_ = std::move(*made);
  report_logon(report_, *current_->session);
  return current_;
}

OrFailure<std::shared_ptr<Credentials>> CredentialHolder::get() {
  const std::lock_guard lock(mutex_);
  if (current_ != nullptr) return current_;
  return log_on_and_acquire();
}

OrFailure<std::shared_ptr<Credentials>> CredentialHolder::replace(const std::shared_ptr<Credentials>& dead,
                                                                  NTSTATUS reason) {
  const std::lock_guard lock(mutex_);
  if (current_ != dead) return current_;  // another thread was first
  if (auto again = acquire_credentials(dead->session, use_)) {
    report_.event("credentials-replaced",
                  "The credential handle was gone (" + status_text(reason) + "); the logon session gave another.",
                  {{"status", status_text(reason)}});
    current_ = std::move(*again);
    return current_;
  }
  report_.event("session-gone",
                "The logon session gives no credentials any more (" + status_text(reason) + "): logging on again.",
                {{"status", status_text(reason)}});
  return log_on_and_acquire();
}

bool credentials_are_gone(NTSTATUS status) {
  return status == static_cast<NTSTATUS>(SEC_E_INVALID_HANDLE) ||
         status == static_cast<NTSTATUS>(SEC_E_NO_CREDENTIALS) ||
         status == static_cast<NTSTATUS>(SEC_E_INTERNAL_ERROR) ||
         status == static_cast<NTSTATUS>(SEC_E_CONTEXT_EXPIRED);
}

}  // namespace sshkey::programs
