#include "host/local_host.hpp"

#include <unistd.h>

namespace openlsa::host {
namespace {

class LocalHost final : public seam::PackageHost {
 public:
  LocalHost(std::shared_ptr<Runtime> runtime, const LocalStarter::OpenChannel& open_channel)
      : runtime_(std::move(runtime)), open_channel_(open_channel) {}

#define OPENLSA_FORWARD(number, function, Message, permission, duration)   \
  seam::Message##Reply function(seam::Message##Request request) override { \
    return runtime_->function(std::move(request));                         \
  }
  OPENLSA_PACKAGE_CALLS(OPENLSA_FORWARD)
#undef OPENLSA_FORWARD

  seam::ChannelEnd open_channel(const seam::ClientView& view, seam::PackageId package) override {
    return open_channel_(runtime_, view, package);
  }
  std::uint32_t process_id() const override { return static_cast<std::uint32_t>(::getpid()); }
  // There is no process of its own to end: a package that hangs here hangs with its callers.
  void kill() override {}
  bool isolated() const override { return false; }

 private:
  std::shared_ptr<Runtime> runtime_;
  const LocalStarter::OpenChannel& open_channel_;
};

}  // namespace

base::OrFailure<std::shared_ptr<seam::PackageHost>> LocalStarter::start(const seam::HostSpec&,
                                                                        std::shared_ptr<seam::SupportCalls> support,
                                                                        std::function<void()>) {
  Options options;
  options.channel_ended = channel_ended_;
  auto runtime = std::make_shared<Runtime>(std::move(support), std::move(options));
  return std::make_shared<LocalHost>(std::move(runtime), open_channel_);
}

}  // namespace openlsa::host
