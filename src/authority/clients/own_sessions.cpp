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
  system_.reset();
  anonymous_.reset();
}

std::expected<std::shared_ptr<Token>, nt::Status> OwnSessions::token_of(std::uint32_t uid, std::uint32_t gid) {
  if (uid == 0) return system_;
  if (uid == overflow_uid) return anonymous_;
  base::MutexLock lock(mutex_);
  if (std::shared_ptr<Token> token = of_uid_[uid].lock()) return token;
  const nt::Luid id = sessions_->allocate();
  if (const nt::Status status = sessions_->create(id, 0, {}); status != STATUS_SUCCESS) return std::unexpected(status);
  std::expected<std::shared_ptr<Token>, nt::Status> token = tokens_.own(sessions_->find(id), uid, gid);
  if (token) {
    of_uid_[uid] = *token;
    std::erase_if(of_uid_, [](const auto& entry) { return entry.second.expired(); });
  } else {
    sessions_->remove(id);
  }
  return token;
}

}  // namespace openlsa::authority
