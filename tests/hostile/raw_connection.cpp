#include "hostile/raw_connection.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "support/authority_environment.hpp"

namespace openlsa::test {
namespace {

// On a busy machine; what is closed is closed at once.
constexpr int patience_milliseconds = 20'000;

base::UniqueFd connect_to_lsad() {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string path = installation().socket();
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  base::UniqueFd socket(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0));
  if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) return {};
  return socket;
}

}  // namespace

Datagram datagram_of(std::uint16_t method, const wire::Message& body, std::uint64_t id) {
  wire::FrameHeader header{.kind = wire::FrameKind::request, .method = method, .id = id};
  header.body_size_bytes = static_cast<std::uint32_t>(body.bytes.size());
  Datagram datagram(sizeof header + body.bytes.size());
  set_header(datagram, header);
  std::ranges::copy(body.bytes, datagram.begin() + sizeof header);
  return datagram;
}

wire::FrameHeader header_of(const Datagram& datagram) {
  wire::FrameHeader header;
  std::memcpy(&header, datagram.data(), sizeof header);
  return header;
}

void set_header(Datagram& datagram, const wire::FrameHeader& header) {
  std::memcpy(datagram.data(), &header, std::min(datagram.size(), sizeof header));
}

std::string describe(Outcome outcome) {
  return outcome == Outcome::answered ? "answered" : outcome == Outcome::closed ? "closed" : "silent";
}

RawConnection::RawConnection() : socket_(connect_to_lsad()) {}
RawConnection::RawConnection(base::UniqueFd socket) : socket_(std::move(socket)) {}

nt::Status RawConnection::greet() {
  const seam::HelloReply reply = authority_.hello({});
  client_ = reply.client;
  return reply.status;
}

bool RawConnection::send(const Datagram& datagram, const std::vector<int>& descriptors) {
  iovec part{const_cast<std::uint8_t*>(datagram.data()), datagram.size()};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  std::vector<char> control(CMSG_SPACE(sizeof(int) * descriptors.size()));
  if (!descriptors.empty()) {
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    cmsghdr* header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int) * descriptors.size());
    std::memcpy(CMSG_DATA(header), descriptors.data(), sizeof(int) * descriptors.size());
  }
  return ::sendmsg(socket_.get(), &message, MSG_NOSIGNAL) >= 0;
}

Outcome RawConnection::outcome() {
  pollfd wanted{socket_.get(), POLLIN, 0};
  if (::poll(&wanted, 1, patience_milliseconds) != 1) return Outcome::silent;
  auto frame = wire::receive_frame(socket_.get(), MSG_DONTWAIT);
  if (!frame) return Outcome::closed;
  reply_ = std::move(*frame);
  return Outcome::answered;
}

Outcome RawConnection::send_and_wait(const Datagram& datagram, const std::vector<int>& descriptors) {
  return send(datagram, descriptors) ? outcome() : Outcome::closed;
}

nt::Status RawConnection::reply_status() const {
  nt::Status status = STATUS_UNSUCCESSFUL;
  if (reply_ && reply_->body.bytes.size() >= sizeof status)
    std::memcpy(&status, reply_->body.bytes.data(), sizeof status);
  return status;
}

std::expected<wire::Message, wire::NoReply> RawConnection::call(std::uint16_t method, wire::Message& request,
                                                                std::uint64_t chain) {
  wire::FrameHeader header{.kind = wire::FrameKind::request, .method = method, .id = ++next_id_, .chain = chain};
  if (!wire::send_frame(socket_.get(), header, request) || outcome() != Outcome::answered)
    return std::unexpected(wire::NoReply::lost);
  if (reply_->header.kind != wire::FrameKind::reply || reply_->header.id != header.id)
    return std::unexpected(wire::NoReply::lost);
  return std::move(reply_->body);
}

Bystander::Bystander() : connection_(std::make_unique<RawConnection>()) { connection_->greet(); }

std::string Bystander::complaint() {
  if (lsad() == nullptr || !lsad()->alive()) return "lsad has ended";
  if (connection_->authority().ping({}).status != STATUS_SUCCESS) return "another connection is not answered any more";
  RawConnection fresh;
  if (fresh.greet() != STATUS_SUCCESS) return "a new connection is not answered";
  return "";
}

}  // namespace openlsa::test
