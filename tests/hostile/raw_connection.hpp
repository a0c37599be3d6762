// A connection to lsad, or a direct channel, without libsecur32: frames as they are, and frames as nobody should send
// them.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "wire/codec.hpp"
#include "wire/frame.hpp"
#include "wire/proxy.hpp"

namespace openlsa::test {

using Datagram = std::vector<std::uint8_t>;

// Header and body of a request, as one datagram.
Datagram datagram_of(std::uint16_t method, const wire::Message& body, std::uint64_t id = 1);
template <class Request>
Datagram datagram_of(std::uint16_t method, Request request) {
  return datagram_of(method, wire::encode(request));
}
wire::FrameHeader header_of(const Datagram& datagram);
void set_header(Datagram& datagram, const wire::FrameHeader& header);

enum class Outcome { answered, closed, silent };
std::string describe(Outcome outcome);

class RawConnection final : public wire::Transport {
 public:
  RawConnection();                                // to lsad
  explicit RawConnection(base::UniqueFd socket);  // a channel
  RawConnection(const RawConnection&) = delete;
  RawConnection& operator=(const RawConnection&) = delete;
  nt::Status greet();  // hello, and the client's id is kept

  // Sends the bytes and the descriptors as they are, in one datagram; false when the other side has closed.
  bool send(const Datagram& datagram, const std::vector<int>& descriptors = {});
  // What comes of it within some seconds. The reply, if there is one, is kept.
  Outcome outcome();
  Outcome send_and_wait(const Datagram& datagram, const std::vector<int>& descriptors = {});
  const wire::Frame& reply() const { return *reply_; }
  nt::Status reply_status() const;  // every reply begins with it

  // A proper call; the proxies of wire/ work over it.
  std::expected<wire::Message, wire::NoReply> call(std::uint16_t method, wire::Message& request,
                                                   std::uint64_t chain) override;
  wire::AuthorityProxy& authority() { return authority_; }
  seam::ClientId client() const { return client_; }
  int socket() const { return socket_.get(); }
  void close() { socket_.reset(); }

 private:
  base::UniqueFd socket_;
  std::uint64_t next_id_ = 100;
  std::optional<wire::Frame> reply_;
  seam::ClientId client_;
  wire::AuthorityProxy authority_{*this, STATUS_PORT_DISCONNECTED};
};

// Stands beside an attack: it must still be answered, and lsad must still be the same process.
class Bystander {
 public:
  Bystander();
  // Empty when all is well.
  std::string complaint();

 private:
  std::unique_ptr<RawConnection> connection_;
};

}  // namespace openlsa::test
