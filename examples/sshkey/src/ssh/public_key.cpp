#include "ssh/public_key.hpp"

#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/param_build.h>

#include "core/wire.hpp"

namespace sshkey {
namespace {

constexpr std::string_view ed25519_name = "ssh-ed25519";
constexpr std::string_view ecdsa_name = "ecdsa-sha2-nistp256";
constexpr std::string_view curve_name = "nistp256";
constexpr std::size_t p256_point_size = 65;

std::unexpected<std::string> refused(std::string reason) { return std::unexpected(std::move(reason)); }

Openssl<EVP_PKEY> p256_key(View point) {
  char group[] = "prime256v1";
  Bytes copy = copy_of(point);
  const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group, 0),
                                   OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, copy.data(), copy.size()),
                                   OSSL_PARAM_construct_end()};
  const Openssl<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
  EVP_PKEY* key = nullptr;
  if (!context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, const_cast<OSSL_PARAM*>(parameters)) != 1)
    return nullptr;
  Openssl<EVP_PKEY> owned(key);
  const Openssl<EVP_PKEY_CTX> check(EVP_PKEY_CTX_new(key, nullptr));
  // On the curve and in the right group, before anything relies on it.
  if (!check || EVP_PKEY_public_check(check.get()) != 1) return nullptr;
  return owned;
}

// RFC 5656 section 3.1.2: mpint r, mpint s. OpenSSL wants DER.
Bytes ecdsa_to_der(View signature) {
  Reader reader(signature);
  const View r = reader.string(33);
  const View s = reader.string(33);
  if (!reader.finished() || r.empty() || s.empty() || r[0] > 0x7f || s[0] > 0x7f) return {};
  const std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> pair(ECDSA_SIG_new(), ECDSA_SIG_free);
  BIGNUM* big_r = BN_bin2bn(r.data(), static_cast<int>(r.size()), nullptr);
  BIGNUM* big_s = BN_bin2bn(s.data(), static_cast<int>(s.size()), nullptr);
  if (!pair || big_r == nullptr || big_s == nullptr || ECDSA_SIG_set0(pair.get(), big_r, big_s) != 1) {
    BN_free(big_r);
    BN_free(big_s);
    return {};
  }
  std::uint8_t* der = nullptr;
  const int size = i2d_ECDSA_SIG(pair.get(), &der);
  Bytes out;
  if (size > 0) out.assign(der, der + size);
  OPENSSL_free(der);
  return out;
}

bool verify_p256(View point, View message, View signature) {
  const auto key = p256_key(point);
  const Bytes der = ecdsa_to_der(signature);
  const Openssl<EVP_MD_CTX> context(EVP_MD_CTX_new());
  return key && !der.empty() && context &&
         EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) == 1 &&
         EVP_DigestVerify(context.get(), der.data(), der.size(), message.data(), message.size()) == 1;
}

}  // namespace

std::expected<PublicKey, std::string> PublicKey::parse(View blob) {
  if (blob.size() > 16 * 1024) return refused("the key is too long");
  Reader reader(blob);
  const std::string algorithm = text_of(reader.string(64));
  PublicKey key;
  key.blob_ = copy_of(blob);
  if (algorithm == ed25519_name) {
    const View point = reader.string(key_size);
    if (!reader.finished() || point.size() != key_size) return refused("the Ed25519 key is malformed");
    key.kind_ = KeyKind::ed25519;
    key.point_ = copy_of(point);
    return key;
  }
  if (algorithm == ecdsa_name) {
    const std::string curve = text_of(reader.string(16));
    const View point = reader.string(p256_point_size);
    if (!reader.finished() || curve != curve_name || point.size() != p256_point_size || point[0] != 4 ||
        !p256_key(point))
      return refused("the ECDSA key is malformed or not on the curve P-256");
    key.kind_ = KeyKind::ecdsa_p256;
    key.point_ = copy_of(point);
    return key;
  }
  if (reader.failed()) return refused("this is not an SSH public key");
  if (algorithm.find("-cert-") != std::string::npos)
    return refused("certificates are not accepted; enrol the key itself");
  if (algorithm == "ssh-rsa")
    return refused("RSA keys are not accepted; use an Ed25519 or ECDSA P-256 key (ssh-keygen -t ed25519)");
  return refused("this kind of key is not accepted; use an Ed25519 or ECDSA P-256 key (ssh-keygen -t ed25519)");
}

std::string_view PublicKey::algorithm() const { return kind_ == KeyKind::ed25519 ? ed25519_name : ecdsa_name; }

std::string PublicKey::fingerprint() const {
  std::string text = base64_encode(sha256({blob_}));
  while (!text.empty() && text.back() == '=') text.pop_back();
  return "SHA256:" + text;
}

bool PublicKey::verify(View message, View signature) const {
  Reader reader(signature);
  const View name = reader.string(64);
  const View value = reader.string(max_signature_blob);
  if (!reader.finished() || !equal(name, view_of(algorithm()))) return false;
  if (kind_ == KeyKind::ecdsa_p256) return verify_p256(point_, message, value);
  Fixed32 raw{};
  std::memcpy(raw.data(), point_.data(), raw.size());
  return ed25519_verify(raw, message, value);
}

}  // namespace sshkey
