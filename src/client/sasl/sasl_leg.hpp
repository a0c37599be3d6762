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
  // run_sasl_leg finds them before the mechanism runs, which may give the buffer another type: the output's token
  // buffer, and what the caller had in it.
  SecBuffer* token = nullptr;
  SecBuffer room{};
};

nt::Status run_sasl_leg(SaslLeg leg);

}  // namespace openlsa::client
