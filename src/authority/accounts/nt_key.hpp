// The NT key of an account (NTOWFv1, [MS-NLMP] 3.3.1): MD4 of the password in UTF-16LE. It is worth the password
// itself, so it moves, is wiped, and is never printed.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>

#include "base/bytes.hpp"
#include "base/secret.hpp"

namespace openlsa::authority {

class NtKey {
 public:
  static constexpr std::size_t size_bytes = 16;

  NtKey() = default;
  explicit NtKey(std::span<const std::uint8_t, size_bytes> bytes) {
    std::memcpy(bytes_.data(), bytes.data(), size_bytes);
  }
  NtKey(NtKey&& other) noexcept : bytes_(other.bytes_) { base::wipe(other.bytes_); }
  NtKey& operator=(NtKey&& other) noexcept {
    if (this != &other) {
      bytes_ = other.bytes_;
      base::wipe(other.bytes_);
    }
    return *this;
  }
  NtKey(const NtKey&) = delete;
  NtKey& operator=(const NtKey&) = delete;
  ~NtKey() { base::wipe(bytes_); }

  std::span<const std::uint8_t, size_bytes> reveal() const { return bytes_; }
  NtKey duplicate() const { return NtKey(reveal()); }
  bool operator==(const NtKey& other) const { return base::equal_constant_time(bytes_, other.bytes_); }

 private:
  std::array<std::uint8_t, size_bytes> bytes_{};
};

// Whether what somebody presented was made with this key. Called at most once for each attempt, and never while the
// account is locked out.
using KeyProof = std::function<bool(const NtKey&)>;

// The password in UTF-16LE, as Windows passes it.
NtKey nt_key_of(base::ByteView password);
NtKey nt_key_of(const base::Secret& password);
// Of the empty password.
bool is_blank(const NtKey& key);
// "a4f49c40...", 32 hexadecimal digits.
std::optional<NtKey> parse_nt_key(std::string_view hexadecimal);

}  // namespace openlsa::authority
