#include "authority/logon/accept_credentials.hpp"

#include "authority/authority.hpp"
#include "authority/credentials/stored_logon.hpp"
#include "base/log.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

// PRIMARY_CRED_CLEAR_PASSWORD, _OWF_PASSWORD, _PACKED_CREDS, _ENCRYPTED_CREDGUARD_PASSWORD (ntsecpkg.h): each says what
// the password members hold.
constexpr std::uint32_t password_flags = 0x1 | 0x2 | 0x8000 | 0x20000;

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

}  // namespace

seam::AcceptCredentialsRequest accept_request(const LogonCredentials& credentials, const seam::PackageInfo& package,
                                              const Rights& rights) {
  seam::AcceptCredentialsRequest request;
  request.package = package.id;
  request.logon_type = credentials.logon_type;
  request.account_name = credentials.account_name;
  if (credentials.primary)
    request.primary =
        primary_for(*credentials.primary, package.id == credentials.producer || rights.clear_text_passwords);
  for (const seam::SupplementalCredential& element : credentials.supplemental) {
    if (!nt::equal_names(element.package_name, package.name)) continue;
    request.supplemental = seam::SupplementalCredential{element.package_name, element.credentials.duplicate()};
    break;
  }
  return request;
}

void accept_credentials(Authority& authority, const RunningHost& host, nt::Luid session) {
  if (authority.sessions().state(session) != SessionState::live) return;
  const std::optional<LogonCredentials> credentials = authority.credentials().logon(session);
  if (!credentials) return;  // a session without a logon
  const AnnouncedSessions::Guard announced(host.context->announced, session);
  // One deadline for all packages of the file: a logon waits for each file, and a file may have many packages.
  const auto until = authority.registry().deadline(CallKind::accept_credentials);
  for (const seam::PackageInfo& package : host.packages) {
    const seam::AcceptCredentialsReply reply =
        authority.registry().call_until(host, until, "AcceptCredentials", [&](seam::PackageHost& target) {
          return target.accept_credentials(accept_request(*credentials, package, host.context->rights()));
        });
    if (!nt::succeeded(reply.status))
      base::log(base::LogLevel::debug, "Package '" + nt::to_utf8_lossy(package.name) +
                                           "' did not take the credentials of a session; the session goes on.");
  }
}

}  // namespace openlsa::authority
