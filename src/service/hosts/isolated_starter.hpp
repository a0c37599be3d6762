// Starts a process for each package file. Deadlines and restarts are the authority's (packages/registry).
#pragma once

#include <string>

#include "seam/host_starter.hpp"

namespace openlsa::service {

class IsolatedStarter final : public seam::HostStarter {
 public:
  // `program` is the lsahost to run.
  explicit IsolatedStarter(std::string program) : program_(std::move(program)) {}

  base::OrFailure<std::shared_ptr<seam::PackageHost>> start(const seam::HostSpec& spec,
                                                            std::shared_ptr<seam::SupportCalls> support,
                                                            std::function<void()> lost) override;
  const char* composition() const override { return "isolated"; }

 private:
  const std::string program_;
};

}  // namespace openlsa::service
