// Message protection: AES-256-GCM, nonce from the sequence number. One context per key, keyed once; each message only
// sets the nonce. Nothing here allocates per message.
#pragma once

#include "core/crypto.hpp"

namespace sshkey {

inline constexpr std::size_t message_token_size = 24;  // sequence number (8, big-endian), tag (16)
// NIST SP 800-38D lets a key with deterministic nonces serve longer; 2^32 messages keep its margin and are 64 TiB of 16
// KiB.
inline constexpr std::uint64_t max_messages = std::uint64_t{1} << 32;

class GcmKey {
 public:
  enum class Direction { seal, open };
  // Throws std::bad_alloc when OpenSSL cannot give a context.
  GcmKey(const Secret& key, Direction direction);

  // The calls of one message, in this order: begin, associated*, crypt*, then one finish.
  bool begin(std::uint64_t sequence);
  bool associated(View data);
  bool crypt(MutableView data);               // in place
  bool finish_seal(std::uint8_t* tag);        // writes 16 bytes
  bool finish_open(const std::uint8_t* tag);  // true only if the tag holds

 private:
  Openssl<EVP_CIPHER_CTX> context_;
};

// Which sequence numbers a receiver takes: with sequence detection the next one only; with replay detection alone each
// one once, within a window of 64 behind the newest; without both any.
class ReceiveWindow {
 public:
  ReceiveWindow(bool replay_detect, bool sequence_detect) : replay_(replay_detect), sequence_(sequence_detect) {}
  bool acceptable(std::uint64_t sequence) const;
  // After the message proved authentic.
  void record(std::uint64_t sequence);

 private:
  bool replay_;
  bool sequence_;
  std::uint64_t next_ = 0;  // one above the newest
  std::uint64_t seen_ = 0;  // bit n: next_ - 1 - n was received
};

}  // namespace sshkey
