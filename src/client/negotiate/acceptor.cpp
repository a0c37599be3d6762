#include "client/negotiate/acceptor.hpp"

#include <algorithm>

#include "client/negotiate/object_identifier.hpp"

namespace openlsa::client::negotiate {
namespace {

constexpr nt::Status bad_token = SEC_E_INVALID_TOKEN;

// [MS-NLMP] 2.2.1: Signature.
constexpr std::uint8_t ntlm_signature[] = {'N', 'T', 'L', 'M', 'S', 'S', 'P', 0};

bool begins_with(base::ByteView bytes, base::ByteView wanted) {
  return bytes.size() >= wanted.size() && base::equal(bytes.first(wanted.size()), wanted);
}

bool is_empty(const std::optional<base::ByteView>& member) { return member && member->empty(); }

}  // namespace

Turn Acceptor::next(base::ByteView input) {
  switch (phase_) {
    case Phase::start:
      if (input.empty()) return send_hints();
      if (const auto candidate = direct_candidate(input)) {
        take(*candidate, begin(*candidate));
        phase_ = Phase::direct;
        progress_ = Progress::direct;
        return direct(input);
      }
      return begin_negotiation(input);
    case Phase::hinted:
      return begin_negotiation(input);
    case Phase::direct:
      return direct(input);
    case Phase::mechanism:
    case Phase::last_mic:
      return continue_negotiation(input);
  }
  return {bad_token, {}};
}

// [MS-SPNG] 3.2.5.2: a server that speaks first says what it has.
Turn Acceptor::send_hints() {
  std::vector<base::ByteView> identifiers;
  for (const Offer& offer : offers_) identifiers.push_back(offer.identifier);
  if (identifiers.empty()) return {SEC_E_NO_CREDENTIALS, {}};
  phase_ = Phase::hinted;
  return {SEC_I_CONTINUE_NEEDED, write_neg_hints(make_mechanism_list(identifiers))};
}

// Only the first token opens these doors: [MS-SPNG] 3.3.5.2 and 3.3.5.3 begin with them.
std::optional<std::size_t> Acceptor::direct_candidate(base::ByteView token) const {
  if (begins_with(token, ntlm_signature)) return ntlm_;
  const auto identifier = identifier_of_initial_token(token);
  if (!identifier) return std::nullopt;
  for (const Offer& offer : offers_)
    if (base::equal(offer.identifier, *identifier)) return offer.candidate;
  return std::nullopt;
}

Turn Acceptor::direct(base::ByteView token) {
  if (token.empty()) return {bad_token, {}};
  Mechanism::Leg leg = mechanism().step(token);
  return {leg.status, std::move(leg.token)};
}

Turn Acceptor::begin_negotiation(base::ByteView token) {
  const auto init = read_neg_token_init(token);
  // mechListMIC in the first token is one of a mechanism that cannot be done yet.
  if (!init || init->mic || init->has_hints || is_empty(init->token)) return {bad_token, {}};
  const Offer* chosen = nullptr;
  std::size_t place = 0;
  for (; chosen == nullptr && place < init->mechanisms.size(); ++place)
    for (const Offer& offer : offers_)
      if (base::equal(offer.identifier, init->mechanisms[place])) chosen = &offer;
  if (chosen == nullptr) return refuse(bad_token);
  // The initiator's token is for its first mechanism; another name of the same one does as well.
  mechanism_list_ = base::to_bytes(init->mechanism_list);
  selected_ = chosen->identifier;
  take(chosen->candidate, begin(chosen->candidate));
  phase_ = Phase::mechanism;
  progress_ = Progress::in_progress;
  mic_required_ = place != 1;
  if (mic_required_) return reply(NegState::request_mic);
  return init->token ? run(*init->token, std::nullopt) : reply(NegState::accept_incomplete);
}

Turn Acceptor::continue_negotiation(base::ByteView token) {
  const auto response = read_neg_token_resp(token);
  if (!response || response->mechanism || is_empty(response->token) || is_empty(response->mic))
    return refuse(bad_token);
  if (response->state == NegState::reject) return {SEC_E_LOGON_DENIED, {}};
  if (response->state == NegState::request_mic) return refuse(bad_token);
  if (phase_ == Phase::last_mic) return check_last_mic(*response);
  return response->token ? run(*response->token, response->mic) : refuse(bad_token);
}

Turn Acceptor::run(base::ByteView token, const std::optional<base::ByteView>& mic) {
  Mechanism::Leg leg = advance(token);
  if (!nt::succeeded(leg.status)) return refuse(leg.status, leg.token);
  if (mechanism_done_) return after_last_leg(std::move(leg.token), mic);
  return mic ? refuse(bad_token) : reply(NegState::accept_incomplete, leg.token);
}

// RFC 4178, section 5: the initiator's mechListMIC came with its last token, and is answered; or this side's goes with
// its own last token, and the initiator's is still to come.
Turn Acceptor::after_last_leg(base::Bytes token, const std::optional<base::ByteView>& mic) {
  if (mic_required_ && !can_sign()) return refuse(SEC_E_QOP_NOT_SUPPORTED);
  if (mic)
    if (const nt::Status status = verify_list(*mic); !nt::succeeded(status)) return refuse(status);
  const bool spoke_last = !token.empty();
  if (mic_required_ && !mic && !spoke_last) return refuse(SEC_E_MESSAGE_ALTERED);
  if (!mic && !mic_required_) {
    Turn last = reply(NegState::accept_completed, token);
    return finish(std::move(last.token));
  }
  base::Bytes own;
  if (const nt::Status status = sign_list(own); !nt::succeeded(status)) return refuse(status);
  if (!mic) {
    phase_ = Phase::last_mic;
    return reply(NegState::accept_incomplete, token, own);
  }
  Turn last = reply(NegState::accept_completed, token, own);
  return finish(std::move(last.token));
}

Turn Acceptor::check_last_mic(const NegTokenResp& response) {
  if (response.token) return refuse(bad_token);
  if (!response.mic) return refuse(SEC_E_MESSAGE_ALTERED);
  if (const nt::Status status = verify_list(*response.mic); !nt::succeeded(status)) return refuse(status);
  Turn last = reply(NegState::accept_completed);
  return finish(std::move(last.token));
}

Turn Acceptor::reply(NegState state, base::ByteView token, base::ByteView mic) {
  NegTokenResp response;
  response.state = state;
  if (!selected_.empty()) response.mechanism = selected_;
  if (!token.empty()) response.token = token;
  if (!mic.empty()) response.mic = mic;
  base::Bytes bytes = write_neg_token_resp(response);
  selected_.clear();
  return {SEC_I_CONTINUE_NEEDED, std::move(bytes)};
}

// With what the mechanism has to say about it, a KRB-ERROR for example.
Turn Acceptor::refuse(nt::Status status, base::ByteView token) {
  Turn turn = reply(NegState::reject, token);
  turn.status = status;
  return turn;
}

}  // namespace openlsa::client::negotiate
