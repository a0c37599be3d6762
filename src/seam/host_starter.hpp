// How a composition brings packages to life: the isolated one starts a process, the others load in place.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "seam/package_calls.hpp"
#include "seam/support_calls.hpp"

namespace openlsa::seam {

struct HostSpec {
  HostId id;
  std::string name;  // of the drop-in; for messages
  std::string path;  // the root-owned copy of the file
  std::string state_directory;
  std::uint32_t uid = 0;  // of the host, when the authority runs as root
  std::uint32_t gid = 0;
  bool network = false;  // a right of the drop-in
  // Directories with services of this machine whose sockets the host may use: winbind's, of the domain door alone.
  std::vector<std::string> service_directories;
};

// The client's end of a new channel: a socket, or an endpoint in this process.
struct ChannelEnd {
  nt::Status status = 0;
  base::UniqueFd socket;
  bool in_process = false;
};

// One running host.
class PackageHost : public PackageCalls {
 public:
  // Makes a channel for the client and gives its host the other end.
  virtual ChannelEnd open_channel(const ClientView& view, PackageId package) = 0;
  virtual std::uint32_t process_id() const = 0;
  // Ends the process at once, if it has one of its own.
  virtual void kill() = 0;
  virtual bool isolated() const = 0;
  // Of a host that is lost, for people: "crashed by signal 11 (Segmentation fault)".
  virtual std::string how_it_ended() const { return "ended"; }
};

class HostStarter {
 public:
  virtual ~HostStarter() = default;
  // `support` answers the host's calls and outlives it; `lost` is called once, on any thread, when the host's
  // process is gone (never from inside a call of this interface).
  virtual base::OrFailure<std::shared_ptr<PackageHost>> start(const HostSpec& spec,
                                                              std::shared_ptr<SupportCalls> support,
                                                              std::function<void()> lost) = 0;
  virtual const char* composition() const = 0;  // "isolated", "in-authority", "embedded"
};

}  // namespace openlsa::seam
