// A mechanism of a given number of messages, the initiator's first. Its "signature" names the mechanism, the side and
// what was signed.
#pragma once

#include <string>

#include "client/negotiate/acceptor.hpp"
#include "client/negotiate/initiator.hpp"

namespace openlsa::client::negotiate {

struct FakeKind {
  std::string name;
  unsigned messages = 2;
  bool integrity = true;
  nt::Status first_leg = SEC_E_OK;  // what the first leg fails with
  std::string key = "key";          // both sides must have the same
};

inline std::string text(base::ByteView bytes) { return {bytes.begin(), bytes.end()}; }
inline base::Bytes bytes_of(std::string_view text) { return base::to_bytes(base::as_bytes(text)); }

class FakeMechanism final : public Mechanism {
 public:
  FakeMechanism(const FakeKind& kind, bool inbound) : kind_(kind), inbound_(inbound) {}

  Leg step(base::ByteView token) override {
    if (at_ < 2 && kind_.first_leg != SEC_E_OK) return {kind_.first_leg, bytes_of("why")};
    const bool expects = inbound_ || at_ != 0;
    if (expects != !token.empty()) return {SEC_E_INVALID_TOKEN, {}};
    if (expects && text(token) != message(++at_)) return {SEC_E_INVALID_TOKEN, {}};
    Leg leg;
    if (at_ < kind_.messages) leg.token = bytes_of(message(++at_));
    leg.status = at_ == kind_.messages ? SEC_E_OK : SEC_I_CONTINUE_NEEDED;
    return leg;
  }
  bool has_integrity() const override { return kind_.integrity; }
  nt::Status make_mic(base::ByteView list, base::Bytes& mic) override {
    mic = bytes_of(signature(list, inbound_));
    return SEC_E_OK;
  }
  nt::Status verify_mic(base::ByteView list, base::ByteView mic) override {
    return text(mic) == signature(list, !inbound_) ? SEC_E_OK : SEC_E_MESSAGE_ALTERED;
  }

 private:
  std::string message(unsigned number) const { return kind_.name + std::to_string(number); }
  std::string signature(base::ByteView list, bool of_acceptor) const {
    return kind_.name + kind_.key + (of_acceptor ? "<" : ">") + text(list);
  }

  const FakeKind kind_;
  const bool inbound_;
  unsigned at_ = 0;
};

class FakeSource final : public MechanismSource {
 public:
  FakeSource(std::vector<FakeKind> kinds, bool inbound) : kinds(std::move(kinds)), inbound_(inbound) {}

  std::unique_ptr<Mechanism> start(std::size_t candidate) override {
    started += kinds[candidate].name;
    return std::make_unique<FakeMechanism>(kinds[candidate], inbound_);
  }
  std::vector<Offer> offers() const {
    std::vector<Offer> offers;
    for (std::size_t i = 0; i < kinds.size(); ++i) offers.push_back({identifier(kinds[i].name), i});
    return offers;
  }
  std::optional<std::size_t> ntlm() const {
    for (std::size_t i = 0; i < kinds.size(); ++i)
      if (kinds[i].name.starts_with("NTLM")) return i;
    return std::nullopt;
  }
  static base::Bytes identifier(const std::string& name) {
    base::Bytes identifier{0x2b};
    for (const char c : name) identifier.push_back(static_cast<std::uint8_t>(c & 0x7f));
    return identifier;
  }

  std::vector<FakeKind> kinds;
  std::string started;

 private:
  const bool inbound_;
};

struct FakeInitiator {
  explicit FakeInitiator(std::vector<FakeKind> kinds)
      : source(std::move(kinds), false), side(source.offers(), source) {}
  FakeSource source;
  Initiator side;
};
struct FakeAcceptor {
  explicit FakeAcceptor(std::vector<FakeKind> kinds)
      : source(std::move(kinds), true), side(source.offers(), source, source.ntlm()) {}
  FakeSource source;
  Acceptor side;
};

}  // namespace openlsa::client::negotiate
