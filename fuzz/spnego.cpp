// Tokens of SPNEGO, read and written, and legs of both engines over a mechanism that takes anything.
#include "client/negotiate/acceptor.hpp"
#include "client/negotiate/initiator.hpp"
#include "client/negotiate/object_identifier.hpp"
#include "fuzz/fuzz.hpp"

using namespace openlsa;
using namespace openlsa::client::negotiate;

namespace {

// Done with the first token that has an even first octet; its signature is one octet.
class AnyMechanism final : public Mechanism {
 public:
  Leg step(base::ByteView token) override {
    const bool done = !token.empty() && token[0] % 2 == 0;
    return {done ? nt::Status{SEC_E_OK} : nt::Status{SEC_I_CONTINUE_NEEDED}, {1}};
  }
  bool has_integrity() const override { return true; }
  nt::Status make_mic(base::ByteView, base::Bytes& mic) override {
    mic = {7};
    return SEC_E_OK;
  }
  nt::Status verify_mic(base::ByteView, base::ByteView mic) override {
    return base::equal(mic, base::Bytes{7}) ? nt::Status{SEC_E_OK} : nt::Status{SEC_E_MESSAGE_ALTERED};
  }
};

class AnySource final : public MechanismSource {
 public:
  std::unique_ptr<Mechanism> start(std::size_t) override { return std::make_unique<AnyMechanism>(); }
};

void read_back(base::ByteView token) {
  if (const auto init = read_neg_token_init(token)) {
    fuzz::require(!init->mechanisms.empty() && init->mechanisms.size() <= max_mechanisms);
    fuzz::require(base::equal(make_mechanism_list(init->mechanisms), init->mechanism_list));
  }
  if (const auto response = read_neg_token_resp(token))
    fuzz::require(read_neg_token_resp(write_neg_token_resp(*response)).has_value());
  identifier_of_initial_token(token);
}

}  // namespace

// Each leg: two octets of length, and the token.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  read_back({data, size});
  AnySource source;
  const std::vector<Offer> offers{{base::to_bytes(kerberos_identifier), 0}, {base::to_bytes(ntlm_identifier), 1}};
  Initiator initiator(offers, source);
  Acceptor acceptor(offers, source, 1);
  initiator.step({});
  fuzz::Input input(data, size);
  while (!input.empty()) {
    const base::ByteView token = input.bytes(input.number<std::uint16_t>());
    for (Negotiation* side : {static_cast<Negotiation*>(&initiator), static_cast<Negotiation*>(&acceptor)}) {
      const Turn turn = side->step(token);
      fuzz::require(turn.status != SEC_I_CONTINUE_NEEDED || !turn.token.empty());
    }
  }
  return 0;
}
