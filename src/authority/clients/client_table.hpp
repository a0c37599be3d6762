// Every client, by id, and the sessions that processes have without a logon.
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "authority/clients/client.hpp"
#include "authority/clients/login_sessions.hpp"
#include "authority/clients/own_sessions.hpp"

namespace openlsa::authority {

class ClientTable {
 public:
  static constexpr std::size_t max_clients_per_uid = 4096;
  // Of all clients of a uid outside of the TCB: a handle may keep a token, and a token a session.
  static constexpr std::uint32_t max_handles_per_uid = 65536;

  // `shared`: every client uses this one handle table (the embedded composition); else each has its own.
  ClientTable(OwnSessions& own_sessions, LoginSessions& logins, std::uint32_t authority_uid,
              std::shared_ptr<HandleTable> shared)
      : own_sessions_(own_sessions), logins_(logins), authority_uid_(authority_uid), shared_(std::move(shared)) {}

  // A process says hello. STATUS_QUOTA_EXCEEDED.
  std::expected<std::shared_ptr<Client>, nt::Status> add(const PeerIdentity& peer) OPENLSA_EXCLUDES(mutex_);
  // Another connection of a client: the same process. Nothing: no such client, or not that process.
  std::shared_ptr<Client> join(seam::ClientId id, const PeerIdentity& peer) OPENLSA_EXCLUDES(mutex_);
  std::shared_ptr<Client> find(seam::ClientId id) OPENLSA_EXCLUDES(mutex_);
  // Gone: all of it is released before this returns. Nothing when it was gone already.
  std::shared_ptr<Client> remove(seam::ClientId id) OPENLSA_EXCLUDES(mutex_);
  std::vector<std::shared_ptr<Client>> list() OPENLSA_EXCLUDES(mutex_);

 private:
  std::expected<Client::OwnTokens, nt::Status> own_tokens(const PeerIdentity& peer);

  OwnSessions& own_sessions_;
  LoginSessions& logins_;
  const std::uint32_t authority_uid_;
  const std::shared_ptr<HandleTable> shared_;
  base::Mutex mutex_;
  std::map<seam::ClientId, std::shared_ptr<Client>> clients_ OPENLSA_GUARDED_BY(mutex_);
  struct OfUid {
    std::size_t clients = 0;
    std::shared_ptr<HandleQuota> handles;  // null: of the TCB
  };
  std::map<std::uint32_t, OfUid> of_uid_ OPENLSA_GUARDED_BY(mutex_);
  std::uint64_t next_id_ OPENLSA_GUARDED_BY(mutex_) = 1;
};

}  // namespace openlsa::authority
