// One leg of a SASL exchange: the mechanism's own, or the negotiation of the security layer after it.
#pragma once

#include <openlsa/sspi.h>

#include <functional>

#include "nt/status.hpp"

namespace openlsa::client {

struct SaslLeg {
  bool inbound = false;
  PCtxtHandle context = nullptr;
  PSecBufferDesc input = nullptr;
  ULONG requirements = 0;
  PCtxtHandle new_context = nullptr;
  PSecBufferDesc output = nullptr;
  ULONG* attributes = nullptr;
  // InitializeSecurityContext or AcceptSecurityContext: the context or NULL, and where the new one goes.
  std::function<SECURITY_STATUS(PCtxtHandle, PCtxtHandle, ULONG*)> mechanism;
};

nt::Status run_sasl_leg(const SaslLeg& leg);

}  // namespace openlsa::client
