// Secrets at rest: sealed with AES-256-GCM under one key, which lies in a page of its own that is neither swapped nor
// dumped nor inherited (memfd_secret where the kernel has it, else a locked page). In memory the key is the process's
// own; on disk it is the machine's (policy/master_key.hpp).
#pragma once

#include <atomic>
#include <memory>
#include <optional>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"

namespace openlsa::authority {

// Nonce, ciphertext, tag. Worth nothing without the key.
struct Sealed {
  base::Bytes bytes;
};

class SecretBox {
 public:
  static constexpr std::size_t key_bytes = 32;

  // Under a new key, which nothing else ever knows.
  static base::OrFailure<std::unique_ptr<SecretBox>> create();
  // Under a key that outlives the process.
  static base::OrFailure<std::unique_ptr<SecretBox>> create(const base::Secret& key);
  ~SecretBox();
  SecretBox(const SecretBox&) = delete;
  SecretBox& operator=(const SecretBox&) = delete;

  // What the secret is `bound_to` (its name) must be said again to open it: sealed bytes cannot change places.
  Sealed seal(base::ByteView secret, base::ByteView bound_to = {}) const;
  // Nothing when the bytes were changed; that is memory corruption, or a seal of another box.
  std::optional<base::Secret> open(const Sealed& sealed, base::ByteView bound_to = {}) const;

 private:
  SecretBox(std::uint8_t* page, bool random_nonces) : page_(page), random_nonces_(random_nonces) {}
  static base::OrFailure<std::unique_ptr<SecretBox>> make(bool random_nonces);
  void write_nonce(std::uint8_t* nonce) const;

  std::uint8_t* const page_;
  // A key that outlives the process gets random nonces (96 bits: far below 2^32 seals, NIST SP 800-38D 8.3); with a key
  // that is new with each process a counter never repeats.
  const bool random_nonces_;
  mutable std::atomic<std::uint64_t> next_nonce_{1};
};

}  // namespace openlsa::authority
