#include "authority/credentials/credential_store.hpp"

#include <algorithm>

#include "authority/credentials/stored_logon.hpp"

namespace openlsa::authority {

CredentialStore::PackageCredentials* CredentialStore::find(nt::Luid session, seam::PackageId package) {
  const auto found = credentials_.find(session);
  if (found == credentials_.end()) return nullptr;
  for (PackageCredentials& candidate : found->second.packages)
    if (candidate.package == package) return &candidate;
  return nullptr;
}

nt::Status CredentialStore::add(nt::Luid session, seam::PackageId package, base::Bytes key,
                                const base::Secret& credentials) {
  const std::size_t size = key.size() + credentials.size();
  if (size > max_bytes_per_package) return STATUS_QUOTA_EXCEEDED;
  Sealed sealed = box_->seal(credentials.reveal());
  base::MutexLock lock(mutex_);
  // Under this lock: forget() comes when the session no longer takes credentials, so none are left of one that is gone.
  const std::optional<SessionState> state = sessions_->state(session);
  if (!state || *state == SessionState::terminating) return STATUS_NO_SUCH_LOGON_SESSION;
  PackageCredentials* held = find(session, package);
  if (held == nullptr) {
    std::vector<PackageCredentials>& packages = credentials_[session].packages;
    packages.push_back({package, 1, 0, {}});
    held = &packages.back();
  }
  if (held->entries.size() >= max_entries_per_package || size > max_bytes_per_package - held->size_bytes)
    return STATUS_QUOTA_EXCEEDED;
  held->size_bytes += size;
  held->entries.push_back({held->next_sequence++, std::move(key), std::move(sealed)});
  return STATUS_SUCCESS;
}

// PLSA_GET_CREDENTIALS: query_context is the sequence number after which the next call goes on. The end of the list is
// STATUS_UNSUCCESSFUL, as documented (ERROR_GEN_FAILURE).
seam::GetCredentialsReply CredentialStore::get(seam::PackageId package, const seam::GetCredentialsRequest& request) {
  seam::GetCredentialsReply reply;
  reply.query_context = request.query_context;
  base::MutexLock lock(mutex_);
  if (!sessions_->state(request.logon_id)) {
    reply.status = STATUS_NO_SUCH_LOGON_SESSION;
    return reply;
  }
  reply.status = STATUS_UNSUCCESSFUL;
  const PackageCredentials* held = find(request.logon_id, package);
  if (held == nullptr) return reply;
  const auto entry = std::find_if(held->entries.begin(), held->entries.end(), [&](const Entry& candidate) {
    return candidate.sequence > request.query_context && (request.retrieve_all || candidate.key == request.primary_key);
  });
  if (entry == held->entries.end()) return reply;
  reply.key_size_bytes = static_cast<std::uint32_t>(entry->key.size());
  if (request.retrieve_all && entry->key.size() > request.key_capacity_bytes) {
    reply.status = STATUS_MORE_ENTRIES;  // the cursor stays
    return reply;
  }
  std::optional<base::Secret> opened = box_->open(entry->credentials);
  if (!opened) {
    reply.status = STATUS_INTERNAL_ERROR;
    return reply;
  }
  reply.status = STATUS_SUCCESS;
  reply.query_context = entry->sequence;
  reply.primary_key = entry->key;
  reply.credentials = std::move(*opened);
  return reply;
}

nt::Status CredentialStore::remove(nt::Luid session, seam::PackageId package, const base::Bytes& key) {
  base::MutexLock lock(mutex_);
  if (!sessions_->state(session)) return STATUS_NO_SUCH_LOGON_SESSION;
  PackageCredentials* held = find(session, package);
  if (held == nullptr) return STATUS_OBJECT_NAME_NOT_FOUND;
  // A key need not be unique; the oldest entry goes.
  const auto entry = std::find_if(held->entries.begin(), held->entries.end(),
                                  [&](const Entry& candidate) { return candidate.key == key; });
  if (entry == held->entries.end()) return STATUS_OBJECT_NAME_NOT_FOUND;
  constexpr std::size_t overhead = 12 + 16;  // nonce and tag of the seal
  held->size_bytes -= entry->key.size() + entry->credentials.bytes.size() - overhead;
  held->entries.erase(entry);
  return STATUS_SUCCESS;
}

void CredentialStore::keep_logon(nt::Luid session, const LogonCredentials& credentials) {
  auto stored = std::make_shared<const StoredLogon>(StoredLogon::seal(credentials, *box_));
  base::MutexLock lock(mutex_);
  if (sessions_->state(session)) credentials_[session].logon = std::move(stored);
}

std::optional<LogonCredentials> CredentialStore::logon(nt::Luid session) {
  std::shared_ptr<const StoredLogon> stored;
  {
    base::MutexLock lock(mutex_);
    const auto found = credentials_.find(session);
    if (found != credentials_.end()) stored = found->second.logon;
  }
  if (stored == nullptr) return std::nullopt;
  return stored->open(*box_);
}

void CredentialStore::forget(nt::Luid session) {
  base::MutexLock lock(mutex_);
  credentials_.erase(session);
}

std::size_t CredentialStore::sessions() {
  base::MutexLock lock(mutex_);
  return credentials_.size();
}

}  // namespace openlsa::authority
