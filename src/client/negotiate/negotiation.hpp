// What the two sides of a negotiation have in common: how far it is, the mechanism in hand, and mechListMIC.
#pragma once

#include <optional>

#include "client/negotiate/mechanism.hpp"
#include "client/negotiate/neg_token.hpp"

namespace openlsa::client::negotiate {

// Calls of one side; any mechanism that is known needs fewer.
inline constexpr unsigned max_legs = 16;

struct Turn {
  nt::Status status = SEC_E_INVALID_TOKEN;
  base::Bytes token;  // for the peer; after a failure the refusal that tells it so
};

enum class Progress : std::uint8_t { none, optimistic, in_progress, direct, complete };

class Negotiation {
 public:
  Negotiation(std::vector<Offer> offers, MechanismSource& source) : offers_(std::move(offers)), source_(source) {}
  virtual ~Negotiation() = default;
  Negotiation(const Negotiation&) = delete;
  Negotiation& operator=(const Negotiation&) = delete;

  // One leg of this side. After a failure every further one is out of sequence.
  Turn step(base::ByteView input);

  Progress progress() const { return progress_; }
  // The candidate in hand; nothing before there is one.
  std::optional<std::size_t> candidate() const { return mechanism_ ? std::optional(candidate_) : std::nullopt; }

 protected:
  virtual Turn next(base::ByteView input) = 0;

  std::unique_ptr<Mechanism> begin(std::size_t candidate) { return source_.start(candidate); }
  void take(std::size_t candidate, std::unique_ptr<Mechanism> mechanism) {
    candidate_ = candidate;
    mechanism_ = std::move(mechanism);
    mechanism_done_ = false;
  }
  // A leg of the mechanism: a token that it does not wait for, or none where it does, is the peer's mistake.
  Mechanism::Leg advance(base::ByteView token);

  // RFC 4178, section 5. Neither makes anything of a mechanism that is not done: SEC_E_INVALID_TOKEN.
  nt::Status sign_list(base::Bytes& mic);
  nt::Status verify_list(base::ByteView mic);
  bool can_sign() const { return mechanism_done_ && mechanism_->has_integrity(); }

  Mechanism& mechanism() { return *mechanism_; }
  Turn finish(base::Bytes token) {
    progress_ = Progress::complete;
    return {SEC_E_OK, std::move(token)};
  }

  std::vector<Offer> offers_;
  base::Bytes mechanism_list_;  // of the initiator, as it was sent
  Progress progress_ = Progress::none;
  bool mechanism_done_ = false;
  bool mic_required_ = false;
  bool mic_sent_ = false;
  bool mic_verified_ = false;

 private:
  MechanismSource& source_;
  std::unique_ptr<Mechanism> mechanism_;
  std::size_t candidate_ = 0;
  unsigned legs_ = 0;
  bool over_ = false;
};

}  // namespace openlsa::client::negotiate
