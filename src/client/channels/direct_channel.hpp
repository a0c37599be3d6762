// A channel of this process to one package's host, for one effective token. Once it is lost it stays lost: calls in
// flight get SEC_E_INTERNAL_ERROR, and what belongs to it can only be freed. Nothing acquires anew in silence.
#pragma once

#include <sys/types.h>

#include <atomic>
#include <functional>
#include <memory>
#include <vector>

#include "base/mutex.hpp"
#include "client/channels/sspi_method.hpp"
#include "client/connection/endpoint.hpp"
#include "wire/codec.hpp"

namespace openlsa::client {

class ProcessClient;

// Where the user-mode half of the package is (seam::OpenChannelReply).
struct UserHalfFile {
  std::string path;
  std::array<std::uint8_t, 32> hash{};
  std::uint32_t index = 0;  // of the package in the file
  uid_t authority = 0;      // who may own the file, besides root
};

class DirectChannel {
 public:
  DirectChannel(std::unique_ptr<Endpoint> endpoint, const ProcessClient& client, seam::OpenChannelReply& reply);

  const seam::PackageInfo& package() const { return package_; }
  const UserHalfFile& user_half() const { return user_half_; }
  std::uint32_t epoch() const { return epoch_; }  // of the client that it belongs to

  // False when the host or the authority is gone, or the process is not the client any more that opened the channel.
  bool alive() const;

  // One call; its pieces of client memory are wiped. SEC_E_INTERNAL_ERROR when the channel gets lost, nothing when it
  // was lost before.
  template <class Request>
  std::optional<typename SspiMethod<Request>::Reply> call_if_there(Request request) {
    using Reply = typename SspiMethod<Request>::Reply;
    wire::Message message = wire::encode(request);
    if constexpr (requires { request.submitted; }) wipe(request.submitted);
    auto answer = exchange(SspiMethod<Request>::number, message);
    if (!answer && answer.error() == wire::NoReply::unsent) return std::nullopt;
    if (answer) {
      if (auto reply = wire::decode<Reply>(*answer)) return reply;
      lost_ = true;  // whoever answers with something else is not our host
    }
    return failed<Reply>();
  }
  // The same; SEC_E_INTERNAL_ERROR when the channel is or gets lost.
  template <class Request>
  typename SspiMethod<Request>::Reply call(Request request) {
    auto reply = call_if_there(std::move(request));
    return reply ? std::move(*reply) : failed<typename SspiMethod<Request>::Reply>();
  }

  // Frees a handle of the host; when this thread answers a callback of the channel, after the call that it waits in.
  // SEC_E_OK when the channel is lost: the host freed all with it.
  template <class Request>
  nt::Status free(Request request) {
    if (in_call_of_this_thread()) return defer([this, request] { call(request); });
    const auto reply = call_if_there(std::move(request));
    return !reply || (reply->status == SEC_E_INTERNAL_ERROR && !alive()) ? SEC_E_OK : reply->status;
  }

  // The channel whose answer the calling thread waits for; nullptr when it waits for none, or for the authority's from
  // inside a callback.
  static DirectChannel* of_this_thread();
  // While a callback runs: what it calls in turn is no longer the channel that called it.
  class Callback;

 private:
  template <class Reply>
  static Reply failed() {
    Reply reply{};
    reply.status = SEC_E_INTERNAL_ERROR;
    return reply;
  }
  std::expected<wire::Message, wire::NoReply> exchange(std::uint16_t method, wire::Message& request);
  bool in_call_of_this_thread() const;
  nt::Status defer(std::function<void()> work);
  void run_deferred();
  static void wipe(std::vector<seam::ClientMemory>& pieces);

  const std::unique_ptr<Endpoint> endpoint_;
  const std::uint32_t epoch_;
  const seam::PackageInfo package_;
  const UserHalfFile user_half_;
  std::atomic<bool> lost_{false};
  base::Mutex mutex_;
  std::vector<std::function<void()>> deferred_ OPENLSA_GUARDED_BY(mutex_);
};

class DirectChannel::Callback {
 public:
  Callback();
  ~Callback();
  Callback(const Callback&) = delete;
  Callback& operator=(const Callback&) = delete;

 private:
  struct Entry;
  const std::unique_ptr<Entry> entry_;
};

}  // namespace openlsa::client
