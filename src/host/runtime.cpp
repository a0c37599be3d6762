#include "host/runtime.hpp"

#include <algorithm>

#include "host/accounts_interface.hpp"
#include "host/package_interface.hpp"
#include "host/target_interface.hpp"
#include "host/token_backend.hpp"

namespace openlsa::host {
namespace {

struct Runtimes {
  base::Mutex mutex;
  std::vector<Runtime*> all OPENLSA_GUARDED_BY(mutex);
};

// Never destroyed: threads of packages may ask until the process is gone.
Runtimes& runtimes() {
  static Runtimes& instance = *new Runtimes;
  return instance;
}

}  // namespace

Runtime::Runtime(std::shared_ptr<seam::SupportCalls> support, Options options)
    : support_(std::move(support)), options_(std::move(options)) {
  install_token_backend();
  register_package_interface();
  register_target_interface();
  register_accounts_interface();
  Runtimes& known = runtimes();
  const base::MutexLock lock(known.mutex);
  known.all.push_back(this);
}

Runtime::~Runtime() {
  shutdown({});
  Runtimes& known = runtimes();
  const base::MutexLock lock(known.mutex);
  std::erase(known.all, this);
}

const LoadedPackage* Runtime::find(seam::PackageId package) const {
  if (!loaded_.load(std::memory_order_acquire) || shut_down_.load()) return nullptr;
  for (const auto& candidate : packages_)
    if (candidate->id == package && !candidate->unloaded.load()) return candidate.get();
  return nullptr;
}

bool Runtime::is_mine(seam::PackageId package) const {
  if (!loaded_.load(std::memory_order_acquire)) return false;
  const auto is_it = [package](const std::unique_ptr<LoadedPackage>& candidate) { return candidate->id == package; };
  return std::any_of(packages_.begin(), packages_.end(), is_it) || std::any_of(dropped_.begin(), dropped_.end(), is_it);
}

const LoadedPackage* Runtime::first_package() const {
  if (!loaded_.load(std::memory_order_acquire)) return nullptr;
  for (const auto& candidate : packages_)
    if (!candidate->unloaded.load()) return candidate.get();
  return nullptr;
}

std::shared_ptr<Runtime> Runtime::only() {
  Runtimes& known = runtimes();
  const base::MutexLock lock(known.mutex);
  return known.all.size() == 1 ? known.all.front()->weak_from_this().lock() : nullptr;
}

std::unique_ptr<Channel> Runtime::open_channel(const seam::ClientView& view, seam::PackageId package,
                                               seam::ClientCalls* upcalls) {
  const LoadedPackage* found = find(package);
  if (found == nullptr) return nullptr;
  auto channel = std::make_unique<Channel>(std::make_shared<ChannelState>(*this, *found, view, upcalls));
  channel_opened(channel->state());
  // A shutdown, or the package's unloading, that began meanwhile may have missed it.
  return shut_down_.load() || found->unloaded.load() ? nullptr : std::move(channel);
}

void Runtime::channel_opened(const std::shared_ptr<ChannelState>& channel) {
  const base::MutexLock lock(channels_mutex_);
  channels_.insert(channel);
}

void Runtime::channel_closed(ChannelState& channel) {
  const base::MutexLock lock(channels_mutex_);
  channels_.erase(channel.shared_from_this());
}

std::vector<std::shared_ptr<ChannelState>> Runtime::channels_where(
    const std::function<bool(const ChannelState&)>& wanted) {
  std::vector<std::shared_ptr<ChannelState>> result;
  const base::MutexLock lock(channels_mutex_);
  for (const auto& channel : channels_)
    if (wanted(*channel)) result.push_back(channel);
  return result;
}

}  // namespace openlsa::host
