// What SPNEGO drives: one context of one mechanism, and where contexts come from.
#pragma once

#include <memory>
#include <vector>

#include "base/bytes.hpp"
#include "nt/status.hpp"

namespace openlsa::client::negotiate {

class Mechanism {
 public:
  struct Leg {
    nt::Status status = SEC_E_INTERNAL_ERROR;  // SEC_E_OK, SEC_I_CONTINUE_NEEDED or a failure
    base::Bytes token;                         // for the peer; of a failure too, where the mechanism made one
  };

  Mechanism() = default;
  virtual ~Mechanism() = default;
  Mechanism(const Mechanism&) = delete;
  Mechanism& operator=(const Mechanism&) = delete;

  // One leg; an empty token is none.
  virtual Leg step(base::ByteView token) = 0;
  // Whether the finished context signs.
  virtual bool has_integrity() const = 0;
  // Over MechTypeList, with sequence number 0 and the default quality of protection.
  virtual nt::Status make_mic(base::ByteView mechanism_list, base::Bytes& mic) = 0;
  virtual nt::Status verify_mic(base::ByteView mechanism_list, base::ByteView mic) = 0;
};

// A mechanism of this side, in the order of preference. Several identifiers may name one mechanism.
struct Offer {
  base::Bytes identifier;
  std::size_t candidate = 0;
};

class MechanismSource {
 public:
  virtual ~MechanismSource() = default;
  // A new context; no leg is made yet.
  virtual std::unique_ptr<Mechanism> start(std::size_t candidate) = 0;
};

}  // namespace openlsa::client::negotiate
