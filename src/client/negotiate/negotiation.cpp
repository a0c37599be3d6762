#include "client/negotiate/negotiation.hpp"

namespace openlsa::client::negotiate {

Turn Negotiation::step(base::ByteView input) {
  if (over_) return {SEC_E_OUT_OF_SEQUENCE, {}};
  Turn turn{SEC_E_INVALID_TOKEN, {}};
  if (legs_++ < max_legs) turn = next(input);
  over_ = turn.status != SEC_I_CONTINUE_NEEDED;
  return turn;
}

Mechanism::Leg Negotiation::advance(base::ByteView token) {
  if (mechanism_done_) return {SEC_E_INVALID_TOKEN, {}};
  Mechanism::Leg leg = mechanism_->step(token);
  if (leg.status == SEC_I_CONTINUE_NEEDED && leg.token.empty())
    leg.status = SEC_E_INTERNAL_ERROR;  // nobody could go on
  mechanism_done_ = leg.status == SEC_E_OK;
  return leg;
}

nt::Status Negotiation::sign_list(base::Bytes& mic) {
  if (!can_sign() || mic_sent_) return SEC_E_INVALID_TOKEN;
  const nt::Status status = mechanism_->make_mic(mechanism_list_, mic);
  mic_sent_ = nt::succeeded(status);
  return status;
}

nt::Status Negotiation::verify_list(base::ByteView mic) {
  if (!can_sign() || mic_verified_) return SEC_E_INVALID_TOKEN;
  const nt::Status status = mechanism_->verify_mic(mechanism_list_, mic);
  mic_verified_ = nt::succeeded(status);
  return status;
}

}  // namespace openlsa::client::negotiate
