// The sandbox of a host, put on before the package is loaded, so that its constructors run inside: its own uid, no
// groups, no capabilities, no_new_privs, not dumpable, Landlock, seccomp. Each step fails closed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace openlsa::service {

struct SandboxSpec {
  std::uint32_t uid = 0;  // 0: keep the identity (a plain user's authority cannot change it)
  std::uint32_t gid = 0;
  std::string package_directory;  // read and execute
  std::string state_directory;    // read and write
  bool network = false;
  std::vector<std::string> service_directories;  // whose sockets the host may connect to (HostSpec)
};

base::OrFailure<> enter_sandbox(const SandboxSpec& spec);

// The steps, in this order.
base::OrFailure<> take_identity(std::uint32_t uid, std::uint32_t gid);
base::OrFailure<> restrict_process();
// Kernels without Landlock leave the other layers; a warning says so.
base::OrFailure<> restrict_files(const SandboxSpec& spec);
base::OrFailure<> restrict_system_calls(const SandboxSpec& spec);

}  // namespace openlsa::service
