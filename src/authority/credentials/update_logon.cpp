// UpdateCredentials: what is kept of a session's logon becomes the newest, so that a package that comes later hears the
// same as those that were there.
#include <algorithm>

#include "authority/credentials/stored_logon.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

constexpr std::size_t max_supplemental = 64;
constexpr std::size_t max_supplemental_bytes = 1u << 20;

void take_if_said(const seam::OptionalText& said, seam::OptionalText& kept) {
  if (said) kept = said;
}

// The password of an update, and with it who produced it. A NULL password says nothing: it is what packages get whose
// password is withheld. The old one is what the package says; where it says none, what was kept, unless the package may
// not have that.
void take_password(const LogonUpdate& update, LogonCredentials& kept) {
  seam::PrimaryCredentials& primary = *kept.primary;
  if (!update.primary.password) return;
  const bool same_kind = ((update.primary.flags ^ primary.flags) & password_flags) == 0;
  std::optional<base::Secret> old;
  if (update.primary.old_password)
    old = update.primary.old_password->duplicate();
  else if (same_kind && (kept.producer == update.package || update.may_have_passwords))
    old = std::move(primary.password);
  primary.password = update.primary.password->duplicate();
  primary.old_password = std::move(old);
  primary.flags = (primary.flags & ~password_flags) | (update.primary.flags & password_flags);
  kept.producer = update.package;
}

void take_primary(const LogonUpdate& update, nt::Luid session, LogonCredentials& kept) {
  if (!kept.primary) kept.primary.emplace();
  seam::PrimaryCredentials& primary = *kept.primary;
  take_if_said(update.primary.downlevel_name, primary.downlevel_name);
  take_if_said(update.primary.downlevel_name, kept.account_name);
  take_if_said(update.primary.domain_name, primary.domain_name);
  take_if_said(update.primary.dns_domain_name, primary.dns_domain_name);
  take_if_said(update.primary.upn, primary.upn);
  take_if_said(update.primary.logon_server, primary.logon_server);
  take_password(update, kept);
  primary.flags = (primary.flags & password_flags) | (update.primary.flags & ~(password_flags | primary_cred_update));
  primary.package_id = update.primary.package_id;
  primary.previous_logon_id = update.primary.previous_logon_id;
  primary.flags_ex = update.primary.flags_ex;
  // Whose session and whose credentials: as the authority knows it.
  primary.logon_id = session;
  primary.user_sid = update.user;
}

void take_supplemental(const LogonUpdate& update, LogonCredentials& kept) {
  for (const seam::SupplementalCredential& element : update.supplemental) {
    std::erase_if(kept.supplemental, [&](const seam::SupplementalCredential& old) {
      return nt::equal_names(old.package_name, element.package_name);
    });
    kept.supplemental.push_back({element.package_name, element.credentials.duplicate()});
  }
}

bool within_limits(const LogonCredentials& credentials) {
  std::size_t size = 0;
  for (const seam::SupplementalCredential& element : credentials.supplemental) size += element.credentials.size();
  return credentials.supplemental.size() <= max_supplemental && size <= max_supplemental_bytes;
}

}  // namespace

nt::Status CredentialStore::update_logon(nt::Luid session, const LogonUpdate& update) {
  base::MutexLock lock(mutex_);  // over all of it: two updates at once must both count
  if (sessions_->state(session) != SessionState::live) return STATUS_NO_SUCH_LOGON_SESSION;
  LogonCredentials kept;
  kept.producer = update.package;
  kept.logon_type = update.logon_type;
  const auto found = credentials_.find(session);
  if (found != credentials_.end() && found->second.logon != nullptr) {
    std::optional<LogonCredentials> opened = found->second.logon->open(*box_);
    if (!opened) return STATUS_INTERNAL_ERROR;
    kept = std::move(*opened);
  }
  take_primary(update, session, kept);
  take_supplemental(update, kept);
  if (!within_limits(kept)) return STATUS_QUOTA_EXCEEDED;
  credentials_[session].logon = std::make_shared<const StoredLogon>(StoredLogon::seal(kept, *box_));
  return STATUS_SUCCESS;
}

}  // namespace openlsa::authority
