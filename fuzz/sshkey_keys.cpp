// Keys and signatures as people and agents hand them in: [which][bytes].
#include "fuzz/fuzz.hpp"
#include "ssh/authorized_keys.hpp"
#include "ssh/sshsig.hpp"

using namespace openlsa;

namespace {

// A key whose private half nobody has: no input may be a signature by it.
sshkey::PublicKey some_key() {
  sshkey::Bytes blob{0, 0, 0, 11, 's', 's', 'h', '-', 'e', 'd', '2', '5', '5', '1', '9', 0, 0, 0, 32};
  // A point of the curve: the base point (RFC 8032 section 5.1).
  blob.push_back(0x58);
  blob.resize(blob.size() + 31, 0x66);
  auto key = sshkey::PublicKey::parse(blob);
  fuzz::require(key.has_value());
  return std::move(*key);
}

void authorized_keys(base::ByteView bytes) {
  const auto keys = sshkey::parse_authorized_keys(fuzz::text(bytes));
  for (const auto& key : keys.keys) {
    const auto again = sshkey::PublicKey::parse(key.key.blob());
    fuzz::require(again && again->fingerprint() == key.key.fingerprint());
  }
  for (const auto& line : keys.refused) fuzz::require(line.number != 0 && !line.reason.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const sshkey::PublicKey key = some_key();
  static const sshkey::Bytes message(100, 0x42);
  fuzz::Input input(data, size);
  const std::uint8_t which = input.byte() % 5;
  const base::ByteView bytes = input.rest();
  if (which == 0) {
    if (const auto parsed = sshkey::PublicKey::parse(bytes)) fuzz::require(base::equal(parsed->blob(), bytes));
  } else if (which == 1) {
    fuzz::require(!sshkey::sshsig_verify(bytes, key, message).has_value());
  } else if (which == 2) {
    authorized_keys(bytes);
  } else if (which == 3) {
    if (const auto decoded = sshkey::base64_decode(fuzz::text(bytes)))
      fuzz::require(sshkey::base64_encode(*decoded) == fuzz::text(bytes));
  } else {
    sshkey::parse_expiry_time(fuzz::text(bytes));
  }
  return 0;
}
