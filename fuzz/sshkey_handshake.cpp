// A peer that sends anything: [side][bytes]. No input finishes a handshake, and a refusal is the end of it.
#include "fuzz/fuzz.hpp"
#include "protocol/handshake.hpp"

using namespace openlsa;

namespace {

class TrustsEverybody final : public sshkey::PeerPolicy {
 public:
  bool trusts_authority(const sshkey::Fixed32&) const override { return true; }
  std::optional<sshkey::Peer> find_peer(const sshkey::Statement& statement, const sshkey::PublicKey& key,
                                        std::int64_t) const override {
    sshkey::Peer peer;
    peer.account = "peer";
    peer.account_sid = statement.account_sid;
    peer.authority_id = statement.authority_id;
    peer.key_fingerprint = key.fingerprint();
    return peer;
  }
};

constexpr std::int64_t now = 1'800'000'000;

std::shared_ptr<const sshkey::Credential> credential() {
  auto made = std::make_shared<sshkey::Credential>();
  sshkey::KeyPair session = sshkey::make_ed25519();
  made->fields.session_key = session.public_key;
  made->fields.not_before = now - 60;
  made->fields.not_after = now + 3600;
  made->session_private = std::move(session.private_key);
  made->statement = sshkey::Bytes(200, 1);
  made->sshsig = sshkey::Bytes(150, 2);
  made->account = "peer";
  return made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const TrustsEverybody policy;
  static const auto own = credential();
  fuzz::Input input(data, size);
  if (input.byte() % 2 == 0) {
    sshkey::Initiator initiator(own, {"peer", {}}, {}, sshkey::flag_replay_detect, policy);
    fuzz::require(initiator.begin(now).has_value());
    fuzz::require(!initiator.on_message2(input.rest(), now).has_value());
    fuzz::require(initiator.state() == sshkey::Initiator::State::failed);
  } else {
    sshkey::Acceptor acceptor(own, {}, {}, policy);
    const std::size_t first = input.number<std::uint16_t>();
    if (acceptor.on_message1(input.bytes(first), now))
      fuzz::require(acceptor.state() == sshkey::Acceptor::State::awaiting_message3);
    fuzz::require(!acceptor.on_message3(input.rest(), now).has_value());
    fuzz::require(acceptor.state() == sshkey::Acceptor::State::failed);
  }
  return 0;
}
