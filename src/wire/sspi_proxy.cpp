#include "wire/proxy_method.hpp"

namespace openlsa::wire {

#define OPENLSA_PROXY_CLASS SspiProxy
OPENLSA_SSPI_CALLS(OPENLSA_PROXY_BODY)

}  // namespace openlsa::wire
