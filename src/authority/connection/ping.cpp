#include "authority/connection/connection.hpp"

namespace openlsa::authority {

seam::PingReply Connection::ping(seam::PingRequest) {
  return {living() != nullptr ? STATUS_SUCCESS : STATUS_ACCESS_DENIED};
}

}  // namespace openlsa::authority
