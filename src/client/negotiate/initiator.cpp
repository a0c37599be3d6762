#include "client/negotiate/initiator.hpp"

#include <algorithm>

#include "client/negotiate/fallback.hpp"

namespace openlsa::client::negotiate {
namespace {

constexpr nt::Status bad_token = SEC_E_INVALID_TOKEN;

bool has_bytes(const std::optional<base::ByteView>& member) { return member && !member->empty(); }
bool is_empty(const std::optional<base::ByteView>& member) { return member && member->empty(); }

}  // namespace

Turn Initiator::next(base::ByteView input) {
  if (phase_ == Phase::start) return start(input);
  const auto reply = read_neg_token_resp(input);
  if (!reply || is_empty(reply->token) || is_empty(reply->mic)) return {bad_token, {}};
  if (reply->state == NegState::reject) return refused(*reply);
  if (const nt::Status status = select(*reply); status != SEC_E_OK) return {status, {}};
  return continue_with(*reply);
}

// The acceptor may have spoken first (NegTokenInit2). What it offers there is not protected, so it decides nothing.
Turn Initiator::start(base::ByteView hints) {
  if (!hints.empty() && !read_neg_token_init(hints)) return {bad_token, {}};
  nt::Status status = SEC_E_NO_CREDENTIALS;
  while (!offers_.empty()) {
    const std::size_t candidate = offers_.front().candidate;
    take(candidate, begin(candidate));
    Mechanism::Leg leg = advance({});
    if (nt::succeeded(leg.status) && !leg.token.empty()) {
      std::vector<base::ByteView> identifiers;
      for (const Offer& offer : offers_) identifiers.push_back(offer.identifier);
      mechanism_list_ = make_mechanism_list(identifiers);
      phase_ = Phase::first_reply;
      progress_ = Progress::optimistic;
      return {SEC_I_CONTINUE_NEEDED, write_neg_token_init(mechanism_list_, leg.token)};
    }
    status = nt::succeeded(leg.status) ? nt::Status{SEC_E_INTERNAL_ERROR} : leg.status;
    if (!allows_another_mechanism(status)) break;
    std::erase_if(offers_, [&](const Offer& offer) { return offer.candidate == candidate; });
  }
  return {status, {}};
}

// RFC 4178, 4.2.2: the first reply names the mechanism, and only it may ask for mechListMIC.
nt::Status Initiator::select(const NegTokenResp& reply) {
  const bool first = phase_ == Phase::first_reply;
  reselected_ = false;
  if (!first && reply.state == NegState::request_mic) return bad_token;
  if (!reply.mechanism) return first ? bad_token : nt::Status{SEC_E_OK};
  const auto chosen = std::find_if(offers_.begin(), offers_.end(),
                                   [&](const Offer& offer) { return base::equal(offer.identifier, *reply.mechanism); });
  if (chosen == offers_.end()) return bad_token;
  const bool same = chosen->candidate == candidate();
  if (!first) return same ? nt::Status{SEC_E_OK} : bad_token;
  phase_ = Phase::mechanism;
  progress_ = Progress::in_progress;
  mic_required_ = !same || reply.state == NegState::request_mic;
  if (same) return SEC_E_OK;
  // The acceptor has seen no token of this mechanism yet, so it has none either.
  if (reply.token || reply.mic || reply.state == NegState::accept_completed) return bad_token;
  take(chosen->candidate, begin(chosen->candidate));
  reselected_ = true;
  return SEC_E_OK;
}

// The mechanism may know better what was wrong.
Turn Initiator::refused(const NegTokenResp& reply) {
  if (has_bytes(reply.token) && !mechanism_done_)
    if (const Mechanism::Leg leg = advance(*reply.token); !nt::succeeded(leg.status)) return {leg.status, {}};
  return {SEC_E_LOGON_DENIED, {}};
}

Turn Initiator::continue_with(const NegTokenResp& reply) {
  const bool was_done = mechanism_done_;
  if (was_done ? reply.token.has_value() : !reply.token && !reselected_) return {bad_token, {}};
  base::Bytes token;
  if (!was_done) {
    Mechanism::Leg leg = advance(reply.token.value_or(base::ByteView()));
    if (!nt::succeeded(leg.status)) return {leg.status, {}};
    token = std::move(leg.token);
  }
  if (reply.mic) {
    if (!mechanism_done_) return {bad_token, {}};
    if (const nt::Status status = verify_list(*reply.mic); !nt::succeeded(status)) return {status, {}};
  }
  if (reply.state == NegState::accept_completed) return complete(reply, !token.empty());
  return answer(reply, std::move(token), was_done);
}

Turn Initiator::complete(const NegTokenResp& reply, bool has_answer) {
  if (!mechanism_done_ || has_answer) return {bad_token, {}};
  if (mic_required_ && !reply.mic && !mic_verified_) return {SEC_E_MESSAGE_ALTERED, {}};
  return finish({});
}

// RFC 4178, section 5: mechListMIC goes with this side's last token, or answers the acceptor's.
Turn Initiator::answer(const NegTokenResp& reply, base::Bytes token, bool was_done) {
  NegTokenResp response;
  base::Bytes mic;
  if (mechanism_done_) {
    const bool due = !mic_sent_ && (!was_done || reply.mic || reply.state == NegState::request_mic);
    if (!due || (token.empty() && !can_sign())) return {bad_token, {}};
    if (mic_required_ && !can_sign()) return {SEC_E_QOP_NOT_SUPPORTED, {}};
    if (can_sign()) {
      if (const nt::Status status = sign_list(mic); !nt::succeeded(status)) return {status, {}};
      response.mic = mic;
    }
  }
  if (!token.empty()) response.token = token;
  return {SEC_I_CONTINUE_NEEDED, write_neg_token_resp(response)};
}

}  // namespace openlsa::client::negotiate
