// The negotiation of the security layer (RFC 4752): the server's offer, the client's choice.
#pragma once

#include "client/sasl/sasl_context.hpp"
#include "client/sasl/sasl_leg.hpp"

namespace openlsa::client {

// A context whose mechanism is complete; `next` is the phase after this step.
struct SaslStep {
  const SaslLeg& leg;
  PCtxtHandle handle;
  SaslContext& sasl;
  SaslPhase& next;
};

// What the caller requires of the layer: of all legs, as the last one's flags alone would take a demand back.
void add_requirements(SaslState& state, const SaslLeg& leg);

// Server. SEC_I_CONTINUE_NEEDED with the offer; SEC_E_BUFFER_TOO_SMALL, and it can be asked for again.
nt::Status send_offer(const SaslStep& step);
// Server. SEC_E_OK: the client's choice is one of those offered.
nt::Status read_choice(const SaslStep& step);
// Client. SEC_E_OK with the choice for the server.
nt::Status answer_offer(const SaslStep& step);

}  // namespace openlsa::client
