// What is left of a logon with the password of a domain's account, so that it can be repeated without the domain: the
// account, and what proves the password without holding it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "authority/accounts/nt_key.hpp"
#include "authority/domain/domain_identity.hpp"
#include "base/secret.hpp"
#include "seam/door_calls.hpp"

namespace openlsa::authority {

// PBKDF2-HMAC-SHA256 of the NT key (RFC 8018 5.2), with a salt of its own. Who has it must try each password.
class PasswordVerifier {
 public:
  static constexpr std::size_t salt_bytes = 16;
  static constexpr std::size_t hash_bytes = 32;
  static constexpr std::uint32_t iterations_now = 60'000;
  static constexpr std::uint32_t least_iterations = 10'240;
  static constexpr std::uint32_t most_iterations = 10'000'000;

  PasswordVerifier() = default;
  // Nothing when the library cannot compute it.
  static std::optional<PasswordVerifier> of(const NtKey& key);
  bool accepts(const NtKey& key) const;

  std::array<std::uint8_t, salt_bytes> salt{};
  std::uint32_t iterations = 0;
  std::array<std::uint8_t, hash_bytes> hash{};
};

struct CachedLogon {
  DomainIdentity identity;
  std::u16string submitted_name;  // as it was submitted: a user principal name may be another than name@domain
  std::u16string logon_server;
  seam::AccountTimes times;
  PasswordVerifier verifier;

  base::Secret pack() const;
  static std::optional<CachedLogon> unpack(base::ByteView bytes);
};

}  // namespace openlsa::authority
