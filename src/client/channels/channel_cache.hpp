// The direct channels of this process: one per package and effective token. Only AcquireCredentialsHandle opens one.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/mutex.hpp"
#include "client/channels/direct_channel.hpp"

namespace openlsa::client {

class ChannelCache {
 public:
  explicit ChannelCache(std::uint32_t) {}
  static ChannelCache& of_process();

  // A living channel to the package, under the calling thread's effective token. SEC_E_SECPKG_NOT_FOUND, or what else
  // the authority says.
  nt::Status open(std::u16string_view package, std::shared_ptr<DirectChannel>& channel);

 private:
  struct Key {
    std::uint32_t epoch = 0;
    nt::Luid token;          // id of the thread's token, none for the process's own: ids are never reused, handles are
    std::u16string package;  // in one case
    auto operator<=>(const Key&) const = default;
  };
  // The process's own channels stay; one of a token that the process impersonates goes with its last credential.
  struct Entry {
    std::shared_ptr<DirectChannel> own;
    std::weak_ptr<DirectChannel> any;
  };
  std::shared_ptr<DirectChannel> find(const Key& key) OPENLSA_EXCLUDES(mutex_);
  std::shared_ptr<DirectChannel> keep(const Key& key, std::shared_ptr<DirectChannel> fresh) OPENLSA_EXCLUDES(mutex_);

  base::Mutex mutex_;
  std::map<Key, Entry> channels_ OPENLSA_GUARDED_BY(mutex_);
};

}  // namespace openlsa::client
