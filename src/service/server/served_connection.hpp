// One connection of a client to lsad: a non-blocking socket that the event loop reads, one request at a time.
#pragma once

#include <atomic>
#include <memory>

#include "authority/connection/connection.hpp"
#include "base/unique_fd.hpp"
#include "seam/sspi_calls.hpp"
#include "wire/blocking_channel.hpp"
#include "wire/dispatch.hpp"
#include "wire/frame.hpp"

namespace openlsa::service {

class ServedConnection final : public seam::ClientCalls {
 public:
  ServedConnection(authority::Authority& authority, const authority::PeerIdentity& peer, base::UniqueFd socket)
      : authority_(authority), socket_(std::move(socket)), calls_(authority.connect(peer, this)) {}

  int socket() const { return socket_.get(); }
  authority::Connection& calls() { return *calls_; }
  // What the peer sent breaks the protocol: it goes to the audit trail, and the connection is to be closed.
  void audit_malformed(const char* why);

  // Answers one request and sends the reply; false when the connection is to be closed.
  bool serve(wire::Frame& frame);
  // An up-call to the thread that waits in the request being served.
  seam::ClientCallbackReply client_callback(seam::ClientCallbackRequest request) override;

 private:
  authority::Authority& authority_;
  const base::UniqueFd socket_;
  std::uint64_t request_ = 0;
  bool upcall_failed_ = false;
  wire::UpcallTime upcall_time_;
  std::unique_ptr<authority::Connection> calls_;
};

}  // namespace openlsa::service
