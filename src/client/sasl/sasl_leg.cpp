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
    sasl_.state->end_leg(SaslPhase::failed);
    sasl_ = std::move(other);
  }

  SaslPhase next = SaslPhase::none;

 private:
  SaslContext sasl_;
  bool begun_ = false;
};

// A leg that fails hands out no block.
void drop_token(const SaslLeg& leg) {
  SecBuffer& output = *token_buffer(leg.output);
  output.cbBuffer = 0;
  if ((leg.requirements & ISC_REQ_ALLOCATE_MEMORY) != 0) FreeContextBuffer(std::exchange(output.pvBuffer, nullptr));
}

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
nt::Status after_mechanism(const SaslLeg& leg, PCtxtHandle handle, Turn& turn, SecBuffer room, nt::Status status,
                           ULONG attributes) {
  status = complete(leg, handle, status);
  turn.next = nt::succeeded(status) ? SaslPhase::mechanism : SaslPhase::failed;
  turn.sasl().state->attributes = attributes;
  if (status != SEC_E_OK) return status;
  if (!negotiates_layer(*turn.sasl().package)) {
    turn.next = SaslPhase::done;
    return status;
  }
  turn.next = leg.inbound ? SaslPhase::offer : SaslPhase::await_offer;
  SecBuffer& output = *token_buffer(leg.output);
  if (!leg.inbound || output.cbBuffer != 0) return SEC_I_CONTINUE_NEEDED;
  return send_offer({leg, handle, turn.sasl(), room, turn.next});
}

nt::Status first_leg(const SaslLeg& leg, SecBuffer room) {
  if (leg.new_context == nullptr) return SEC_E_INVALID_PARAMETER;
  CtxtHandle fresh{};
  ULONG attributes = 0;
  nt::Status status = leg.mechanism(nullptr, &fresh, &attributes);
  if (!nt::succeeded(status)) return status;
  {
    Turn turn(find_sasl_context(&fresh));
    status = turn.begun() ? after_mechanism(leg, &fresh, turn, room, status, attributes) : SEC_E_INTERNAL_ERROR;
    if (nt::succeeded(status) && leg.attributes != nullptr) *leg.attributes = turn.sasl().state->attributes;
  }
  if (nt::succeeded(status))
    *leg.new_context = fresh;
  else
    DeleteSecurityContext(&fresh);
  return status;
}

nt::Status mechanism_leg(const SaslLeg& leg, Turn& turn, CtxtHandle& handle, SecBuffer room) {
  ULONG attributes = 0;
  const nt::Status status = leg.mechanism(&handle, &handle, &attributes);
  if (!nt::succeeded(status)) return status;
  SaslContext now = find_sasl_context(&handle);
  if (!now.state) return SEC_E_INVALID_HANDLE;
  if (now.state != turn.sasl().state) turn.move_to(std::move(now));
  return after_mechanism(leg, &handle, turn, room, status, attributes);
}

nt::Status later_leg(const SaslLeg& leg, SecBuffer room) {
  SaslContext sasl = find_sasl_context(leg.context);
  if (!sasl.state) return SEC_E_INVALID_HANDLE;
  Turn turn(std::move(sasl));
  if (!turn.begun()) return SEC_E_OUT_OF_SEQUENCE;
  CtxtHandle handle = *leg.context;
  nt::Status status = SEC_E_OUT_OF_SEQUENCE;
  const SaslPhase phase = turn.next;
  const SaslStep step{leg, &handle, turn.sasl(), room, turn.next};
  if (phase == SaslPhase::none) return SEC_E_INVALID_HANDLE;  // "could not be found in the SASL list"
  if (phase == SaslPhase::mechanism)
    status = mechanism_leg(leg, turn, handle, room);
  else if (phase == SaslPhase::await_offer)
    status = leg.inbound ? SEC_E_INVALID_HANDLE : answer_offer(step);
  else if (phase == SaslPhase::offer)
    status = leg.inbound ? send_offer(step) : SEC_E_INVALID_HANDLE;
  else if (phase == SaslPhase::await_choice)
    status = leg.inbound ? read_choice(step) : SEC_E_INVALID_HANDLE;
  if (!nt::succeeded(status)) return status;
  if (leg.attributes != nullptr) *leg.attributes = turn.sasl().state->attributes;
  *(leg.new_context != nullptr ? leg.new_context : leg.context) = handle;
  return status;
}

}  // namespace

nt::Status run_sasl_leg(const SaslLeg& leg) {
  const SecBuffer* const output = token_buffer(leg.output);
  if (output == nullptr) return SEC_E_INVALID_TOKEN;  // "No token buffer is located in the pOutput parameter"
  return leg.context == nullptr ? first_leg(leg, *output) : later_leg(leg, *output);
}

}  // namespace openlsa::client
