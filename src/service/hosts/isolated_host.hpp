// One lsahost process, as the authority sees it.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "seam/host_starter.hpp"
#include "wire/mux_channel.hpp"
#include "wire/proxy.hpp"

namespace openlsa::service {

class IsolatedHost final : public seam::PackageHost {
 public:
  // `pidfd` names the process for as long as this lives, so that a reused id is never killed.
  IsolatedHost(std::uint32_t process_id, base::UniqueFd pidfd, base::UniqueFd socket, std::string name,
               std::shared_ptr<seam::SupportCalls> support, std::function<void()> lost);
  ~IsolatedHost() override;

#define OPENLSA_FORWARD(number, function, Message, permission, duration) \
  seam::Message##Reply function(seam::Message##Request request) override { return proxy_.function(std::move(request)); }
  OPENLSA_PACKAGE_CALLS(OPENLSA_FORWARD)
#undef OPENLSA_FORWARD

  seam::ChannelEnd open_channel(const seam::ClientView& view, seam::PackageId package) override;
  std::uint32_t process_id() const override { return process_id_; }
  void kill() override;
  std::string how_it_ended() const override;
  bool isolated() const override { return true; }

  void start() { channel_.start(); }

 private:
  bool answer(std::uint16_t method, wire::Message& request, wire::Message& reply);

  const std::uint32_t process_id_;
  const base::UniqueFd pidfd_;
  const std::string name_;
  const std::shared_ptr<seam::SupportCalls> support_;
  wire::MuxChannel channel_;
  wire::PackageProxy proxy_{channel_};
};

}  // namespace openlsa::service
