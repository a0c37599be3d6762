// Everything that the sshkey package parses of its peers: [which][bytes]. What is accepted has one form.
#include "fuzz/fuzz.hpp"
#include "protocol/messages.hpp"
#include "protocol/packed_context.hpp"

using namespace openlsa;

namespace {

void same(const sshkey::Bytes& again, base::ByteView bytes) { fuzz::require(base::equal(again, bytes)); }

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  const std::uint8_t which = input.byte() % 7;
  const base::ByteView bytes = input.rest();
  if (which == 0) {
    if (const auto message = sshkey::decode_message1(bytes)) same(sshkey::encode(*message), bytes);
  } else if (which == 1) {
    if (const auto message = sshkey::decode_message2(bytes)) same(sshkey::encode(*message), bytes);
  } else if (which == 2) {
    if (const auto message = sshkey::decode_message3(bytes)) same(sshkey::encode_message3(*message), bytes);
  } else if (which == 3) {
    if (const auto proof = sshkey::decode_proof(bytes)) same(sshkey::encode(*proof), bytes);
  } else if (which == 4) {
    if (const auto statement = sshkey::decode_statement(bytes)) same(sshkey::encode(*statement), bytes);
  } else if (which == 5) {
    if (const auto context = sshkey::decode_packed_context(bytes)) {
      const sshkey::Secret again = sshkey::encode(*context);
      fuzz::require(base::equal(again.reveal(), bytes));
    }
  } else if (const auto target = sshkey::parse_target(fuzz::text(bytes))) {
    const auto again = sshkey::parse_target(sshkey::to_string(*target));
    fuzz::require(again && again->account == target->account && again->authority_id == target->authority_id);
  }
  return 0;
}
