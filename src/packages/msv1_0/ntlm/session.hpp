// Message integrity and confidentiality of a finished context ([MS-NLMP] 3.4), in place and over scattered buffers.
//
// Decided here, where the specification leaves it open:
// - A message that does not verify changes nothing: neither the sequence number nor the key stream advances, and its
//   bytes are again as they came (N-20).
// - A checksum that fits with a sequence number that does not is a changed message, SEC_E_MESSAGE_ALTERED (N-19); a
//   message that was made for another place in the sequence is SEC_E_OUT_OF_SEQUENCE (N-18).
// - After 2^32 messages the numbers would repeat: SEC_E_CONTEXT_EXPIRED.
// - Without extended session security there is one key, one key stream and one sequence for both directions (3.4: half
//   duplex). Its RandomPad may come as zero or as the encrypted zero, the two forms that 3.4.4.1 and 4.2.2.4 show.
// - A context with neither signing nor sealing makes and takes the dummy signature of ALWAYS_SIGN, if that was
//   negotiated; otherwise SEC_E_UNSUPPORTED_FUNCTION, as always for sealing that was not negotiated.
// Not thread-safe: the order of the calls is part of the state.
#pragma once

#include <span>

#include "crypto/hmac_md5.hpp"
#include "crypto/rc4.hpp"
#include "ntlm/flags.hpp"
#include "ntlm/keys.hpp"

namespace msv1_0 {

inline constexpr std::size_t signature_bytes = 16;
using Signature = std::span<std::uint8_t, signature_bytes>;
using SignatureView = std::span<const std::uint8_t, signature_bytes>;

enum class Cover {
  seal,       // SECBUFFER_DATA: encrypted (by seal and unseal alone) and signed
  sign,       // SECBUFFER_READONLY_WITH_CHECKSUM: signed
  read_only,  // SECBUFFER_READONLY: signed with extended session security, untouched without (3.4.6, 3.4.9.1)
};

struct Segment {
  MutableByteView bytes;
  Cover cover = Cover::seal;
};
using Segments = std::span<const Segment>;

class Session {
 public:
  // `role` is this side's.
  Session(std::uint32_t flags, Sender role, const Key& exported_session_key);

  // `sequence` counts in datagram mode alone, where the application knows it.
  SECURITY_STATUS sign(Segments message, Signature signature, std::uint32_t sequence = 0);
  SECURITY_STATUS verify(Segments message, SignatureView signature, std::uint32_t sequence = 0);
  SECURITY_STATUS seal(Segments message, Signature signature, std::uint32_t sequence = 0);
  SECURITY_STATUS unseal(Segments message, SignatureView signature, std::uint32_t sequence = 0);

  // After SPNEGO's mechListMIC the key stream of that direction begins anew, its numbers go on ([MS-SPNG] 3.3.5.1).
  enum class Protected { by_us, by_peer };
  void restart_key_stream(Protected direction);

  std::uint32_t flags() const { return flags_; }
  Sender role() const { return role_; }
  const Key& exported_session_key() const { return exported_; }

 private:
  friend class SessionPacker;

  // One sender's keys, key stream and place in the sequence. The keys are made for the first message, as many contexts
  // never protect one; the key stream stands at its beginning until it has begun.
  struct Direction {
    crypto::HmacMd5Key sign;
    SealKey seal;
    crypto::Rc4 cipher;
    std::uint64_t next = 0;
    bool has_keys = false, has_begun = false;
  };
  enum class Work { sign, seal };
  using Checksum = std::array<std::uint8_t, 8>;  // without extended session security the CRC alone, in the first four

  void make_keys(Direction& direction, Sender sender) const;
  void begin_direction(Direction& direction, Sender sender) const;
  Direction& sent_by(Sender sender);
  SECURITY_STATUS allowed(Work work) const;
  bool is_dummy() const { return (flags_ & flag::session_security) == 0; }
  bool has(std::uint32_t one) const { return (flags_ & one) != 0; }
  bool is_signed(const Segment& segment) const;

  SECURITY_STATUS begin_message(Sender sender, std::uint32_t sequence, std::uint32_t& number);
  Checksum checksum_extended(Direction& direction, Segments message, Work work, bool incoming,
                             std::uint32_t number) const;
  Checksum checksum_crc(Direction& direction, Segments message, Work work, bool incoming) const;
  // Takes in the whole message, and encrypts or decrypts it when that is the work.
  Checksum pass(Direction& direction, Segments message, Work work, bool incoming, std::uint32_t number) const;
  void write_signature(crypto::Rc4& cipher, std::uint32_t number, Checksum checksum, Signature signature) const;
  void take_back(crypto::Rc4& cipher, Segments message, Work work) const;
  bool matches(SignatureView expected, SignatureView given) const;
  SECURITY_STATUS verdict(SignatureView expected, SignatureView given, std::uint32_t number) const;
  SECURITY_STATUS make(Segments message, Work work, Signature signature, std::uint32_t sequence);
  SECURITY_STATUS check(Segments message, Work work, SignatureView signature, std::uint32_t sequence);

  std::uint32_t flags_;
  Sender role_;
  Key exported_;
  Direction initiator_, acceptor_;  // without extended session security the first serves both
};

}  // namespace msv1_0
