// What MD4 and MD5 share: four words of state, blocks of 64 bytes, and the padding (RFC 1320 3.1, RFC 1321 3.1).
#pragma once

#include <algorithm>

#include "crypto/bytes.hpp"

namespace openlsa::crypto {

using HashState = std::array<std::uint32_t, 4>;
inline constexpr HashState hash_start = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
using Digest = std::array<std::uint8_t, 16>;

// Rounds::compress(state, first, blocks) takes in whole blocks.
template <class Rounds>
class BlockHash {
 public:
  static constexpr std::size_t block_bytes = 64;

  BlockHash() = default;
  // Goes on from a state that whole blocks led to.
  BlockHash(const HashState& state, std::uint64_t done_bytes) : state_(state), done_bytes_(done_bytes) {}
  BlockHash(const BlockHash&) = default;
  BlockHash& operator=(const BlockHash&) = default;
  ~BlockHash() {
    wipe(state_.data(), sizeof state_);
    wipe(buffer_.data(), sizeof buffer_);
  }

  void update(ByteView data) { update(data, Rounds::compress); }
  Digest finish() { return finish(Rounds::compress); }

  // With other code for the same rounds: compress(state, first, blocks).
  template <class Compress>
  void update(ByteView data, const Compress& compress) {
    if (data.empty()) return;
    const std::size_t held = held_bytes();
    done_bytes_ += data.size();
    if (held != 0) {
      const std::size_t taken = std::min(block_bytes - held, data.size());
      std::memcpy(buffer_.data() + held, data.data(), taken);
      data = data.subspan(taken);
      if (held + taken < block_bytes) return;
      compress(state_, buffer_.data(), 1);
    }
    const std::size_t blocks = data.size() / block_bytes;
    if (blocks != 0) compress(state_, data.data(), blocks);
    data = data.subspan(blocks * block_bytes);
    if (!data.empty()) std::memcpy(buffer_.data(), data.data(), data.size());
  }

  template <class Compress>
  Digest finish(const Compress& compress) {
    const std::uint64_t bits = done_bytes_ * 8;
    std::size_t held = held_bytes();
    buffer_[held++] = 0x80;
    if (held > block_bytes - 8) {
      std::memset(buffer_.data() + held, 0, block_bytes - held);
      compress(state_, buffer_.data(), 1);
      held = 0;
    }
    std::memset(buffer_.data() + held, 0, block_bytes - 8 - held);
    store_le32(buffer_.data() + 56, static_cast<std::uint32_t>(bits));
    store_le32(buffer_.data() + 60, static_cast<std::uint32_t>(bits >> 32));
    compress(state_, buffer_.data(), 1);
    Digest digest;
    for (std::size_t i = 0; i < 4; ++i) store_le32(digest.data() + 4 * i, state_[i]);
    return digest;
  }

  static Digest of(ByteView data) {
    BlockHash hash;
    hash.update(data);
    return hash.finish();
  }

  // For what works on the blocks itself: only between two blocks.
  std::size_t held_bytes() const { return done_bytes_ % block_bytes; }
  HashState& state() { return state_; }
  const HashState& state() const { return state_; }
  void count_blocks(std::size_t blocks) { done_bytes_ += blocks * block_bytes; }

 private:
  HashState state_ = hash_start;
  std::uint64_t done_bytes_ = 0;
  std::array<std::uint8_t, block_bytes> buffer_;
};

}  // namespace openlsa::crypto
