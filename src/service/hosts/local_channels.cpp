#include "service/hosts/local_channels.hpp"

#include <sys/socket.h>

namespace openlsa::service {

std::unique_ptr<host::LocalStarter> make_in_authority_starter(std::shared_ptr<ChannelServer> channels) {
  const auto open = [channels](const std::shared_ptr<host::Runtime>& runtime, const seam::ClientView& view,
                               seam::PackageId package) -> seam::ChannelEnd {
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
      return {.status = STATUS_NO_MEMORY, .socket = {}};
    base::UniqueFd client_end(ends[0]);
    const nt::Status status = channels->serve(runtime, view, package, base::UniqueFd(ends[1]));
    if (!nt::succeeded(status)) return {.status = status, .socket = {}};
    return {.status = status, .socket = std::move(client_end)};
  };
  return std::make_unique<host::LocalStarter>("in-authority", open,
                                              [channels](seam::ChannelId channel) { channels->end(channel); });
}

}  // namespace openlsa::service
