#include "authority/clients/client_table.hpp"

namespace openlsa::authority {

// A process that its login knows needs no session of its uid's own, until the login is over.
std::expected<Client::OwnTokens, nt::Status> ClientTable::own_tokens(const PeerIdentity& peer) {
  Client::OwnTokens tokens;
  if (peer.audit_session) tokens.login = logins_.find(*peer.audit_session, peer.uid);
  tokens.make_own = [this, uid = peer.uid, gid = peer.gid] {
    return own_sessions_.token_of(uid, gid).value_or(nullptr);
  };
  if (!tokens.login.expired()) return tokens;
  auto own = own_sessions_.token_of(peer.uid, peer.gid);
  if (!own) return std::unexpected(own.error());
  tokens.own = std::move(*own);
  return tokens;
}

std::expected<std::shared_ptr<Client>, nt::Status> ClientTable::add(const PeerIdentity& peer) {
  auto own = own_tokens(peer);
  if (!own) return std::unexpected(own.error());
  const std::shared_ptr<Token> login = own->login.lock();
  const std::shared_ptr<Token> effective = login != nullptr ? login : own->own;
  const bool tcb = peer.uid != overflow_uid &&
                   (peer.uid == 0 || peer.uid == authority_uid_ || (effective != nullptr && holds_tcb(*effective)));
  base::MutexLock lock(mutex_);
  OfUid& of_uid = of_uid_[peer.uid];
  if (of_uid.clients >= max_clients_per_uid) return std::unexpected(STATUS_QUOTA_EXCEEDED);
  ++of_uid.clients;
  if (!tcb && of_uid.handles == nullptr) of_uid.handles = std::make_shared<HandleQuota>(max_handles_per_uid);
  const seam::ClientId id{next_id_++};
  auto handles = shared_ != nullptr ? shared_ : std::make_shared<HandleTable>(HandleTable::max_handles, of_uid.handles);
  auto client = std::make_shared<Client>(id, peer, tcb, std::move(*own), std::move(handles));
  clients_.emplace(id, client);
  return client;
}

std::shared_ptr<Client> ClientTable::join(seam::ClientId id, const PeerIdentity& peer) {
  base::MutexLock lock(mutex_);
  const auto found = clients_.find(id);
  return found != clients_.end() && found->second->peer() == peer ? found->second : nullptr;
}

std::shared_ptr<Client> ClientTable::find(seam::ClientId id) {
  base::MutexLock lock(mutex_);
  const auto found = clients_.find(id);
  return found == clients_.end() ? nullptr : found->second;
}

std::shared_ptr<Client> ClientTable::remove(seam::ClientId id) {
  std::shared_ptr<Client> removed;
  {
    base::MutexLock lock(mutex_);
    const auto found = clients_.find(id);
    if (found == clients_.end()) return nullptr;
    removed = std::move(found->second);
    clients_.erase(found);
    // The handles of this one are closed after the lock; a client that comes meanwhile has a quota of its own.
    const auto of_uid = of_uid_.find(removed->peer().uid);
    if (of_uid != of_uid_.end() && --of_uid->second.clients == 0) of_uid_.erase(of_uid);
  }
  removed->end(shared_ != nullptr);
  return removed;
}

std::vector<std::shared_ptr<Client>> ClientTable::list() {
  base::MutexLock lock(mutex_);
  std::vector<std::shared_ptr<Client>> clients;
  for (const auto& [id, client] : clients_) clients.push_back(client);
  return clients;
}

}  // namespace openlsa::authority
