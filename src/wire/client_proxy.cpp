#include "wire/proxy_method.hpp"

namespace openlsa::wire {

#define OPENLSA_PROXY_CLASS ClientProxy
OPENLSA_CLIENT_CALLS(OPENLSA_PROXY_BODY)

}  // namespace openlsa::wire
