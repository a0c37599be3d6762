// RC4, as described in RFC 6229 and the drafts it names. Broken as a cipher; NTLM seals with it ([MS-NLMP] 3.4.3).
#pragma once

#include "crypto/bytes.hpp"

namespace openlsa::crypto {

class Rc4 {
 public:
  Rc4() = default;  // all zero, which no key leads to; assign before use
  explicit Rc4(ByteView key);
  Rc4(const Rc4&) = default;
  Rc4& operator=(const Rc4&) = default;
  ~Rc4() { wipe(this, sizeof *this); }

  // Encrypts and decrypts in place.
  void apply(MutableByteView data);

  // A stream part of the way, for a context that goes to another process: the table, then the two indices.
  static constexpr std::size_t packed_bytes = 258;
  void pack(std::span<std::uint8_t, packed_bytes> out) const;
  // False when the table is no permutation: no stream has such a state.
  bool unpack(std::span<const std::uint8_t, packed_bytes> from);

  // For the loop that hashes and encrypts at once. Words, since bytes would be merged with what the registers held.
  struct State {
    std::array<std::uint32_t, 256> table{};
    std::uint32_t i = 0, j = 0;
  };
  State& state() { return state_; }

 private:
  State state_;
};

// A whole message under a key of its own: RC4K of [MS-NLMP] 6.
void rc4_once(ByteView key, MutableByteView data);

}  // namespace openlsa::crypto
