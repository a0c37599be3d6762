// AllocateLocallyUniqueId in a host, several at a time.
#include "authority/authority.hpp"
#include "authority/support/host_support.hpp"

namespace openlsa::authority {
namespace {

constexpr std::uint32_t max_luids = 4096;

}  // namespace

seam::HostAllocateLuidsReply HostSupport::host_allocate_luids(seam::HostAllocateLuidsRequest request) {
  seam::HostAllocateLuidsReply reply;
  if (request.count == 0 || request.count > max_luids) {
    reply.status = STATUS_INVALID_PARAMETER;
  } else {
    reply.first = authority_.sessions().allocate(request.count);
    reply.count = request.count;
  }
  return reply;
}

}  // namespace openlsa::authority
