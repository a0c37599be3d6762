#include "authority/clients/call_table.hpp"

#include <algorithm>

namespace openlsa::authority {

seam::ChannelId CallTable::next_channel() {
  base::MutexLock lock(mutex_);
  return {next_channel_++};
}

nt::Status CallTable::add_channel(seam::HostId host, seam::PackageId package, const std::shared_ptr<Client>& client,
                                  const seam::ClientView& view, const std::shared_ptr<Token>& token,
                                  std::vector<EndedChannel>& ended) {
  base::MutexLock lock(mutex_);
  if (!client->alive()) return STATUS_ACCESS_DENIED;
  std::vector<seam::ChannelId>& open = channels_of_[client->id()];
  if (open.size() >= max_channels_per_client) {
    const auto closed = std::find_if(open.begin(), open.end(), [&](seam::ChannelId id) OPENLSA_REQUIRES(mutex_) {
      return channels_.at(id).token.expired();
    });
    if (closed == open.end()) return STATUS_QUOTA_EXCEEDED;
    ended.push_back({channels_.at(*closed).host, *closed});
    channels_.erase(*closed);
    open.erase(closed);
    count_out(*client);
  }
  std::size_t& of_uid = channels_of_uid_[client->peer().uid];
  if (of_uid >= max_channels_per_uid && !client->has_tcb()) {
    if (open.empty()) channels_of_.erase(client->id());
    return STATUS_QUOTA_EXCEEDED;
  }
  ++of_uid;
  open.push_back(view.channel);
  channels_.emplace(view.channel, Channel{host, package, client, view, token});
  return STATUS_SUCCESS;
}

void CallTable::remove_channel(seam::ChannelId channel) {
  base::MutexLock lock(mutex_);
  const auto found = channels_.find(channel);
  if (found != channels_.end()) erase_channel(found);
}

std::map<seam::ChannelId, CallTable::Channel>::iterator CallTable::erase_channel(
    std::map<seam::ChannelId, Channel>::iterator channel) {
  const auto of_client = channels_of_.find(channel->second.client->id());
  std::erase(of_client->second, channel->first);
  if (of_client->second.empty()) channels_of_.erase(of_client);
  count_out(*channel->second.client);
  return channels_.erase(channel);
}

void CallTable::count_out(const Client& client) {
  const auto of_uid = channels_of_uid_.find(client.peer().uid);
  if (of_uid != channels_of_uid_.end() && --of_uid->second == 0) channels_of_uid_.erase(of_uid);
}

seam::ChainId CallTable::begin(const std::shared_ptr<Client>& client, seam::ClientCalls* upcalls,
                               seam::ChainId wanted) {
  base::MutexLock lock(mutex_);
  seam::ChainId chain = wanted;
  // A name opens nothing: what is reached by a chain is checked against its frames. But it names one chain only.
  while (!chain || calls_.contains(chain)) chain = {next_chain_++};
  calls_.emplace(chain, Call{client, upcalls, {}, {}, 0});
  return chain;
}

nt::Status CallTable::enter(seam::ChainId chain, Entry entry) {
  base::MutexLock lock(mutex_);
  const auto found = calls_.find(chain);
  if (found == calls_.end()) return STATUS_ACCESS_DENIED;
  if (found->second.frames.size() >= max_depth) return STATUS_STACK_OVERFLOW;
  found->second.frames.push_back(std::move(entry));
  return STATUS_SUCCESS;
}

void CallTable::leave(seam::ChainId chain, seam::HostId host, seam::PackageId package) {
  std::shared_ptr<Token> released;  // after the lock
  base::MutexLock lock(mutex_);
  const auto found = calls_.find(chain);
  if (found == calls_.end()) return;
  std::vector<Frame>& frames = found->second.frames;
  for (auto frame = frames.rbegin(); frame != frames.rend(); ++frame) {
    if (frame->host != host || frame->package != package) continue;
    released = std::move(frame->token);
    frames.erase(std::next(frame).base());
    return;
  }
}

void CallTable::placed_handle(seam::ChainId chain, std::uint32_t handle) {
  base::MutexLock lock(mutex_);
  const auto found = calls_.find(chain);
  if (found != calls_.end()) found->second.placed.push_back(handle);
}

void CallTable::forget_handle(seam::ChainId chain, std::uint32_t handle) {
  base::MutexLock lock(mutex_);
  const auto found = calls_.find(chain);
  if (found != calls_.end()) std::erase(found->second.placed, handle);
}

std::vector<std::uint32_t> CallTable::end(seam::ChainId chain) {
  Call ended;  // after the lock: it may hold the last token of a session
  std::vector<Frame> frames;
  mutex_.lock();
  const auto found = calls_.find(chain);
  if (found != calls_.end()) {
    found->second.upcalls = nullptr;
    frames.swap(found->second.frames);  // nothing is found by this call any more
    callbacks_done_.wait(mutex_, [&]() { return found->second.callbacks_running == 0; });
    ended = std::move(found->second);
    calls_.erase(found);
  }
  mutex_.unlock();
  return std::move(ended.placed);
}

const CallTable::Frame* CallTable::frame_of(seam::HostId host, const seam::SupportCaller& caller) {
  const auto found = calls_.find(caller.chain);
  if (found == calls_.end() || found->second.client_id() != caller.client) return nullptr;
  // The innermost package works; the outer ones wait for it, and may still work on threads of their own.
  const std::vector<Frame>& frames = found->second.frames;
  for (auto frame = frames.rbegin(); frame != frames.rend(); ++frame)
    if (frame->host == host && frame->package == caller.package) return &*frame;
  return nullptr;
}

std::expected<Caller, nt::Status> CallTable::find(seam::HostId host, const seam::SupportCaller& caller) {
  if (!caller.client && !caller.channel && !caller.chain) return Caller{};
  base::MutexLock lock(mutex_);
  if (caller.channel) {
    const auto found = channels_.find(caller.channel);
    if (found == channels_.end()) return std::unexpected(STATUS_ACCESS_DENIED);
    const Channel& channel = found->second;
    if (channel.host != host || channel.client->id() != caller.client || !channel.client->alive() ||
        channel.package != caller.package)
      return std::unexpected(STATUS_ACCESS_DENIED);
    return Caller{channel.client, channel.view, channel.token.lock(), {}, 1, {}, channel.client->handles()};
  }
  const Frame* frame = frame_of(host, caller);
  if (frame == nullptr) return std::unexpected(STATUS_ACCESS_DENIED);
  const Call& call = calls_.at(caller.chain);
  if (!call.client_lives()) return std::unexpected(STATUS_ACCESS_DENIED);
  std::shared_ptr<HandleTable> handles = frame->handles;
  if (handles == nullptr && call.client != nullptr) handles = call.client->handles();
  const auto depth = static_cast<std::uint32_t>(call.frames.size());
  return Caller{call.client, frame->view, frame->token, caller.chain, depth, frame->until, std::move(handles)};
}

seam::ClientCallbackReply CallTable::call_back(seam::HostId host, const seam::SupportCaller& caller,
                                               seam::ClientCallbackRequest request) {
  seam::ClientCallbackReply reply;
  seam::ClientCalls* upcalls = nullptr;
  {
    base::MutexLock lock(mutex_);
    const Frame* frame = frame_of(host, caller);
    // ClientCallback is for the package that the client itself called, not for one further in.
    if (frame == nullptr || frame != &calls_.at(caller.chain).frames.front()) {
      reply.status = STATUS_ACCESS_DENIED;
      return reply;
    }
    Call& call = calls_.at(caller.chain);
    upcalls = call.client_lives() ? call.upcalls : nullptr;
    if (upcalls == nullptr) {
      reply.status = STATUS_NOT_SUPPORTED;
      return reply;
    }
    ++call.callbacks_running;
  }
  request.package = caller.package;
  reply = upcalls->client_callback(std::move(request));
  base::MutexLock lock(mutex_);
  --calls_.at(caller.chain).callbacks_running;  // end() waits for us, so the call is still there
  callbacks_done_.notify_all();
  return reply;
}

std::vector<seam::HostId> CallTable::client_lost(seam::ClientId client) {
  base::MutexLock lock(mutex_);
  std::vector<seam::HostId> hosts;
  const auto add = [&](seam::HostId host) {
    if (std::find(hosts.begin(), hosts.end(), host) == hosts.end()) hosts.push_back(host);
  };
  if (const auto of_client = channels_of_.find(client); of_client != channels_of_.end()) {
    for (const seam::ChannelId channel : of_client->second) {
      const auto found = channels_.find(channel);
      add(found->second.host);
      count_out(*found->second.client);
      channels_.erase(found);
    }
    channels_of_.erase(of_client);
  }
  for (const auto& [chain, call] : calls_)
    if (call.client_id() == client)
      for (const Frame& frame : call.frames) add(frame.host);
  return hosts;
}

void CallTable::host_lost(seam::HostId host) {
  base::MutexLock lock(mutex_);
  for (auto channel = channels_.begin(); channel != channels_.end();)
    channel = channel->second.host == host ? erase_channel(channel) : std::next(channel);
}

void CallTable::package_unloaded(seam::HostId host, seam::PackageId package) {
  base::MutexLock lock(mutex_);
  for (auto channel = channels_.begin(); channel != channels_.end();)
    channel = channel->second.host == host && channel->second.package == package ? erase_channel(channel)
                                                                                 : std::next(channel);
}

}  // namespace openlsa::authority
