#include "client/connection/private_ping.h"

#include "client/c_edge.hpp"
#include "client/connection/current_client.hpp"

using namespace openlsa::client;

extern "C" std::int32_t openlsa_private_ping() {
  return at_edge([]() -> openlsa::nt::Status {
    return CurrentClient().call(&openlsa::seam::AuthorityCalls::ping, {}, STATUS_PORT_DISCONNECTED).status;
  });
}
