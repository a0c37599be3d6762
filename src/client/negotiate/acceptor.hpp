// The acceptor's side of SPNEGO, and the two doors beside it: raw NTLM, and initial tokens of a mechanism's own
// framing.
#pragma once

#include "client/negotiate/negotiation.hpp"

namespace openlsa::client::negotiate {

class Acceptor final : public Negotiation {
 public:
  // `ntlm`: the candidate that takes raw NTLM messages, if there is one.
  Acceptor(std::vector<Offer> offers, MechanismSource& source, std::optional<std::size_t> ntlm)
      : Negotiation(std::move(offers), source), ntlm_(ntlm) {}

 private:
  enum class Phase : std::uint8_t { start, hinted, direct, mechanism, last_mic };

  Turn next(base::ByteView input) override;
  Turn send_hints();
  std::optional<std::size_t> direct_candidate(base::ByteView token) const;
  Turn direct(base::ByteView token);
  Turn begin_negotiation(base::ByteView token);
  Turn continue_negotiation(base::ByteView token);
  Turn run(base::ByteView token, const std::optional<base::ByteView>& mic);
  Turn after_last_leg(base::Bytes token, const std::optional<base::ByteView>& mic);
  Turn check_last_mic(const NegTokenResp& response);
  Turn reply(NegState state, base::ByteView token = {}, base::ByteView mic = {});
  Turn refuse(nt::Status status, base::ByteView token = {});

  const std::optional<std::size_t> ntlm_;
  Phase phase_ = Phase::start;
  base::Bytes selected_;  // its identifier, for the first reply alone
};

}  // namespace openlsa::client::negotiate
