#include "client/sasl/sasl_leg.hpp"

#include <utility>

#include "client/sasl/sasl_cookie.hpp"
#include "client/sasl/sasl_layer.hpp"
#include "client/sasl/sasl_profiles.hpp"

namespace openlsa::client {
namespace {

// A leg that has begun; `next` is the phase that it leaves behind.
class Turn {
 public:
  explicit Turn(SaslContext sasl) : sasl_(std::move(sasl)) { begun_ = sasl_.state && sasl_.state->begin_leg(next); }
  ~Turn() {
    if (begun_) sasl_.state->end_leg(next);
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

  bool begun() const { return begun_; }
  SaslContext& sasl() { return sasl_; }
  // The mechanism has made another context of it.
  void move_to(SaslContext other) {
    other.state->take_over(sasl_.state->options());
    other.state->required = sasl_.state->required;
    sasl_.state->end_leg(SaslPhase::failed);
    sasl_ = std::move(other);
  }

  SaslPhase next = SaslPhase::none;

 private:
  SaslContext sasl_;
  bool begun_ = false;
};

// A block of the mechanism's that the caller is not to have. What the mechanism left as it was is the caller's own.
void drop_token(const SaslLeg& leg) {
  leg.token->cbBuffer = 0;
  if ((leg.requirements & ISC_REQ_ALLOCATE_MEMORY) != 0 && leg.token->pvBuffer != leg.room.pvBuffer)
    FreeContextBuffer(std::exchange(leg.token->pvBuffer, nullptr));
}

PCtxtHandle place_of(const SaslLeg& leg) { return leg.new_context != nullptr ? leg.new_context : leg.context; }

// CompleteAuthToken is the wrapper's to call: the caller sees a token that is ready.
nt::Status complete(const SaslLeg& leg, PCtxtHandle handle, nt::Status status) {
  if (status != SEC_I_COMPLETE_NEEDED && status != SEC_I_COMPLETE_AND_CONTINUE) return status;
  const nt::Status completed = CompleteAuthToken(handle, leg.output);
  if (!nt::succeeded(completed)) {
    drop_token(leg);
    return completed;
  }
  return status == SEC_I_COMPLETE_NEEDED ? nt::Status{SEC_E_OK} : nt::Status{SEC_I_CONTINUE_NEEDED};
}

// The mechanism's leg came back. When it is complete, one more round trip follows: the server's offer, which waits for
// an empty response when the mechanism itself had a last message for the client (RFC 4752, section 3.2).
nt::Status after_mechanism(const SaslLeg& leg, PCtxtHandle handle, Turn& turn, nt::Status status, ULONG attributes) {
  status = complete(leg, handle, status);
  turn.next = nt::succeeded(status) ? SaslPhase::mechanism : SaslPhase::failed;
  turn.sasl().state->attributes = attributes;
  if (status != SEC_E_OK) return status;
  if (!negotiates_layer(*turn.sasl().package)) {
    turn.next = SaslPhase::done;
    return status;
  }
  turn.next = leg.inbound ? SaslPhase::offer : SaslPhase::await_offer;
  if (!leg.inbound || leg.token->cbBuffer != 0) return SEC_I_CONTINUE_NEEDED;
  drop_token(leg);  // the offer takes its place: an empty token may be a block all the same
  return send_offer({leg, handle, turn.sasl(), turn.next});
}

nt::Status first_leg(const SaslLeg& leg) {
  if (leg.new_context == nullptr) return SEC_E_INVALID_PARAMETER;
  CtxtHandle fresh{};
  ULONG attributes = 0;
  nt::Status status = leg.mechanism(nullptr, &fresh, &attributes);
  if (!nt::succeeded(status)) return status;
  {
    Turn turn(find_sasl_context(&fresh));
    if (turn.begun()) add_requirements(*turn.sasl().state, leg);
    status = turn.begun() ? after_mechanism(leg, &fresh, turn, status, attributes) : SEC_E_INTERNAL_ERROR;
    if (nt::succeeded(status) && leg.attributes != nullptr) *leg.attributes = turn.sasl().state->attributes;
  }
  if (nt::succeeded(status))
    *leg.new_context = fresh;
  else
    DeleteSecurityContext(&fresh);
  return status;
}

nt::Status mechanism_leg(const SaslLeg& leg, Turn& turn, CtxtHandle& handle) {
  ULONG attributes = 0;
  const nt::Status status = leg.mechanism(&handle, &handle, &attributes);
  if (!nt::succeeded(status)) return status;
  // At once, whatever becomes of this leg: the old handle is gone, and nobody else knows the new one.
  if (handle.dwLower != leg.context->dwLower || handle.dwUpper != leg.context->dwUpper) *place_of(leg) = handle;
  SaslContext now = find_sasl_context(&handle);
  if (!now.state) return SEC_E_INVALID_HANDLE;
  if (now.state != turn.sasl().state) turn.move_to(std::move(now));
  return after_mechanism(leg, &handle, turn, status, attributes);
}

nt::Status later_leg(const SaslLeg& leg) {
  SaslContext sasl = find_sasl_context(leg.context);
  if (!sasl.state) return SEC_E_INVALID_HANDLE;
  Turn turn(std::move(sasl));
  if (!turn.begun()) return SEC_E_OUT_OF_SEQUENCE;
  CtxtHandle handle = *leg.context;
  nt::Status status = SEC_E_OUT_OF_SEQUENCE;
  const SaslPhase phase = turn.next;
  const SaslStep step{leg, &handle, turn.sasl(), turn.next};
  if (phase == SaslPhase::none) return SEC_E_INVALID_HANDLE;  // "could not be found in the SASL list"
  add_requirements(*turn.sasl().state, leg);
  if (phase == SaslPhase::mechanism)
    status = mechanism_leg(leg, turn, handle);
  else if (phase == SaslPhase::await_offer)
    status = leg.inbound ? SEC_E_INVALID_HANDLE : answer_offer(step);
  else if (phase == SaslPhase::offer)
    status = leg.inbound ? send_offer(step) : SEC_E_INVALID_HANDLE;
  else if (phase == SaslPhase::await_choice)
    status = leg.inbound ? read_choice(step) : SEC_E_INVALID_HANDLE;
  if (!nt::succeeded(status)) return status;
  if (leg.attributes != nullptr) *leg.attributes = turn.sasl().state->attributes;
  *place_of(leg) = handle;
  return status;
}

}  // namespace

nt::Status run_sasl_leg(SaslLeg leg) {
  leg.token = token_buffer(leg.output);
  if (leg.token == nullptr) return SEC_E_INVALID_TOKEN;  // "No token buffer is located in the pOutput parameter"
  leg.room = *leg.token;
  return leg.context == nullptr ? first_leg(leg) : later_leg(leg);
}

}  // namespace openlsa::client
