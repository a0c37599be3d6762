#include "authority/tokens/check_information.hpp"
#include "authority/tokens/group_list.hpp"
#include "authority/tokens/token_factory.hpp"

namespace openlsa::authority {

// "NewCredentials: allows the caller to clone its current token ... The new logon session has the same local identity"
// (SECURITY_LOGON_TYPE). Nobody vouches for the caller, for it gets no other identity than it has.
std::expected<std::shared_ptr<Token>, nt::Status> TokenFactory::clone(const Token& token, TokenRequest request) {
  if (request.session == nullptr) return std::unexpected(STATUS_NO_SUCH_LOGON_SESSION);
  if (const nt::Status status = check_groups(request.local_groups); status != STATUS_SUCCESS)
    return std::unexpected(status);
  // As in DuplicateTokenEx: who may only be identified does not become a process.
  if (token.type() == nt::TokenType::impersonation && token.level() < nt::ImpersonationLevel::impersonation)
    return std::unexpected(STATUS_BAD_IMPERSONATION_LEVEL);
  std::shared_ptr<const PackedInformation> information = token.information();
  if (!request.local_groups.empty()) {
    nt::TokenInformation more = information->information();
    GroupList groups;
    for (const nt::SidAndAttributes& group : more.groups) groups.add(group.sid, group.attributes);
    for (const nt::SidAndAttributes& group : request.local_groups) groups.add(group.sid, group.attributes);
    more.groups = groups.take();
    information = std::make_shared<const PackedInformation>(more, token.posix());
  }
  SessionDetails details = sessions_->details(*token.session()).value_or(SessionDetails{});
  details.user = token.user();
  details.logon_type = request.logon_type;
  sessions_->describe(*request.session, details);
  return make(std::move(request.session), nt::TokenType::primary, nt::ImpersonationLevel::impersonation,
              request.logon_type, request.source, std::move(information), request.origin);
}

}  // namespace openlsa::authority
