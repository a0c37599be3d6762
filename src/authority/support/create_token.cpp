// CreateToken and CreateTokenEx: a token for a session that the package made. The authority decides whom the package
// may vouch for, adds what the system assigns, and owns the session from then on.
#include "authority/authority.hpp"
#include "authority/credentials/stored_logon.hpp"
#include "authority/logon/accept_credentials.hpp"
#include "authority/support/host_support.hpp"
#include "authority/support/token_arguments.hpp"

namespace openlsa::authority {
namespace {

seam::CreateTokenReply failed(nt::Status status) { return {status, 0, 0}; }

SessionDetails details_of(const seam::CreateTokenRequest& request) {
  static const seam::PrimaryCredentials none;
  const seam::PrimaryCredentials& primary = request.session_credentials ? *request.session_credentials : none;
  SessionDetails details;
  details.user_name = bounded_text(request.account_name, primary.downlevel_name);
  details.logon_domain = bounded_text(request.authority_name, primary.domain_name);
  details.logon_server = bounded_text(primary.logon_server);
  details.dns_domain_name = bounded_text(primary.dns_domain_name);
  details.upn = bounded_text(primary.upn);
  return details;
}

}  // namespace

// CreateTokenEx with SecSessionPrimaryCred: the packages hear of it as of a logon, each on its own file's thread.
void HostSupport::keep_session_credentials(const std::shared_ptr<Token>& token, seam::CreateTokenRequest& request) {
  LogonCredentials credentials;
  credentials.producer = request.caller.package;
  credentials.logon_type = request.logon_type;
  credentials.primary = std::move(request.session_credentials);
  credentials.account_name = request.account_name ? request.account_name : credentials.primary->downlevel_name;
  // Whose session and whose credentials: as the authority knows it.
  credentials.primary->logon_id = token->logon_id();
  credentials.primary->user_sid = token->user();
  authority_.credentials().keep_logon(token->logon_id(), credentials);
  for (const std::shared_ptr<PackageFile>& file : authority_.registry().files())
    file->post([&authority = authority_, session = token->logon_id()](const RunningHost& host) {
      accept_credentials(authority, host, session);
    });
}

seam::CreateTokenReply HostSupport::create_token(seam::CreateTokenRequest request) {
  const auto caller = check(request.caller, "CreateToken");
  if (!caller) return failed(caller.error());
  const nt::Status sound = check_token_arguments(request.logon_type, request.level, request.source);
  if (sound != STATUS_SUCCESS) return failed(sound);
  TokenRequest wanted;
  wanted.session = authority_.sessions().find(request.logon_id);
  if (wanted.session == nullptr) return failed(STATUS_NO_SUCH_LOGON_SESSION);
  if (!made(*wanted.session))
    return failed(refuse(caller->client.get(), "CreateToken", "names a logon session that it did not make"));

  wanted.rights = &host_->rights();
  wanted.logon_type = request.logon_type;
  wanted.level = request.level;
  wanted.source = request.source;
  wanted.information = std::move(request.information);
  // TokenGroups come from the package too. As its own groups they count for whom it may vouch, and none of them can be
  // one that the system assigns; LocalGroups of a logon process are another matter.
  wanted.information.groups.insert(wanted.information.groups.end(), request.token_groups.begin(),
                                   request.token_groups.end());
  wanted.details = details_of(request);
  const nt::Sid user = wanted.information.user.sid;
  auto token = authority_.tokens().create(std::move(wanted));
  if (!token) {
    if (token.error() == STATUS_ACCESS_DENIED)
      refuse(caller->client.get(), "CreateToken", "may not vouch for " + user.to_string());
    return failed(token.error());
  }
  if (request.session_credentials) keep_session_credentials(*token, request);
  const seam::TokenReply given = give(std::move(*token));
  return {given.status, 0, given.token};
}

}  // namespace openlsa::authority
