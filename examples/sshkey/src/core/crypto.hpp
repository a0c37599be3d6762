// The primitives of suite 1, each a thin layer over OpenSSL 3: SHA-256/512, HMAC, HKDF (RFC 5869), X25519 (RFC 7748),
// Ed25519 (RFC 8032), AES-256-GCM (NIST SP 800-38D). A failure of OpenSSL itself is reported, never ignored.
#pragma once

#include <openssl/evp.h>

#include <initializer_list>
#include <memory>
#include <optional>

#include "core/bytes.hpp"
#include "core/secret.hpp"

namespace sshkey {

struct OpensslFree {
  void operator()(EVP_PKEY* p) const { EVP_PKEY_free(p); }
  void operator()(EVP_PKEY_CTX* p) const { EVP_PKEY_CTX_free(p); }
  void operator()(EVP_MD_CTX* p) const { EVP_MD_CTX_free(p); }
  void operator()(EVP_CIPHER_CTX* p) const { EVP_CIPHER_CTX_free(p); }
  void operator()(EVP_CIPHER* p) const { EVP_CIPHER_free(p); }
};
template <class T>
using Openssl = std::unique_ptr<T, OpensslFree>;

inline constexpr std::size_t key_size = 32;
inline constexpr std::size_t tag_size = 16;
inline constexpr std::size_t ed25519_signature_size = 64;
using Ed25519Signature = std::array<std::uint8_t, ed25519_signature_size>;

// From the kernel; without randomness nothing here is safe, so failure ends the process.
void fill_random(MutableView out);

Fixed32 sha256(std::initializer_list<View> parts);
Bytes sha512(View data);
Fixed32 hmac_sha256(View key, View data);
// HKDF-Extract then HKDF-Expand to 32 bytes.
Secret hkdf_extract(View salt, View input);
Secret hkdf_expand(View pseudorandom_key, std::string_view info, View context = {});

struct KeyPair {
  Secret private_key;  // 32 bytes
  Fixed32 public_key{};
};
KeyPair make_x25519();
KeyPair make_ed25519();
// Nothing when the shared secret is all zero (RFC 7748 section 6.1: the peer sent a point of small order).
std::optional<Secret> x25519_shared(const Secret& private_key, const Fixed32& peer);
std::optional<Ed25519Signature> ed25519_sign(const Secret& private_key, View message);
bool ed25519_verify(const Fixed32& public_key, View message, View signature);

// One message under a key that is used for one message only (nonce 0): ciphertext and tag.
Bytes aead_seal_once(const Secret& key, View associated_data, View plaintext);
std::optional<Bytes> aead_open_once(const Secret& key, View associated_data, View ciphertext_and_tag);

}  // namespace sshkey
