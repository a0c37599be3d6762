#include "authority/clients/client.hpp"

namespace openlsa::authority {

std::shared_ptr<Token> Client::own_token() {
  base::MutexLock lock(mutex_);
  return own_;
}

std::shared_ptr<Token> Client::token(std::uint32_t handle) {
  if (!alive()) return nullptr;
  return handle == 0 ? own_token() : handles_->find(handle);
}

std::uint32_t Client::open_lsa_handle(LsaHandle handle) {
  base::MutexLock lock(mutex_);
  if (!alive()) return 0;
  return lsa_handles_.insert(std::move(handle)).value_or(0);
}

std::optional<LsaHandle> Client::lsa_handle(std::uint32_t handle) {
  base::MutexLock lock(mutex_);
  const LsaHandle* found = lsa_handles_.find(handle);
  if (found == nullptr) return std::nullopt;
  return *found;
}

bool Client::close_lsa_handle(std::uint32_t handle) {
  base::MutexLock lock(mutex_);
  return lsa_handles_.take(handle).has_value();
}

void Client::end(bool shared_handles) {
  alive_.store(false);
  std::shared_ptr<Token> own;
  {
    base::MutexLock lock(mutex_);
    own.swap(own_);
    lsa_handles_ = base::SlotTable<LsaHandle>(max_lsa_handles);
  }
  if (!shared_handles) handles_->close_all();
}

seam::ClientView view_of(const Client& client, const Token& token, bool impersonating) {
  seam::ClientView view;
  view.client = client.id();
  view.process_id = client.peer().process_id;
  view.uid = client.peer().uid;
  view.gid = client.peer().gid;
  // At the level "anonymous" a server does not learn whom it acts for.
  const bool unknown = impersonating && token.level() == nt::ImpersonationLevel::anonymous;
  view.logon_id = unknown ? nt::anonymous_luid : token.logon_id();
  view.level = token.level();
  view.logon_type = token.logon_type();
  view.impersonating = impersonating;
  // The privilege is the effective token's: a trusted server that acts for a user has what the user has.
  view.has_tcb = client.has_tcb() && (!impersonating || token.logon_id() == nt::system_luid);
  return view;
}

}  // namespace openlsa::authority
