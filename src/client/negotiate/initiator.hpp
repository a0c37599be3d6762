// The initiator's side of SPNEGO: an optimistic first token, the mechanism that the acceptor selects, and mechListMIC.
#pragma once

#include "client/negotiate/negotiation.hpp"

namespace openlsa::client::negotiate {

class Initiator final : public Negotiation {
 public:
  using Negotiation::Negotiation;

 private:
  enum class Phase : std::uint8_t { start, first_reply, mechanism };

  Turn next(base::ByteView input) override;
  Turn start(base::ByteView hints);
  Turn continue_with(const NegTokenResp& reply);
  nt::Status select(const NegTokenResp& reply);
  Turn refused(const NegTokenResp& reply);
  Turn complete(const NegTokenResp& reply, bool has_answer);
  Turn answer(const NegTokenResp& reply, base::Bytes token, bool was_done);

  Phase phase_ = Phase::start;
  bool reselected_ = false;
};

}  // namespace openlsa::client::negotiate
