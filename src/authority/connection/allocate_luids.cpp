// AllocateLocallyUniqueId, several at a time.
#include "authority/connection/connection.hpp"

namespace openlsa::authority {
namespace {

constexpr std::uint32_t max_luids = 4096;

}  // namespace

seam::AllocateLuidsReply Connection::allocate_luids(seam::AllocateLuidsRequest request) {
  seam::AllocateLuidsReply reply;
  if (living() == nullptr) {
    reply.status = STATUS_ACCESS_DENIED;
  } else if (request.count == 0 || request.count > max_luids) {
    reply.status = STATUS_INVALID_PARAMETER;
  } else {
    reply.first = authority_.sessions().allocate(request.count);
    reply.count = request.count;
  }
  return reply;
}

}  // namespace openlsa::authority
