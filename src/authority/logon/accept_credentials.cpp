#include "authority/logon/accept_credentials.hpp"

#include "authority/authority.hpp"
#include "authority/credentials/stored_logon.hpp"
#include "base/log.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {
seam::PrimaryCredentials primary_for(const seam::PrimaryCredentials& primary, bool with_passwords) {
  seam::PrimaryCredentials copy = duplicate_without_passwords(primary);
  if (!with_passwords) {
    copy.flags &= ~password_flags;
    return copy;
  }
  if (primary.password) copy.password = primary.password->duplicate();
  if (primary.old_password) copy.old_password = primary.old_password->duplicate();
  return copy;
}

const seam::SupplementalCredential* element_for(const std::vector<seam::SupplementalCredential>& all,
                                                std::u16string_view package) {
  for (const seam::SupplementalCredential& element : all)
    if (nt::equal_names(element.package_name, package)) return &element;
  return nullptr;
}

seam::AcceptCredentialsRequest accept_request(const LogonCredentials& credentials, const seam::PackageInfo& package,
                                              const Rights& rights) {
  seam::AcceptCredentialsRequest request;
  request.package = package.id;
  request.logon_type = credentials.logon_type;
  request.account_name = credentials.account_name;
  if (credentials.primary)
    request.primary =
        primary_for(*credentials.primary, package.id == credentials.producer || rights.clear_text_passwords);
  if (const seam::SupplementalCredential* element = element_for(credentials.supplemental, package.name))
    request.supplemental = seam::SupplementalCredential{element->package_name, element->credentials.duplicate()};
  return request;
}

void accept_credentials(Authority& authority, const RunningHost& host, nt::Luid session, bool update) {
  if (authority.sessions().state(session) != SessionState::live) return;
  const std::optional<LogonCredentials> credentials = authority.credentials().logon(session);
  if (!credentials) return;  // a session without a logon
  const AnnouncedSessions::Guard announced(host.context->announced, session);
  // One deadline for all packages of the file: a logon waits for each file, and a file may have many packages.
  const auto until = authority.registry().deadline(CallKind::accept_credentials);
  for (const seam::PackageInfo& package : host.packages) {
    const seam::AcceptCredentialsReply reply =
        authority.registry().call_until(host, until, "AcceptCredentials", [&](seam::PackageHost& target) {
          seam::AcceptCredentialsRequest request = accept_request(*credentials, package, host.context->rights());
          if (update && request.primary) request.primary->flags |= primary_cred_update;
          return target.accept_credentials(std::move(request));
        });
    if (!nt::succeeded(reply.status))
      base::log(base::LogLevel::debug, "Package '" + nt::to_utf8_lossy(package.name) +
                                           "' did not take the credentials of a session; the session goes on.");
  }
}

}  // namespace openlsa::authority
