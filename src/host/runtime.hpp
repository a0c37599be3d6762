// One package file in this process: seam::PackageCalls for the authority. Values come in, the documented structures go
// to the package, deep copies of what it returns go back.
#pragma once

#include <array>
#include <atomic>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/module.hpp"
#include "host/call_registry.hpp"
#include "host/channel.hpp"
#include "host/doors/domain_door.hpp"
#include "host/doors/notification_door.hpp"
#include "host/doors/sub_authentication_door.hpp"
#include "host/notifications/notifier.hpp"
#include "host/package/loaded_package.hpp"
#include "seam/package_calls.hpp"
#include "seam/support_calls.hpp"

namespace openlsa::host {

struct Options {
  // Serves a minted channel on its socket (the service's part). Without it mint_channel is not supported.
  std::function<nt::Status(const seam::ClientView&, seam::PackageId, base::UniqueFd)> serve_channel;
  // A channel's client is gone and its handles are freed: its socket can be closed.
  std::function<void(seam::ChannelId)> channel_ended;
};

class Runtime final : public seam::PackageCalls, public std::enable_shared_from_this<Runtime> {
 public:
  explicit Runtime(std::shared_ptr<seam::SupportCalls> support, Options options = {});
  ~Runtime() override;
  Runtime(const Runtime&) = delete;
  Runtime& operator=(const Runtime&) = delete;

#define OPENLSA_OVERRIDE(number, function, Message, permission, duration) \
  seam::Message##Reply function(seam::Message##Request request) override;
  OPENLSA_PACKAGE_CALLS(OPENLSA_OVERRIDE)
#undef OPENLSA_OVERRIDE

  // The SspiCalls end of one client's channel; null when there is no such package. Destroying it frees the client's
  // handles through the package. `upcalls` may be null; it outlives the channel.
  std::unique_ptr<Channel> open_channel(const seam::ClientView& view, seam::PackageId package,
                                        seam::ClientCalls* upcalls);

  seam::SupportCalls& support() const { return *support_; }
  CallRegistry& calls() { return calls_; }
  Notifier& notifier() { return notifier_; }
  const LoadedPackage* find(seam::PackageId package) const;
  const LoadedPackage* first_package() const;
  const std::string& state_directory() const { return state_directory_; }
  const std::array<std::uint8_t, 32>& authority_id() const { return authority_id_; }

  // The only runtime of the process; null when there are several or none.
  static std::shared_ptr<Runtime> only();

  void channel_opened(const std::shared_ptr<ChannelState>& channel);
  void channel_closed(ChannelState& channel);
  HandleCounts& handle_counts() { return handle_counts_; }

 private:
  friend class Loader;
  std::vector<std::shared_ptr<ChannelState>> channels_where(const std::function<bool(const ChannelState&)>& wanted);
  void shut_down(const LoadedPackage& package);  // SpShutdown
  bool is_mine(seam::PackageId package) const;   // loaded, unloaded or dropped
  std::vector<seam::MemoryOwner> memory() const;

  std::shared_ptr<seam::SupportCalls> support_;
  Options options_;
  CallRegistry calls_;
  base::Module module_;
  std::string state_directory_;
  std::array<std::uint8_t, 32> authority_id_{};
  // Filled by load() and unchanged from then on.
  std::vector<std::unique_ptr<LoadedPackage>> packages_;
  // At most one, of a file without packages; filled by load(), too.
  std::unique_ptr<SubAuthenticationDoor> sub_authentication_;
  std::unique_ptr<NotificationDoor> notification_;
  std::unique_ptr<DomainDoor> domain_;
  // Refused at their initialisation. They stay: threads that they started may still name them.
  std::vector<std::unique_ptr<LoadedPackage>> dropped_;
  std::atomic<bool> load_begun_{false};
  std::atomic<bool> loaded_{false};
  std::atomic<bool> shut_down_{false};
  HandleCounts handle_counts_;

  base::Mutex channels_mutex_;
  std::set<std::shared_ptr<ChannelState>> channels_ OPENLSA_GUARDED_BY(channels_mutex_);
  Notifier notifier_{*this};  // ends first
};

}  // namespace openlsa::host
