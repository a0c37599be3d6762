#include "ntlm/session.hpp"

#include <algorithm>

#include "crypto/crc32.hpp"
#include "crypto/rc4_md5.hpp"

namespace msv1_0 {
namespace {

constexpr std::array<std::uint8_t, signature_bytes> dummy_signature = {1};
constexpr std::size_t pad_place = 4, checksum_place = 4, crc_place = 8, number_place = 12;

Sender other(Sender sender) { return sender == Sender::initiator ? Sender::acceptor : Sender::initiator; }

}  // namespace

Session::Session(std::uint32_t flags, Sender role, const Key& exported_session_key)
    : flags_(flags), role_(role), exported_(exported_session_key) {}

void Session::make_keys(Direction& direction, Sender sender) const {
  if (has(flag::extended_session_security)) direction.sign = crypto::HmacMd5Key(sign_key(exported_, sender).reveal());
  direction.seal = seal_key(flags_, exported_, sender);
  direction.has_keys = true;
}

// Datagrams have a cipher each.
void Session::begin_direction(Direction& direction, Sender sender) const {
  if (!direction.has_keys) make_keys(direction, sender);
  if (direction.has_begun || has(flag::datagram)) return;
  direction.cipher = crypto::Rc4(direction.seal.reveal());
  direction.has_begun = true;
}

Session::Direction& Session::sent_by(Sender sender) {
  return sender == Sender::initiator || !has(flag::extended_session_security) ? initiator_ : acceptor_;
}

SECURITY_STATUS Session::allowed(Work work) const {
  if (work == Work::seal) return has(flag::seal) ? SEC_E_OK : SEC_E_UNSUPPORTED_FUNCTION;
  return has(flag::session_security | flag::always_sign) ? SEC_E_OK : SEC_E_UNSUPPORTED_FUNCTION;
}

bool Session::is_signed(const Segment& segment) const {
  return segment.cover != Cover::read_only || has(flag::extended_session_security);
}

// In datagram mode messages may be lost and come in any order, so each has a key stream of its own (3.4).
SECURITY_STATUS Session::begin_message(Sender sender, std::uint32_t sequence, std::uint32_t& number) {
  Direction& direction = sent_by(sender);
  begin_direction(direction, has(flag::extended_session_security) ? sender : Sender::initiator);
  if (!has(flag::datagram)) {
    number = static_cast<std::uint32_t>(direction.next);
    return direction.next >> 32 == 0 ? SEC_E_OK : SEC_E_CONTEXT_EXPIRED;
  }
  number = sequence;
  std::array<std::uint8_t, 4> bytes;
  crypto::store_le32(bytes.data(), number);
  crypto::Md5 hash;
  hash.update(direction.seal.reveal());
  hash.update(bytes);
  crypto::Digest key = hash.finish();
  direction.cipher = crypto::Rc4(key);
  crypto::wipe(key);
  return SEC_E_OK;
}

Session::Checksum Session::checksum_extended(Direction& direction, Segments message, Work work, bool incoming,
                                             std::uint32_t number) const {
  crypto::Md5 inner = direction.sign.begin();
  std::array<std::uint8_t, 4> bytes;
  crypto::store_le32(bytes.data(), number);
  inner.update(bytes);
  const crypto::Md5RoundsBeside rounds(direction.cipher);
  for (const Segment& segment : message) {
    if (work == Work::sign || segment.cover != Cover::seal)
      inner.update(segment.bytes, rounds);
    else if (incoming)
      crypto::decrypt_and_hash(inner, direction.cipher, segment.bytes);
    else
      crypto::hash_and_encrypt(inner, direction.cipher, segment.bytes);
  }
  const crypto::Digest digest = direction.sign.finish(inner, rounds);
  Checksum checksum;
  std::copy_n(digest.begin(), checksum.size(), checksum.begin());
  return checksum;
}

Session::Checksum Session::checksum_crc(Direction& direction, Segments message, Work work, bool incoming) const {
  crypto::Crc32 crc;
  for (const Segment& segment : message) {
    const bool encrypted = work == Work::seal && segment.cover == Cover::seal;
    if (encrypted && incoming) direction.cipher.apply(segment.bytes);
    if (is_signed(segment)) crc.update(segment.bytes);
    if (encrypted && !incoming) direction.cipher.apply(segment.bytes);
  }
  Checksum checksum{};
  crypto::store_le32(checksum.data(), crc.value());
  return checksum;
}

Session::Checksum Session::pass(Direction& direction, Segments message, Work work, bool incoming,
                                std::uint32_t number) const {
  return has(flag::extended_session_security) ? checksum_extended(direction, message, work, incoming, number)
                                              : checksum_crc(direction, message, work, incoming);
}

void Session::restart_key_stream(Protected which) {
  const Sender peer = role_ == Sender::initiator ? Sender::acceptor : Sender::initiator;
  sent_by(which == Protected::by_us ? role_ : peer).has_begun = false;
}

void Session::write_signature(crypto::Rc4& cipher, std::uint32_t number, Checksum checksum, Signature signature) const {
  std::ranges::fill(signature, std::uint8_t{0});
  signature[0] = 1;                            // Version
  if (has(flag::extended_session_security)) {  // 3.4.4.2
    if (has(flag::key_exchange)) cipher.apply(checksum);
    std::ranges::copy(checksum, signature.subspan(checksum_place).begin());
    crypto::store_le32(&signature[number_place], number);
    return;
  }
  // 3.4.4.1: RandomPad, checksum and a zero go through the cipher one after the other; the number is put over the last.
  std::copy_n(checksum.begin(), 4, signature.subspan(crc_place).begin());
  cipher.apply(signature.subspan(pad_place));
  crypto::store_le32(&signature[number_place], load_le32(&signature[number_place]) ^ number);
}

// The message as it came, and the key stream where it stood: the pass and the signature in reverse.
void Session::take_back(crypto::Rc4& cipher, Segments message, Work work) const {
  std::array<std::uint8_t, signature_bytes - pad_place> signature{};
  if (!has(flag::extended_session_security))
    cipher.take_back(signature);
  else if (has(flag::key_exchange))
    cipher.take_back(std::span(signature).first(sizeof(Checksum)));
  if (work != Work::seal) return;
  for (std::size_t n = message.size(); n-- != 0;)
    if (message[n].cover == Cover::seal) cipher.take_back(message[n].bytes);
}

bool Session::matches(SignatureView expected, SignatureView given) const {
  if (crypto::equal_constant_time(expected, given)) return true;
  if (has(flag::extended_session_security)) return false;
  std::array<std::uint8_t, signature_bytes> without_pad;
  std::ranges::copy(expected, without_pad.begin());
  crypto::store_le32(&without_pad[pad_place], 0);
  return crypto::equal_constant_time(without_pad, given);
}

SECURITY_STATUS Session::verdict(SignatureView expected, SignatureView given, std::uint32_t number) const {
  const bool checksum_fits =
      crypto::equal_constant_time(expected.subspan<checksum_place, 8>(), given.subspan<checksum_place, 8>());
  const bool other_place =
      has(flag::extended_session_security) && load_le32(&given[number_place]) != number && !checksum_fits;
  return other_place ? SEC_E_OUT_OF_SEQUENCE : SEC_E_MESSAGE_ALTERED;
}

SECURITY_STATUS Session::make(Segments message, Work work, Signature signature, std::uint32_t sequence) {
  if (const SECURITY_STATUS status = allowed(work); status != SEC_E_OK) return status;
  if (is_dummy()) {
    std::ranges::copy(dummy_signature, signature.begin());
    return SEC_E_OK;
  }
  Direction& direction = sent_by(role_);
  std::uint32_t number = 0;
  if (const SECURITY_STATUS status = begin_message(role_, sequence, number); status != SEC_E_OK) return status;
  const Checksum checksum = pass(direction, message, work, false, number);
  write_signature(direction.cipher, number, checksum, signature);
  ++direction.next;
  return SEC_E_OK;
}

SECURITY_STATUS Session::check(Segments message, Work work, SignatureView signature, std::uint32_t sequence) {
  if (const SECURITY_STATUS status = allowed(work); status != SEC_E_OK) return status;
  if (is_dummy()) return crypto::equal_constant_time(dummy_signature, signature) ? SEC_E_OK : SEC_E_MESSAGE_ALTERED;
  Direction& direction = sent_by(other(role_));
  std::uint32_t number = 0;
  if (const SECURITY_STATUS status = begin_message(other(role_), sequence, number); status != SEC_E_OK) return status;
  std::array<std::uint8_t, signature_bytes> expected;
  write_signature(direction.cipher, number, pass(direction, message, work, true, number), expected);
  if (matches(expected, signature)) {
    ++direction.next;
    return SEC_E_OK;
  }
  take_back(direction.cipher, message, work);
  return verdict(expected, signature, number);
}

SECURITY_STATUS Session::sign(Segments message, Signature signature, std::uint32_t sequence) {
  return make(message, Work::sign, signature, sequence);
}
SECURITY_STATUS Session::verify(Segments message, SignatureView signature, std::uint32_t sequence) {
  return check(message, Work::sign, signature, sequence);
}
SECURITY_STATUS Session::seal(Segments message, Signature signature, std::uint32_t sequence) {
  return make(message, Work::seal, signature, sequence);
}
SECURITY_STATUS Session::unseal(Segments message, SignatureView signature, std::uint32_t sequence) {
  return check(message, Work::seal, signature, sequence);
}

}  // namespace msv1_0
