// The requests of the connections: what is answered on the loop, and what goes to the workers, a share for each uid.
#include <sys/epoll.h>
#include <sys/socket.h>

#include "service/server/server.hpp"

namespace openlsa::service {
namespace {

// Whether the next request, which is left unread, is one for a worker. One that is no request is for the loop to
// refuse.
bool may_wait_long(int socket) {
  wire::FrameHeader header;
  if (::recv(socket, &header, sizeof header, MSG_PEEK | MSG_DONTWAIT) != sizeof header) return false;
  const wire::MethodFacts* facts = wire::authority_method(header.method);
  return facts != nullptr && facts->duration == seam::Duration::blocking;
}

}  // namespace

void Server::readable(int fd) {
  const auto place = entries_.find(fd);
  if (place == entries_.end() || place->second.busy || place->second.waiting) return;
  // The request of a uid that has its share of the workers stays where it is, in the client's own memory.
  const auto calls = calls_of_uid_.find(place->second.uid);
  if (calls != calls_of_uid_.end() && calls->second.running >= worker_limit_of(place->second.uid) &&
      may_wait_long(fd)) {
    if (!loop_.rearm(fd, EPOLLONESHOT)) return close(place);
    place->second.waiting = true;
    calls->second.waiting.push_back(fd);
    return;
  }
  std::vector<base::UniqueFd>& refused = place->second.refused;
  auto frame = wire::receive_frame(fd, MSG_DONTWAIT, wire::authority_request_limit_bytes, &refused);
  if (!frame && frame.error() == wire::WireError::would_block) return;
  if (!frame) {
    if (frame.error() == wire::WireError::malformed) place->second.connection->audit_malformed("malformed frame");
    return close(place);
  }
  const wire::MethodFacts* facts = wire::authority_method(frame->header.method);
  if (facts == nullptr || facts->duration == seam::Duration::inline_) {
    if (!frame->body.descriptors.empty()) {  // none of these calls takes any
      refused = std::move(frame->body.descriptors);
      place->second.connection->audit_malformed("descriptors that nobody asked for");
      return close(place);
    }
    if (!place->second.connection->serve(*frame)) close(place);
    return;
  }
  call_elsewhere(place, std::move(*frame));
}

void Server::call_elsewhere(Place place, wire::Frame frame) {
  const int fd = place->first;
  // Not watched until the worker is done; a watch for nothing still tells of a hang-up, but once only.
  if (!loop_.rearm(fd, EPOLLONESHOT)) return close(place);
  place->second.busy = true;
  ++calls_of_uid_[place->second.uid].running;
  auto held = std::make_shared<wire::Frame>(std::move(frame));
  workers_.run([this, fd, held, connection = place->second.connection]() mutable {
    const bool keep = connection->serve(*held);
    connection.reset();  // the last reference goes on this thread or on the loop's, never inside the pool's lock
    loop_.post([this, fd, keep] { finished(fd, keep); });
  });
}

void Server::finished(int fd, bool keep) {
  const auto place = entries_.find(fd);
  if (place == entries_.end()) return;
  place->second.busy = false;
  const std::uint32_t uid = place->second.uid;
  --calls_of_uid_.at(uid).running;
  if (!keep || place->second.ended || !loop_.rearm(fd, EPOLLIN | EPOLLRDHUP)) close(place);
  let_next_call(uid);
}

// As many requests as the uid may have workers are read again: what waits in a socket is told at once.
void Server::let_next_call(std::uint32_t uid) {
  const auto calls = calls_of_uid_.find(uid);
  if (calls == calls_of_uid_.end()) return;
  Calls& of_uid = calls->second;
  const std::size_t limit = worker_limit_of(uid);
  while (of_uid.running < limit && !of_uid.closing.empty()) {
    ++of_uid.running;
    close_elsewhere(std::move(of_uid.closing.front()));
    of_uid.closing.pop_front();
  }
  for (std::size_t i = of_uid.running; i < limit && !of_uid.waiting.empty(); ++i) {
    const int fd = of_uid.waiting.front();
    of_uid.waiting.pop_front();
    entries_.at(fd).waiting = false;
    loop_.rearm(fd, EPOLLIN | EPOLLRDHUP);
  }
  if (of_uid.running == 0 && of_uid.waiting.empty() && of_uid.closing.empty()) calls_of_uid_.erase(calls);
}

// A forked child may hold the socket open: the process itself counts.
void Server::process_ended(int fd) {
  const auto place = entries_.find(fd);
  if (place == entries_.end()) return;
  const auto client = place->second.connection->calls().client();
  workers_.run([this, client] { authority_.client_lost(client); });
  // A worker that waits for this client in an up-call is woken by the end of the socket.
  ::shutdown(fd, SHUT_RDWR);
  place->second.ended = true;
  if (!place->second.busy) close(place);
}

// The end of a client calls its hosts, which may be slow, and closes what it left in its socket.
void Server::close_elsewhere(Entry entry) {
  // Moved on, so that the last reference is the worker's.
  workers_.run([this, held = std::make_shared<Entry>(std::move(entry))]() mutable {
    const std::uint32_t uid = held->uid;
    held.reset();
    loop_.post([this, uid] {
      --calls_of_uid_.at(uid).running;
      let_next_call(uid);
    });
  });
}

}  // namespace openlsa::service
