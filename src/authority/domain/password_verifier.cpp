#include <openssl/evp.h>

#include "authority/domain/cached_logon.hpp"
#include "base/random.hpp"

namespace openlsa::authority {
namespace {

bool derive(const NtKey& key, base::ByteView salt, std::uint32_t iterations, base::MutableByteView out) {
  const auto bytes = key.reveal();
  return PKCS5_PBKDF2_HMAC(reinterpret_cast<const char*>(bytes.data()), static_cast<int>(bytes.size()), salt.data(),
                           static_cast<int>(salt.size()), static_cast<int>(iterations), EVP_sha256(),
                           static_cast<int>(out.size()), out.data()) == 1;
}

}  // namespace

std::optional<PasswordVerifier> PasswordVerifier::of(const NtKey& key) {
  PasswordVerifier verifier;
  verifier.iterations = iterations_now;
  base::fill_random(verifier.salt);
  if (!derive(key, verifier.salt, verifier.iterations, verifier.hash)) return std::nullopt;
  return verifier;
}

bool PasswordVerifier::accepts(const NtKey& key) const {
  std::array<std::uint8_t, hash_bytes> made{};
  const bool derived = derive(key, salt, iterations, made);
  const bool same = base::equal_constant_time(made, hash);
  base::wipe(made);
  return derived && same;
}

}  // namespace openlsa::authority
