#include "client/channels/channel_cache.hpp"

#include <vector>

#include "client/connection/current_client.hpp"
#include "client/connection/per_process.hpp"
#include "nt/utf.hpp"
#include "win32/thread_state.hpp"

namespace openlsa::client {
namespace {

std::u16string folded(std::u16string_view name) {
  std::u16string result(name);
  for (char16_t& unit : result) unit = nt::fold_case(unit);
  return result;
}

}  // namespace

ChannelCache& ChannelCache::of_process() {
  static constinit PerProcess<ChannelCache> caches;
  return caches.now();
}

nt::Status ChannelCache::open(std::u16string_view package, std::shared_ptr<DirectChannel>& channel) {
  const auto known_client = ProcessClient::current();
  if (!known_client) return SEC_E_INTERNAL_ERROR;
  CurrentClient client;
  const std::uint32_t token = openlsa_private_thread_token();
  Key key{known_client->epoch(), {}, folded(package)};
  if (token != 0) {
    const seam::QueryTokenReply known = client.call(&seam::AuthorityCalls::query_token, {token});
    if (!nt::succeeded(known.status)) return known.status;
    key.token = known.data.token_id;
  }
  channel = find(key);
  if (channel) return SEC_E_OK;
  seam::OpenChannelReply reply = client.call(&seam::AuthorityCalls::open_channel, {token, std::u16string(package)});
  if (!nt::succeeded(reply.status)) return reply.status;
  auto endpoint = client.made_by()->open_endpoint(reply);
  if (!endpoint) return SEC_E_INTERNAL_ERROR;
  key.epoch = client.made_by()->epoch();
  channel = keep(key, std::make_shared<DirectChannel>(std::move(endpoint), *client.made_by(), reply));
  return SEC_E_OK;
}

std::shared_ptr<DirectChannel> ChannelCache::find(const Key& key) {
  std::shared_ptr<DirectChannel> found;
  {
    const base::MutexLock lock(mutex_);
    const auto entry = channels_.find(key);
    if (entry != channels_.end()) found = entry->second.any.lock();
  }
  return found && found->alive() ? found : nullptr;
}

// The fresh channel, unless another thread was faster. Entries that name no channel any more go.
std::shared_ptr<DirectChannel> ChannelCache::keep(const Key& key, std::shared_ptr<DirectChannel> fresh) {
  std::vector<std::shared_ptr<DirectChannel>> going;  // after the lock
  if (auto faster = find(key)) {
    going.push_back(std::move(fresh));
    return faster;
  }
  const base::MutexLock lock(mutex_);
  for (auto at = channels_.begin(); at != channels_.end();) {
    const bool stale = at->first == key || at->first.epoch != key.epoch || at->second.any.expired();
    if (stale) going.push_back(std::move(at->second.own));
    at = stale ? channels_.erase(at) : std::next(at);
  }
  channels_[key] = {key.token == nt::Luid{} ? fresh : nullptr, fresh};
  return fresh;
}

}  // namespace openlsa::client
