#include "client/channels/direct_channel.hpp"

#include <utility>

#include "client/connection/process_client.hpp"

namespace openlsa::client {
namespace {

// The channels that a thread waits on, innermost first: a callback may make calls of its own, and stands between them
// as an entry without a channel.
struct Waiting;
[[gnu::tls_model("initial-exec")]] constinit thread_local const Waiting* waiting = nullptr;
struct Waiting {
  explicit Waiting(DirectChannel* on) : channel(on), outer(waiting) { waiting = this; }
  ~Waiting() { waiting = outer; }
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;
  DirectChannel* const channel;
  const Waiting* const outer;
};

}  // namespace

DirectChannel::DirectChannel(std::unique_ptr<Endpoint> endpoint, const ProcessClient& client,
                             seam::OpenChannelReply& reply)
    : endpoint_(std::move(endpoint)),
      epoch_(client.epoch()),
      package_(std::move(reply.package)),
      user_half_{std::move(reply.user_half_path), reply.file_hash, reply.index_in_file, client.authority_uid()} {}

bool DirectChannel::alive() const {
  if (lost_ || !endpoint_->usable()) return false;
  const auto client = ProcessClient::of_epoch(epoch_);
  return client && client->alive();
}

struct DirectChannel::Callback::Entry {
  const Waiting inside{nullptr};
};
DirectChannel::Callback::Callback() : entry_(std::make_unique<Entry>()) {}
DirectChannel::Callback::~Callback() = default;

DirectChannel* DirectChannel::of_this_thread() { return waiting == nullptr ? nullptr : waiting->channel; }

bool DirectChannel::in_call_of_this_thread() const {
  for (const Waiting* at = waiting; at != nullptr; at = at->outer)
    if (at->channel == this) return true;
  return false;
}

std::expected<wire::Message, wire::NoReply> DirectChannel::exchange(std::uint16_t method, wire::Message& request) {
  if (lost_ || !endpoint_->ours() || !ProcessClient::of_epoch(epoch_)) return std::unexpected(wire::NoReply::unsent);
  // The other side waits for this thread's answer; a second request would never get one.
  if (in_call_of_this_thread()) return std::unexpected(alive() ? wire::NoReply::lost : wire::NoReply::unsent);
  auto answer = [&] {
    const Waiting here(this);
    return endpoint_->call(method, request, 0);
  }();
  if (!answer && !endpoint_->usable()) lost_ = true;
  run_deferred();
  return answer;
}

nt::Status DirectChannel::defer(std::function<void()> work) {
  const base::MutexLock lock(mutex_);
  deferred_.push_back(std::move(work));
  return SEC_E_OK;
}

void DirectChannel::run_deferred() {
  std::vector<std::function<void()>> work;
  {
    const base::MutexLock lock(mutex_);
    if (deferred_.empty()) return;
    work.swap(deferred_);
  }
  for (const auto& one : work) one();
}

void DirectChannel::wipe(std::vector<seam::ClientMemory>& pieces) {
  for (seam::ClientMemory& piece : pieces) base::wipe(piece.bytes);
}

}  // namespace openlsa::client
