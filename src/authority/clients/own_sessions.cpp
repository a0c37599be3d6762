#include "authority/clients/own_sessions.hpp"

#include "authority/clients/peer_identity.hpp"

namespace openlsa::authority {

nt::Status OwnSessions::start() {
  for (const nt::Luid id : {nt::system_luid, nt::anonymous_luid})
    if (const nt::Status status = sessions_->create(id, 0, {}); status != STATUS_SUCCESS) return status;
  const auto system = tokens_.own(sessions_->find(nt::system_luid), 0, 0);
  if (!system) return system.error();
  system_ = *system;
  const auto anonymous = tokens_.anonymous(sessions_->find(nt::anonymous_luid));
  if (!anonymous) return anonymous.error();
  anonymous_ = *anonymous;
  return STATUS_SUCCESS;
}

void OwnSessions::stop() {
  std::map<Who, Own> released;  // after the lock
  {
    base::MutexLock lock(mutex_);
    released.swap(own_);
  }
  system_.reset();
  anonymous_.reset();
}

std::expected<std::shared_ptr<Token>, nt::Status> OwnSessions::token_of(std::uint32_t uid, std::uint32_t gid) {
  if (uid == 0) return system_;
  if (uid == overflow_uid) return anonymous_;
  base::MutexLock lock(mutex_);
  Own& own = own_[{uid, gid}];
  forget_gone(own);
  if (std::shared_ptr<Token> token = own.token.lock()) {
    if (own.sessions.size() <= 1) own.kept.reset();  // not the last: `token`
    return token;
  }
  const nt::Luid id = sessions_->allocate();
  if (const nt::Status status = sessions_->create(id, 0, {}); status != STATUS_SUCCESS) return std::unexpected(status);
  std::expected<std::shared_ptr<Token>, nt::Status> token = tokens_.own(sessions_->find(id), uid, gid);
  if (token) {
    own.token = *token;
    own.sessions.push_back(id);
    if (own.sessions.size() > max_ending) own.kept = *token;
    for (auto entry = own_.begin(); entry != own_.end();) {
      if (entry->second.token.expired()) forget_gone(entry->second);
      entry = entry->second.sessions.empty() ? own_.erase(entry) : std::next(entry);
    }
  } else {
    sessions_->remove(id);
    if (own.sessions.empty()) own_.erase({uid, gid});
  }
  return token;
}

void OwnSessions::forget_gone(Own& own) {
  std::erase_if(own.sessions, [this](nt::Luid id) { return !sessions_->state(id); });
}

}  // namespace openlsa::authority
