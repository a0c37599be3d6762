#include "service/channels/channel_server.hpp"

#include <sys/socket.h>

#include <atomic>
#include <thread>

#include "base/log.hpp"
#include "wire/blocking_channel.hpp"
#include "wire/dispatch.hpp"
#include "wire/proxy.hpp"

namespace openlsa::service {

// The up-calls of a channel go to the thread that waits in its current request.
struct ChannelServer::Served final : seam::ClientCalls {
  base::UniqueFd socket;
  std::shared_ptr<host::Runtime> runtime;
  std::unique_ptr<host::Channel> channel;
  std::uint64_t key = 0;
  std::uint64_t request = 0;
  std::atomic<bool> answering{false};
  bool upcall_failed = false;
  wire::UpcallTime upcall_time;

  seam::ClientCallbackReply client_callback(seam::ClientCallbackRequest callback) override {
    wire::UpcallTransport transport(socket.get(), request, upcall_time);
    auto reply = wire::ClientProxy(transport).client_callback(std::move(callback));
    upcall_failed |= transport.broken();
    return reply;
  }
  bool serve_one();
};

bool ChannelServer::Served::serve_one() {
  auto frame = wire::receive_frame(socket.get());
  if (!frame || frame->header.kind != wire::FrameKind::request) return false;
  answering = true;
  request = frame->header.id;
  upcall_time = {};
  wire::Message reply;
  const auto result = wire::dispatch(*channel, frame->header.method, frame->body, reply);
  if (result != wire::DispatchResult::answered) {
    base::log(base::LogLevel::warning, std::string("channel closed: ") + wire::describe(result));
    return false;
  }
  const bool sent = !upcall_failed && wire::send_reply(socket.get(), frame->header, reply).has_value();
  answering = false;
  return sent;
}

nt::Status ChannelServer::serve(const std::shared_ptr<host::Runtime>& runtime, const seam::ClientView& view,
                                seam::PackageId package, base::UniqueFd socket) {
  auto served = std::make_shared<Served>();
  served->socket = std::move(socket);
  served->runtime = runtime;
  served->key = view.channel.value;
  {
    const base::MutexLock lock(mutex_);
    if (served_.size() >= channel_limit) return STATUS_QUOTA_EXCEEDED;
    served_.emplace(served->key, served);
  }
  served->channel = runtime->open_channel(view, package, served.get());
  if (!served->channel) {
    const base::MutexLock lock(mutex_);
    std::erase_if(served_, [&](const auto& entry) { return entry.second == served; });
    return STATUS_NO_SUCH_PACKAGE;
  }
  // A client that does not read its answer is given up.
  const timeval deadline{.tv_sec = 10, .tv_usec = 0};
  ::setsockopt(served->socket.get(), SOL_SOCKET, SO_SNDTIMEO, &deadline, sizeof deadline);
  std::thread(&ChannelServer::run, this, std::move(served)).detach();
  return STATUS_SUCCESS;
}

void ChannelServer::run(std::shared_ptr<Served> served) {
  while (served->serve_one()) {
  }
  ::shutdown(served->socket.get(), SHUT_RDWR);
  served->channel.reset();  // frees the client's handles through the package
  const base::MutexLock lock(mutex_);
  std::erase_if(served_, [&](const auto& entry) { return entry.second == served; });
  served.reset();
  all_ended_.notify_all();
}

void ChannelServer::end(seam::ChannelId channel) {
  const base::MutexLock lock(mutex_);
  const auto [first, last] = served_.equal_range(channel.value);
  // An answer that is on its way still goes out; else the client sees the end at once.
  for (auto entry = first; entry != last; ++entry)
    ::shutdown(entry->second->socket.get(), entry->second->answering ? SHUT_RD : SHUT_RDWR);
}

std::size_t ChannelServer::size() const {
  const base::MutexLock lock(mutex_);
  return served_.size();
}

ChannelServer::~ChannelServer() {
  mutex_.lock();
  for (auto& [key, served] : served_) ::shutdown(served->socket.get(), SHUT_RDWR);
  while (!served_.empty()) all_ended_.wait(mutex_);
  mutex_.unlock();
}

}  // namespace openlsa::service
