// For whom a host works: the direct channels of clients, and the calls that the authority routed and that still run.
// What a host says in SupportCaller is believed only when it is found here, for that host and a living client.
#pragma once

#include <chrono>
#include <expected>
#include <map>
#include <memory>
#include <vector>

#include "authority/clients/client.hpp"
#include "base/mutex.hpp"
#include "nt/status.hpp"
#include "seam/sspi_calls.hpp"
#include "seam/support_calls.hpp"

namespace openlsa::authority {

// A support call's caller, as found. `client` is null when the package works for nobody (its own threads,
// SpInitialize, LogonTerminated): such a call reaches only what the package itself made.
struct Caller {
  std::shared_ptr<Client> client;  // null also in a chain that a package's own thread began
  seam::ClientView view;
  std::shared_ptr<Token> token;                 // effective token of the caller; null when it was closed meanwhile
  seam::ChainId chain;                          // of a routed call
  std::uint32_t depth = 0;                      // of nested CallPackage calls; 1 is the client's own call
  std::chrono::steady_clock::time_point until;  // when the call must be over
  // Where DuplicateHandle puts a token: of the client, or of the host that calls this package (CallPackage).
  std::shared_ptr<HandleTable> handles;
};

class CallTable {
 public:
  static constexpr std::size_t max_channels_per_client = 256;
  // A host serves 4096: whoever is not of the TCB leaves room for the others, however many processes it has.
  static constexpr std::size_t max_channels_per_uid = 1024;
  static constexpr std::uint32_t max_depth = 8;

  seam::ChannelId next_channel() OPENLSA_EXCLUDES(mutex_);
  // A channel that makes room by ending one whose token is closed is given back in `ended`. STATUS_QUOTA_EXCEEDED.
  struct EndedChannel {
    seam::HostId host;
    seam::ChannelId channel;
  };
  nt::Status add_channel(seam::HostId host, seam::PackageId package, const std::shared_ptr<Client>& client,
                         const seam::ClientView& view, const std::shared_ptr<Token>& token,
                         std::vector<EndedChannel>& ended) OPENLSA_EXCLUDES(mutex_);
  void remove_channel(seam::ChannelId channel) OPENLSA_EXCLUDES(mutex_);

  // A call begins, of a client or, with null, of a package's own thread; `upcalls` answers ClientCallback until end()
  // (which waits for one that runs). The chain has the name that is wanted (of a thread that waits in a host), unless
  // another has it.
  seam::ChainId begin(const std::shared_ptr<Client>& client, seam::ClientCalls* upcalls, seam::ChainId wanted = {})
      OPENLSA_EXCLUDES(mutex_);
  // The call enters a package. STATUS_STACK_OVERFLOW beyond max_depth.
  struct Entry {
    seam::HostId host;
    seam::PackageId package = 0;
    seam::ClientView view;
    std::shared_ptr<Token> token;
    std::chrono::steady_clock::time_point until;
    std::shared_ptr<HandleTable> handles;  // of the host that calls; null: the client's
  };
  nt::Status enter(seam::ChainId chain, Entry entry) OPENLSA_EXCLUDES(mutex_);
  // The newest entry of that package goes: a package may call others on several threads, which end in any order.
  void leave(seam::ChainId chain, seam::HostId host, seam::PackageId package) OPENLSA_EXCLUDES(mutex_);
  // DuplicateHandle placed a token in the client; when the call fails it is closed again.
  void placed_handle(seam::ChainId chain, std::uint32_t handle) OPENLSA_EXCLUDES(mutex_);
  void forget_handle(seam::ChainId chain, std::uint32_t handle) OPENLSA_EXCLUDES(mutex_);
  // Gives the handles that were placed, for a call that failed.
  std::vector<std::uint32_t> end(seam::ChainId chain) OPENLSA_EXCLUDES(mutex_);

  // STATUS_ACCESS_DENIED: not a channel or call of this host, or its client is gone.
  std::expected<Caller, nt::Status> find(seam::HostId host, const seam::SupportCaller& caller) OPENLSA_EXCLUDES(mutex_);
  // ClientCallback of a routed call, on the thread that waits; runs with no lock held.
  seam::ClientCallbackReply call_back(seam::HostId host, const seam::SupportCaller& caller,
                                      seam::ClientCallbackRequest request) OPENLSA_EXCLUDES(mutex_);

  // Hosts that have a channel or a call of the client; its channels are forgotten.
  std::vector<seam::HostId> client_lost(seam::ClientId client) OPENLSA_EXCLUDES(mutex_);
  void host_lost(seam::HostId host) OPENLSA_EXCLUDES(mutex_);
  void package_unloaded(seam::HostId host, seam::PackageId package) OPENLSA_EXCLUDES(mutex_);  // its channels go

 private:
  struct Channel {
    seam::HostId host;
    seam::PackageId package = 0;
    std::shared_ptr<Client> client;
    seam::ClientView view;
    std::weak_ptr<Token> token;  // a channel does not keep a session alive
  };
  using Frame = Entry;
  struct Call {
    std::shared_ptr<Client> client;
    seam::ClientCalls* upcalls = nullptr;
    std::vector<Frame> frames;
    std::vector<std::uint32_t> placed;
    std::uint32_t callbacks_running = 0;
    seam::ClientId client_id() const { return client == nullptr ? seam::ClientId{} : client->id(); }
    bool client_lives() const { return client == nullptr || client->alive(); }
  };
  std::map<seam::ChannelId, Channel>::iterator erase_channel(std::map<seam::ChannelId, Channel>::iterator channel)
      OPENLSA_REQUIRES(mutex_);
  // One channel less of the client's uid.
  void count_out(const Client& client) OPENLSA_REQUIRES(mutex_);
  const Frame* frame_of(seam::HostId host, const seam::SupportCaller& caller) OPENLSA_REQUIRES(mutex_);

  base::Mutex mutex_;
  base::ConditionVariable callbacks_done_;
  std::map<seam::ChannelId, Channel> channels_ OPENLSA_GUARDED_BY(mutex_);
  std::map<seam::ClientId, std::vector<seam::ChannelId>> channels_of_ OPENLSA_GUARDED_BY(mutex_);
  std::map<std::uint32_t, std::size_t> channels_of_uid_ OPENLSA_GUARDED_BY(mutex_);
  std::map<seam::ChainId, Call> calls_ OPENLSA_GUARDED_BY(mutex_);
  std::uint64_t next_channel_ OPENLSA_GUARDED_BY(mutex_) = 1;
  std::uint64_t next_chain_ OPENLSA_GUARDED_BY(mutex_) = 1;
};

}  // namespace openlsa::authority
