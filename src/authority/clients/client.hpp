// A client is one process. All it has here goes with it.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "authority/clients/peer_identity.hpp"
#include "authority/tokens/token_table.hpp"
#include "base/mutex.hpp"
#include "base/slot_table.hpp"
#include "nt/status.hpp"
#include "seam/identity.hpp"

namespace openlsa::authority {

struct LsaHandle {
  bool logon_process = false;  // LsaRegisterLogonProcess; else LsaConnectUntrusted
  std::string name;
};

class Client {
 public:
  static constexpr std::uint32_t max_lsa_handles = 256;
  static constexpr std::uint32_t max_policy_handles = 256;

  // What the process is when its thread has no token. It keeps its uid's own session, and does not keep its login's:
  // that lives as long as the process that opened it.
  struct OwnTokens {
    std::weak_ptr<Token> login;                             // of the login that it runs in; empty: of none
    std::shared_ptr<Token> own;                             // of its uid's own session; null while it was not needed
    std::function<std::shared_ptr<Token>()> make_own = {};  // when the login is over
  };

  Client(seam::ClientId id, const PeerIdentity& peer, bool tcb, OwnTokens own, std::shared_ptr<HandleTable> handles)
      : id_(id), peer_(peer), tcb_(tcb), handles_(std::move(handles)), own_(std::move(own)) {}

  seam::ClientId id() const { return id_; }
  const PeerIdentity& peer() const { return peer_; }
  // Its process belongs to the trusted computing base: root, the authority's own uid, or an account with the right
  // SeTcbPrivilege.
  bool has_tcb() const { return tcb_; }
  bool alive() const { return alive_.load(); }

  const std::shared_ptr<HandleTable>& handles() const { return handles_; }
  // The process's own token: of its login while that lives, else of its uid's own session. None when the client is
  // gone.
  std::shared_ptr<Token> own_token() OPENLSA_EXCLUDES(mutex_);
  // 0: the process's own token. None: no such handle.
  std::shared_ptr<Token> token(std::uint32_t handle);

  std::uint32_t open_lsa_handle(LsaHandle handle) OPENLSA_EXCLUDES(mutex_);  // 0: the quota is used up
  std::optional<LsaHandle> lsa_handle(std::uint32_t handle) OPENLSA_EXCLUDES(mutex_);
  bool close_lsa_handle(std::uint32_t handle) OPENLSA_EXCLUDES(mutex_);

  // LsaOpenPolicy: a handle with the access that was granted. No policy handle is an LSA handle's value.
  std::uint32_t open_policy(std::uint32_t access) OPENLSA_EXCLUDES(mutex_);  // 0: the quota is used up
  std::optional<std::uint32_t> policy_access(std::uint32_t handle) OPENLSA_EXCLUDES(mutex_);
  bool close_policy(std::uint32_t handle) OPENLSA_EXCLUDES(mutex_);
  // STATUS_INVALID_HANDLE, STATUS_ACCESS_DENIED: the handle does not grant all of the access.
  nt::Status check_policy(std::uint32_t handle, std::uint32_t access) OPENLSA_EXCLUDES(mutex_);

  // From the table only, when the process is gone. Its tokens are released here, with no lock held.
  void end(bool shared_handles) OPENLSA_EXCLUDES(mutex_);

 private:
  const seam::ClientId id_;
  const PeerIdentity peer_;
  const bool tcb_;
  const std::shared_ptr<HandleTable> handles_;
  std::atomic<bool> alive_{true};
  base::Mutex mutex_;
  OwnTokens own_ OPENLSA_GUARDED_BY(mutex_);
  base::SlotTable<LsaHandle> lsa_handles_ OPENLSA_GUARDED_BY(mutex_){max_lsa_handles};
  base::SlotTable<std::uint32_t> policy_handles_ OPENLSA_GUARDED_BY(mutex_){max_policy_handles};
};

// SeTcbPrivilege is among the token's privileges, enabled or not: whoever holds a privilege can enable it.
bool holds_tcb(const Token& token);

// What a package is told about a caller: `token` is the effective one, `impersonating` when it is the thread's.
seam::ClientView view_of(const Client& client, const Token& token, bool impersonating);

}  // namespace openlsa::authority
