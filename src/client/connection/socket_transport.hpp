// A connection to the authority, or a direct channel to a host, over a socket.
#pragma once

#include <memory>

#include "base/unique_fd.hpp"
#include "client/connection/authority_address.hpp"
#include "client/connection/endpoint.hpp"
#include "client/connection/process_identity.hpp"
#include "wire/blocking_channel.hpp"

namespace openlsa::client {

class SocketTransport final : public Endpoint {
 public:
  // Connects, and believes the server only when the kernel says that it is root, the configured uid, or this process's
  // own user. Nullptr otherwise.
  static std::unique_ptr<SocketTransport> connect(const AuthorityAddress& address);
  // An end of a channel that the authority made.
  explicit SocketTransport(base::UniqueFd socket);
  ~SocketTransport() override;

  std::expected<wire::Message, wire::NoReply> call(std::uint16_t method, wire::Message& request,
                                                   std::uint64_t chain) override;
  bool ours() const override { return in_its_process() && socket_.holds(); }
  bool usable() const override;
  bool broken() const override { return channel_->broken(); }
  const SocketIdentity& socket() const { return socket_; }
  // Whom the server ran as when it began to listen; 0 when the kernel does not say.
  uid_t server_uid() const;

 private:
  bool in_its_process() const { return generation_ == fork_generation(); }

  SocketIdentity socket_;
  std::uint32_t generation_ = 0;  // of the process that made it
  std::unique_ptr<wire::BlockingChannel> channel_;
};

// Whether the other side of the socket has closed it; nothing is read.
bool hung_up(int descriptor);
// Any other trouble at the address is an authority's.
bool nobody_listens(const AuthorityAddress& address);

}  // namespace openlsa::client
