// Serves direct channels: one blocking thread for each, because a client has one call in flight on it and waits for
// the answer. The caller's identity came with the mint of the channel; the socket's own credentials name the authority.
#pragma once

#include <map>
#include <memory>

#include "base/mutex.hpp"
#include "base/unique_fd.hpp"
#include "host/runtime.hpp"

namespace openlsa::service {

class ChannelServer {
 public:
  static constexpr std::size_t channel_limit = 4096;

  ~ChannelServer();  // ends every channel and waits for its thread

  // Serves `socket` until either side closes it. STATUS_QUOTA_EXCEEDED, STATUS_NO_SUCH_PACKAGE.
  nt::Status serve(const std::shared_ptr<host::Runtime>& runtime, const seam::ClientView& view, seam::PackageId package,
                   base::UniqueFd socket);
  // The channel's client is gone: its thread ends.
  void end(seam::ChannelId channel);
  std::size_t size() const;

 private:
  struct Served;
  void run(std::shared_ptr<Served> served);

  mutable base::Mutex mutex_;
  base::ConditionVariable all_ended_;
  std::multimap<std::uint64_t, std::shared_ptr<Served>> served_ OPENLSA_GUARDED_BY(mutex_);  // by ChannelId
};

}  // namespace openlsa::service
