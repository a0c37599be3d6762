// RC4, as described in RFC 6229 and the drafts it names. Broken as a cipher; NTLM seals with it ([MS-NLMP] 3.4.3).
//
// The key stream does not depend on what it is put over, so it is made ahead, 64 bytes at a time, and waits in a ring:
// MD5's blocks and RC4's chunks need not begin at the same byte to be worked on together (rc4_md5.hpp).
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
  // Undoes the last `apply`: the bytes are as they were before, and the stream stands where it stood.
  void take_back(MutableByteView data);

  // A stream part of the way, for a context that goes to another process: the table, then the two indices.
  static constexpr std::size_t packed_bytes = 258;
  void pack(std::span<std::uint8_t, packed_bytes> out) const;
  // False when the table is no permutation: no stream has such a state.
  bool unpack(std::span<const std::uint8_t, packed_bytes> from);

  // For the loop that hashes and encrypts at once. Words, since bytes would be merged with what the registers held.
  // Between two calls `i` is a multiple of 64.
  struct State {
    std::array<std::uint32_t, 256> table{};
    std::uint32_t i = 0, j = 0;
  };
  static constexpr std::size_t chunk_bytes = 64;
  bool has_room() const { return ahead_bytes_ + chunk_bytes <= ring_bytes; }
  // Calls make(state, place), which makes the next chunk there. Only with room.
  template <class Make>
  void add_chunk(Make&& make) {
    std::uint8_t* const place = ring_.data() + state_.i;
    make(state_, place);
    if (place == ring_.data()) std::memcpy(ring_.data() + ring_bytes, place, chunk_bytes);
    ahead_bytes_ += chunk_bytes;
  }
  // `apply` of 64 bytes, of which the stream has been made.
  void apply_chunk(std::uint8_t* data);

 private:
  static constexpr std::size_t ring_bytes = 256;
  const std::uint8_t* next() const { return ring_.data() + (state_.i - ahead_bytes_) % ring_bytes; }
  void align();

  State state_;
  // The chunk that index i leads to lies at i. The first stands a second time at the end: any 64 bytes are in one
  // piece.
  std::array<std::uint8_t, ring_bytes + chunk_bytes> ring_{};
  std::uint32_t ahead_bytes_ = 0;  // made and not yet used
};

// A whole message under a key of its own: RC4K of [MS-NLMP] 6.
void rc4_once(ByteView key, MutableByteView data);

}  // namespace openlsa::crypto
