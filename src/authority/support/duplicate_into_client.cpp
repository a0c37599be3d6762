// DuplicateHandle: a token of the host into the client of the current call, or into the host that calls this package.
// When the call fails the handle is closed again: by the authority for a call that it routed, by the host otherwise.
#include "authority/authority.hpp"
#include "authority/support/host_support.hpp"

namespace openlsa::authority {

bool HostSupport::vouches_for(const Token& token) const {
  const AccountStore& accounts = authority_.accounts();
  VouchSubject subject = subject_of(token.user(), accounts.find_by_sid(token.user()), accounts);
  if (const auto known = authority_.domain_identities().find(token.user())) subject = subject_of(*known);
  subject.administrator |= token.information()->has_group(nt::well_known::administrators);
  subject.privileged = holds_tcb(token);
  return host_->rights().may_vouch_for(subject);
}

seam::DuplicateIntoClientReply HostSupport::duplicate_into_client(seam::DuplicateIntoClientRequest request) {
  const auto caller = check(request.caller, "DuplicateHandle");
  if (!caller) return {caller.error(), 0};
  if (caller->handles == nullptr) return {STATUS_INVALID_PARAMETER, 0};  // a thread without a client
  auto token = token_of(*caller, request.token);
  if (!token) return {token.error(), 0};
  // What one client lets a host see is not for another client; what the package vouched for, and the client's own, is.
  const Session& session = *(*token)->session();
  if (!made(session) && !is_callers(*caller, session))
    return {refuse(caller->client.get(), "DuplicateHandle", "gives a client the token of another client"), 0};
  // A server takes what a package gives it for the identity of its peer: its own is no exception to the right to vouch.
  if (!made(session) && !vouches_for(**token))
    return {refuse(caller->client.get(), "DuplicateHandle", "may not vouch for " + (*token)->user().to_string()), 0};

  const seam::TokenReply placed = place(request.caller, *caller, std::move(*token));
  return {placed.status, placed.token};
}

seam::TokenReply HostSupport::place(const seam::SupportCaller& named, const Caller& caller,
                                    std::shared_ptr<Token> token) {
  if (caller.handles == nullptr) return {STATUS_INVALID_PARAMETER, 0};
  const std::uint32_t handle = caller.handles->insert(std::move(token), host_->packages.first);
  if (handle == 0) return {STATUS_QUOTA_EXCEEDED, 0};
  if (caller.chain && caller.client != nullptr && caller.handles == caller.client->handles())
    authority_.calls().placed_handle(caller.chain, handle);
  base::MutexLock lock(mutex_);
  placed_.push_back({named, caller.handles, handle});
  if (placed_.size() > max_revocable_handles) placed_.pop_front();
  return {STATUS_SUCCESS, handle};
}

}  // namespace openlsa::authority
