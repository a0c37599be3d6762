// A credential handle of the sshkey package, and the logon session that it belongs to.
#pragma once

#include <openlsa/security.h>

#include <memory>
#include <mutex>

#include "common/logon.hpp"

namespace sshkey::programs {

struct Credentials {
  std::shared_ptr<const Session> session;
  CredHandle handle{};
  Credentials() { SecInvalidateHandle(&handle); }
  Credentials(const Credentials&) = delete;
  ~Credentials();
};

// AcquireCredentialsHandle for that session; `use` is SECPKG_CRED_INBOUND or _OUTBOUND.
OrFailure<std::shared_ptr<Credentials>> acquire_credentials(std::shared_ptr<const Session> session, ULONG use);

// Credential handles end with the package's host, sessions with the life of their key. This holder replaces what ended,
// once for all who found the same dead: first the handle, and when the session gives none any more, the session by a
// new logon. Any thread may call it.
class CredentialHolder {
 public:
  CredentialHolder(LogonOptions options, ULONG use, const Report& report)
      : options_(std::move(options)), use_(use), report_(report) {}
  // The present credentials, made at the first call.
  OrFailure<std::shared_ptr<Credentials>> get();
  OrFailure<std::shared_ptr<Credentials>> replace(const std::shared_ptr<Credentials>& dead, NTSTATUS reason);

 private:
  OrFailure<std::shared_ptr<Credentials>> log_on_and_acquire();
  const LogonOptions options_;
  const ULONG use_;
  const Report& report_;
  std::mutex mutex_;  // held over a logon, on purpose: one logon serves all who wait
  std::shared_ptr<Credentials> current_;
};

// Whether a first call of a context that ended so may succeed with new credentials.
bool credentials_are_gone(NTSTATUS status);

}  // namespace sshkey::programs
