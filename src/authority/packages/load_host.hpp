// Starts one host and has it load its file; what the host then says of its packages is checked before it is believed.
#pragma once

#include "authority/packages/registry.hpp"

namespace openlsa::authority {

struct LoadHost {
  const Configuration& configuration;
  seam::HostStarter& starter;
  const Registry::Machine& machine;
  RunningCalls& calls;
  RunningCalls::Clock::time_point deadline;
  bool check_only;

  base::OrFailure<RunningHost> run(const std::shared_ptr<HostContext>& context,
                                   std::shared_ptr<seam::SupportCalls> support, std::function<void()> lost,
                                   seam::LoadReply& reply) const;

 private:
  seam::HostSpec spec(const HostContext& context) const;
  seam::LoadRequest request(const HostContext& context) const;
};

}  // namespace openlsa::authority
