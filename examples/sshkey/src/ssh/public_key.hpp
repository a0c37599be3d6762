// SSH public keys: Ed25519 (RFC 8709) and ECDSA on P-256 (RFC 5656). Every other kind, certificates and RSA included,
// is refused by name.
#pragma once

#include <expected>

#include "core/crypto.hpp"

namespace sshkey {

enum class KeyKind { ed25519, ecdsa_p256 };

// No key or signature blob of these kinds is longer.
inline constexpr std::size_t max_key_blob = 256;
inline constexpr std::size_t max_signature_blob = 256;

class PublicKey {
 public:
  // From the wire form; the error is a sentence for people.
  static std::expected<PublicKey, std::string> parse(View blob);

  const Bytes& blob() const { return blob_; }
  KeyKind kind() const { return kind_; }
  std::string_view algorithm() const;
  // "SHA256:" and base64 without padding, as ssh-keygen -l prints it.
  std::string fingerprint() const;
  // `signature` is an SSH signature blob: string algorithm, string signature.
  bool verify(View message, View signature) const;

 private:
  KeyKind kind_ = KeyKind::ed25519;
  Bytes blob_;
  Bytes point_;  // the raw key: 32 bytes, or an uncompressed P-256 point
};

// Base64 (RFC 4648 section 4). Decoding is strict: padding required, nothing else allowed; nothing when it is not.
std::string base64_encode(View bytes);
std::optional<Bytes> base64_decode(std::string_view text);

}  // namespace sshkey
