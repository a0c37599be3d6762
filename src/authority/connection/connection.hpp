// One connection of a client process: its calls to the authority, one method per file.
#pragma once

#include <memory>

#include "authority/authority.hpp"
#include "seam/authority_calls.hpp"

namespace openlsa::authority {

class Connection final : public seam::AuthorityCalls {
 public:
  Connection(Authority& authority, const PeerIdentity& peer, seam::ClientCalls* upcalls)
      : authority_(authority), peer_(peer), upcalls_(upcalls) {}
  // The main connection takes its client along.
  ~Connection() override;

  seam::ClientId client() const { return client_ ? client_->id() : seam::ClientId{}; }
  bool is_main() const { return client_ && main_; }
  bool has_tcb() const { return living() != nullptr && client_->has_tcb(); }
  const PeerIdentity& peer() const { return peer_; }

#define OPENLSA_DECLARE(number, function, Message, permission, duration) \
  seam::Message##Reply function(seam::Message##Request request) override;
  OPENLSA_AUTHORITY_CALLS(OPENLSA_DECLARE)
#undef OPENLSA_DECLARE

 private:
  // The client, while it lives. Before hello and after its end every call answers STATUS_ACCESS_DENIED.
  Client* living() const { return client_ && client_->alive() ? client_.get() : nullptr; }

  Authority& authority_;
  const PeerIdentity peer_;
  seam::ClientCalls* const upcalls_;
  std::shared_ptr<Client> client_;
  bool main_ = false;
};

}  // namespace openlsa::authority
