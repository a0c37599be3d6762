// Secrets at rest in memory: sealed with AES-256-GCM under one key, which lies in a page of its own that is neither
// swapped nor dumped nor inherited (memfd_secret where the kernel has it, else a locked page).
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
  static base::OrFailure<std::unique_ptr<SecretBox>> create();
  ~SecretBox();
  SecretBox(const SecretBox&) = delete;
  SecretBox& operator=(const SecretBox&) = delete;

  Sealed seal(base::ByteView secret) const;
  // Nothing when the bytes were changed; that is memory corruption, or a seal of another box.
  std::optional<base::Secret> open(const Sealed& sealed) const;

 private:
  explicit SecretBox(std::uint8_t* page) : page_(page) {}
  std::uint8_t* const page_;
  mutable std::atomic<std::uint64_t> next_nonce_{1};  // the key is new with each process, so a counter never repeats
};

}  // namespace openlsa::authority
