// GetUserNameEx: "If the thread is impersonating a client, GetUserNameEx returns the name of the client."
#include "authority/connection/connection.hpp"
#include "authority/names/translator.hpp"

namespace openlsa::authority {

seam::NamesOfTokenReply Connection::names_of_token(seam::NamesOfTokenRequest request) {
  seam::NamesOfTokenReply reply;
  Client* const client = living();
  const std::shared_ptr<Token> token = client == nullptr ? nullptr : client->token(request.token);
  if (token == nullptr) {
    reply.status = client == nullptr ? STATUS_ACCESS_DENIED : STATUS_INVALID_HANDLE;
    return reply;
  }
  // At the level "anonymous" a server does not learn whom it acts for.
  const bool hidden = request.token != 0 && token->level() == nt::ImpersonationLevel::anonymous;
  const nt::Sid user = hidden ? nt::well_known::anonymous : token->user();
  const std::optional<SessionDetails> details =
      hidden ? std::nullopt : authority_.sessions().details(*token->session());
  if (const auto found = Translator(authority_.accounts()).by_sid(user)) {
    reply.domain = found->domain_name;
    reply.name = found->name;
  } else if (details) {  // a user of another domain: as the package that logged on named it
    reply.domain = details->logon_domain;
    reply.name = details->user_name;
  }
  if (reply.name.empty()) reply.status = STATUS_NONE_MAPPED;
  if (details) {
    reply.user_principal_name = details->upn;
    reply.dns_domain = details->dns_domain_name;
  }
  return reply;
}

}  // namespace openlsa::authority
