// The tokens of a host, by handle.
#include <string_view>

#include "authority/authority.hpp"
#include "authority/support/host_support.hpp"

namespace openlsa::authority {

std::expected<std::shared_ptr<Token>, nt::Status> HostSupport::token_of(const Caller& caller, std::uint32_t handle) {
  if (handle == 0) return own_token();
  if (handle != seam::current_client_token) {
    std::shared_ptr<Token> token = host_->handles->find(handle);
    if (token == nullptr) return std::unexpected(STATUS_INVALID_HANDLE);
    return token;
  }
  // The client's token may have been closed while its channel is still open.
  if (caller.token == nullptr) return std::unexpected(STATUS_NO_TOKEN);
  // At the level "anonymous" a server does not learn whom it acts for.
  std::shared_ptr<Token> token =
      caller.view.logon_id == caller.token->logon_id() ? caller.token : authority_.own_sessions().anonymous();
  if (token == nullptr) return std::unexpected(STATUS_NO_TOKEN);  // the authority is shutting down
  return token;
}

// A host has the identity of the process it is: its own uid in the isolated composition under root, else the
// authority's.
std::expected<std::shared_ptr<Token>, nt::Status> HostSupport::own_token() {
  {
    base::MutexLock lock(mutex_);
    if (own_token_ != nullptr) return own_token_;
  }
  const std::uint32_t authority_uid = authority_.configuration().authority_uid;
  const bool own_process = std::string_view(authority_.registry().composition()) == "isolated";
  const std::uint32_t uid = own_process && authority_uid == 0 ? host_->drop_in->uid : authority_uid;
  auto token = authority_.own_sessions().token_of(uid, uid);
  if (!token) return token;
  if (*token == nullptr) return std::unexpected(STATUS_NO_TOKEN);  // the authority is shutting down
  base::MutexLock lock(mutex_);
  own_token_ = *token;
  return token;
}

seam::TokenReply HostSupport::give(std::shared_ptr<Token> token) {
  const std::uint32_t handle = host_->handles->insert(std::move(token));
  return {handle != 0 ? STATUS_SUCCESS : STATUS_QUOTA_EXCEEDED, handle};
}

}  // namespace openlsa::authority
