// Credentials, by logon session and package: what AddCredential keeps, and what AcceptCredentials must be able to
// say again to a package that comes later. Sealed in memory (secret_box.hpp); gone with the session.
#pragma once

#include <expected>
#include <map>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "authority/credentials/credential_set.hpp"
#include "authority/credentials/secret_box.hpp"
#include "authority/sessions/session_table.hpp"
#include "base/mutex.hpp"
#include "nt/status.hpp"
#include "seam/package_calls.hpp"
#include "seam/support_calls.hpp"

namespace openlsa::authority {

// What a logon gave to AcceptCredentials.
struct LogonCredentials {
  seam::PackageId producer = 0;
  std::uint32_t logon_type = 0;
  seam::OptionalText account_name;
  std::optional<seam::PrimaryCredentials> primary;
  std::vector<seam::SupplementalCredential> supplemental;
};

// What UpdateCredentials says of a session, and for whom.
struct LogonUpdate {
  seam::PackageId package = 0;
  bool may_have_passwords = false;  // the right of its drop-in
  std::uint32_t logon_type = 0;     // of the session
  nt::Sid user;                     // whose session it is
  const seam::PrimaryCredentials& primary;
  const std::vector<seam::SupplementalCredential>& supplemental;
};

struct LuidHash {
  std::size_t operator()(nt::Luid id) const { return id.value * 0x9e3779b97f4a7c15u; }
};

class CredentialStore {
 public:
  static constexpr std::size_t max_bytes_per_package = 1u << 20;  // of one session
  static constexpr std::size_t max_entries_per_package = 256;

  CredentialStore(std::shared_ptr<SessionTable> sessions, std::shared_ptr<const SecretBox> box)
      : sessions_(std::move(sessions)), box_(std::move(box)) {}

  // AddCredential; the primary key value need not be unique.
  nt::Status add(nt::Luid session, seam::PackageId package, base::Bytes key, const base::Secret& credentials)
      OPENLSA_EXCLUDES(mutex_);
  // GetCredentials: one credential a call, a cursor in query_context. The package is the caller's.
  seam::GetCredentialsReply get(seam::PackageId package, const seam::GetCredentialsRequest& request)
      OPENLSA_EXCLUDES(mutex_);
  nt::Status remove(nt::Luid session, seam::PackageId package, const base::Bytes& key) OPENLSA_EXCLUDES(mutex_);

  // The credential manager's set of the session (credential_manager.cpp).
  nt::Status write_credential(nt::Luid session, seam::PackageId writer, seam::Credential credential)
      OPENLSA_EXCLUDES(mutex_);
  seam::ReadCredentialReply read_credential(const seam::ReadCredentialRequest& request,
                                            const CredentialSet::MayRead& may_read) OPENLSA_EXCLUDES(mutex_);
  seam::ReadDomainCredentialsReply read_domain_credentials(const seam::ReadDomainCredentialsRequest& request,
                                                           const CredentialSet::MayRead& may_read)
      OPENLSA_EXCLUDES(mutex_);

  void keep_logon(nt::Luid session, const LogonCredentials& credentials) OPENLSA_EXCLUDES(mutex_);
  std::optional<LogonCredentials> logon(nt::Luid session) OPENLSA_EXCLUDES(mutex_);
  // UpdateCredentials. STATUS_NO_SUCH_LOGON_SESSION, STATUS_QUOTA_EXCEEDED.
  nt::Status update_logon(nt::Luid session, const LogonUpdate& update) OPENLSA_EXCLUDES(mutex_);

  // The session terminates and all packages have answered, or it is gone.
  void forget(nt::Luid session) OPENLSA_EXCLUDES(mutex_);
  std::size_t sessions() OPENLSA_EXCLUDES(mutex_);

 private:
  struct Entry {
    std::uint32_t sequence = 0;  // the cursor's order; never reused within a package's list
    base::Bytes key;
    Sealed credentials;
  };
  struct PackageCredentials {
    seam::PackageId package = 0;
    std::uint32_t next_sequence = 1;
    std::size_t size_bytes = 0;
    std::vector<Entry> entries;
  };
  struct StoredLogon;
  struct SessionCredentials {
    std::vector<PackageCredentials> packages;
    std::shared_ptr<const StoredLogon> logon;
    std::unique_ptr<CredentialSet> managed;  // few sessions have one
  };
  PackageCredentials* find(nt::Luid session, seam::PackageId package) OPENLSA_REQUIRES(mutex_);
  const CredentialSet& managed(nt::Luid session) OPENLSA_REQUIRES(mutex_);

  const std::shared_ptr<SessionTable> sessions_;
  const std::shared_ptr<const SecretBox> box_;
  base::Mutex mutex_;
  std::unordered_map<nt::Luid, SessionCredentials, LuidHash> credentials_ OPENLSA_GUARDED_BY(mutex_);
};

}  // namespace openlsa::authority
