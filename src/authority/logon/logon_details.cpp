// What a logon leaves behind in words: the session's details, its credentials, and the audit trail.
#include "authority/credentials/stored_logon.hpp"
#include "authority/logon/logon_call.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

constexpr std::size_t max_text_units = 256;  // of what a package returns as a name

std::u16string bounded(const seam::OptionalText& first, const seam::OptionalText& second = {}) {
  std::u16string text = first && !first->empty() ? *first : second.value_or(u"");
  if (text.size() > max_text_units) text.resize(max_text_units);
  return text;
}

}  // namespace

SessionDetails LogonCall::details() const {
  static const seam::PrimaryCredentials none;
  const seam::PrimaryCredentials& primary = answer_.primary ? *answer_.primary : none;
  SessionDetails details;
  details.user_name = bounded(answer_.account_name, primary.downlevel_name);
  details.logon_domain = bounded(answer_.authenticating_authority, primary.domain_name);
  details.logon_server = bounded(primary.logon_server);
  details.dns_domain_name = bounded(primary.dns_domain_name);
  details.upn = bounded(primary.upn);
  return details;
}

// A package with an older LogonUser slot returns no SECPKG_PRIMARY_CRED; the others still hear whose session it is.
LogonCredentials LogonCall::credentials(const PackageEntry& package) const {
  LogonCredentials credentials;
  credentials.producer = package.info.id;
  credentials.logon_type = logon_type_;
  credentials.account_name = answer_.account_name;
  if (answer_.primary) {
    credentials.primary = duplicate_without_passwords(*answer_.primary);
    if (answer_.primary->password) credentials.primary->password = answer_.primary->password->duplicate();
    if (answer_.primary->old_password) credentials.primary->old_password = answer_.primary->old_password->duplicate();
  } else {
    credentials.primary.emplace();
    credentials.primary->downlevel_name = answer_.account_name;
    credentials.primary->domain_name = answer_.authenticating_authority;
  }
  // Whose session and whose credentials: as the authority knows it.
  credentials.primary->logon_id = session_->id();
  credentials.primary->user_sid = token_->user();
  for (const seam::SupplementalCredential& element : answer_.supplemental)
    credentials.supplemental.push_back({element.package_name, element.credentials.duplicate()});
  return credentials;
}

void LogonCall::audit(const PackageEntry* package, nt::Status status, nt::Status sub_status) const {
  AuditEvent event;
  event.event = "logon";
  event.status = status;
  event.sub_status = sub_status;
  if (package != nullptr) event.package = nt::to_utf8_lossy(package->info.name);
  event.client_pid = client_->peer().process_id;
  event.client_uid = client_->peer().uid;
  event.account = nt::to_utf8_lossy(bounded(answer_.account_name));
  if (nt::succeeded(status)) event.logon_id = reply_.logon_id;
  event.logon_type = request_.logon_type;
  event.detail = "origin: " + request_.origin_name;
  if (!handle_.name.empty()) event.detail += ", logon process: " + handle_.name;
  if (!why_.empty()) event.detail += ", " + why_;
  authority_.audit().record(event);
}

}  // namespace openlsa::authority
