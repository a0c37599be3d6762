// The body of lsad: an authority, its hosts, its socket.
#pragma once

#include <string>

#include "authority/policy/configuration.hpp"

namespace openlsa::service {

struct DaemonSpec {
  authority::Configuration configuration;
  std::string host_program;  // lsahost
  // Descriptor that gets one byte when clients can connect, and is closed; -1: none.
  int ready_descriptor = -1;
};

// Serves until SIGTERM or SIGINT.
base::OrFailure<> run_daemon(DaemonSpec spec);

}  // namespace openlsa::service
