#include "authority/credentials/stored_logon.hpp"

namespace openlsa::authority {

seam::PrimaryCredentials duplicate_without_passwords(const seam::PrimaryCredentials& primary) {
  seam::PrimaryCredentials copy;
  copy.logon_id = primary.logon_id;
  copy.downlevel_name = primary.downlevel_name;
  copy.domain_name = primary.domain_name;
  copy.user_sid = primary.user_sid;
  copy.flags = primary.flags;
  copy.dns_domain_name = primary.dns_domain_name;
  copy.upn = primary.upn;
  copy.logon_server = primary.logon_server;
  copy.package_id = primary.package_id;
  copy.previous_logon_id = primary.previous_logon_id;
  copy.flags_ex = primary.flags_ex;
  return copy;
}

namespace {

LogonCredentials without_secrets(const LogonCredentials& credentials) {
  LogonCredentials copy;
  copy.producer = credentials.producer;
  copy.logon_type = credentials.logon_type;
  copy.account_name = credentials.account_name;
  if (credentials.primary) copy.primary = duplicate_without_passwords(*credentials.primary);
  return copy;
}

std::optional<Sealed> seal_if(const std::optional<base::Secret>& secret, const SecretBox& box) {
  if (!secret) return std::nullopt;
  return box.seal(secret->reveal());
}

// False when the seal is broken.
bool open_if(const std::optional<Sealed>& sealed, const SecretBox& box, std::optional<base::Secret>& out) {
  if (!sealed) return true;
  out = box.open(*sealed);
  return out.has_value();
}

}  // namespace

LogonCredentials duplicate(const LogonCredentials& credentials) {
  LogonCredentials copy = without_secrets(credentials);
  if (credentials.primary) {
    if (credentials.primary->password) copy.primary->password = credentials.primary->password->duplicate();
    if (credentials.primary->old_password) copy.primary->old_password = credentials.primary->old_password->duplicate();
  }
  for (const seam::SupplementalCredential& element : credentials.supplemental)
    copy.supplemental.push_back({element.package_name, element.credentials.duplicate()});
  return copy;
}

CredentialStore::StoredLogon CredentialStore::StoredLogon::seal(const LogonCredentials& credentials,
                                                                const SecretBox& box) {
  StoredLogon stored;
  stored.plain = without_secrets(credentials);
  if (credentials.primary) {
    stored.password = seal_if(credentials.primary->password, box);
    stored.old_password = seal_if(credentials.primary->old_password, box);
  }
  for (const seam::SupplementalCredential& element : credentials.supplemental)
    stored.supplemental.push_back({element.package_name, box.seal(element.credentials.reveal())});
  return stored;
}

std::optional<LogonCredentials> CredentialStore::StoredLogon::open(const SecretBox& box) const {
  LogonCredentials credentials = without_secrets(plain);
  if (credentials.primary && (!open_if(password, box, credentials.primary->password) ||
                              !open_if(old_password, box, credentials.primary->old_password)))
    return std::nullopt;
  for (const Supplemental& element : supplemental) {
    std::optional<base::Secret> opened = box.open(element.credentials);
    if (!opened) return std::nullopt;
    credentials.supplemental.push_back({element.package_name, std::move(*opened)});
  }
  return credentials;
}

}  // namespace openlsa::authority
