// The body of lsahost: a sandbox, a channel to the authority, one package file.
#pragma once

#include <string>

#include "service/sandbox/sandbox.hpp"

namespace openlsa::service {

struct HostProcessSpec {
  std::string name;
  SandboxSpec sandbox;
  int channel = 3;  // descriptor of the channel to the authority
};

// Serves until the channel ends, then leaves the process; the failure says why it could not begin.
base::OrFailure<> run_host_process(const HostProcessSpec& spec);

}  // namespace openlsa::service
