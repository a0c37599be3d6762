#include "bare_handshake.hpp"

#include <fmt/format.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/params.h>
#include <sys/random.h>

#include <cstring>

#include "measure.hpp"

namespace openlsa::bench {
namespace {

// Sizes of an sshkey handshake with Ed25519 user keys (examples/sshkey/README.md).
constexpr std::size_t message1_bytes = 150;
constexpr std::size_t message2_header_bytes = 34;
constexpr std::size_t statement_bytes = 230;
constexpr std::size_t sshsig_bytes = 190;
constexpr std::size_t proof_bytes = 4 + statement_bytes + 4 + sshsig_bytes + 64 + 32;
constexpr std::size_t signed_bytes = 17 + 1 + 32;
constexpr std::size_t sshsig_signed_bytes = 112;
constexpr std::size_t tag_bytes = 16;

void require(bool good, int line = __builtin_LINE()) {
  if (good) return;
  char reason[256];
  ERR_error_string_n(ERR_get_error(), reason, sizeof reason);
  give_up(fmt::format("OpenSSL failed in the reference of the handshake (bare_handshake.cpp:{}): {}", line, reason));
}

}  // namespace

BareHandshake::BareHandshake()
    : sha256_(EVP_MD_fetch(nullptr, "SHA256", nullptr)),
      sha512_(EVP_MD_fetch(nullptr, "SHA512", nullptr)),
      hmac_(EVP_MAC_fetch(nullptr, "HMAC", nullptr)),
      hmac_context_(EVP_MAC_CTX_new(hmac_.get())),
      gcm_(EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr)),
      digest_context_(EVP_MD_CTX_new()),
      seal_context_(EVP_CIPHER_CTX_new()),
      open_context_(EVP_CIPHER_CTX_new()) {
  char digest[] = "SHA256";
  const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
                                   OSSL_PARAM_construct_end()};
  require(EVP_MAC_CTX_set_params(hmac_context_.get(), parameters) == 1);
  require(EVP_CipherInit_ex(seal_context_.get(), gcm_.get(), nullptr, nullptr, nullptr, 1) == 1);
  require(EVP_CipherInit_ex(open_context_.get(), gcm_.get(), nullptr, nullptr, nullptr, 0) == 1);
  for (auto& context : traffic_) {
    context.reset(EVP_CIPHER_CTX_new());
    require(EVP_CipherInit_ex(context.get(), gcm_.get(), nullptr, nullptr, nullptr, 1) == 1);
  }
  make_side(initiator_);
  make_side(acceptor_);
}

BareHandshake::~BareHandshake() = default;

void BareHandshake::make_side(Side& side) {
  side.session_key.reset(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
  side.user_key.reset(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
  std::size_t size = 32;
  require(EVP_PKEY_get_raw_public_key(side.session_key.get(), side.session_public.data(), &size) == 1);
  require(EVP_PKEY_get_raw_public_key(side.user_key.get(), side.user_public.data(), &size) == 1);
  side.statement.assign(statement_bytes, 0x42);
  const Bytes to_sign(sshsig_signed_bytes, 0x17);
  side.sshsig = sign(side.user_key.get(), to_sign.data(), to_sign.size());
}

BareHandshake::Digest BareHandshake::sha256(const Bytes& data) {
  Digest digest{};
  // Without the reset the context would go on signing, which it did before.
  require(EVP_MD_CTX_reset(digest_context_.get()) == 1 &&
          EVP_DigestInit_ex(digest_context_.get(), sha256_.get(), nullptr) == 1 &&
          EVP_DigestUpdate(digest_context_.get(), data.data(), data.size()) == 1 &&
          EVP_DigestFinal_ex(digest_context_.get(), digest.data(), nullptr) == 1);
  ++counts_.sha256;
  return digest;
}

BareHandshake::Digest BareHandshake::hmac(const Digest& key, const std::uint8_t* data, std::size_t size) {
  Digest mac{};
  std::size_t length = 0;
  require(EVP_MAC_init(hmac_context_.get(), key.data(), key.size(), nullptr) == 1 &&
          EVP_MAC_update(hmac_context_.get(), data, size) == 1 &&
          EVP_MAC_final(hmac_context_.get(), mac.data(), &length, mac.size()) == 1);
  ++counts_.hmac;
  return mac;
}

BareHandshake::Digest BareHandshake::expand(const Digest& key, std::size_t info_bytes) {
  static const Bytes info(128, 0x33);
  return hmac(key, info.data(), info_bytes);
}

BareHandshake::Signature BareHandshake::sign(EVP_PKEY* key, const std::uint8_t* data, std::size_t size) {
  Signature signature{};
  std::size_t length = signature.size();
  require(EVP_MD_CTX_reset(digest_context_.get()) == 1 &&
          EVP_DigestSignInit(digest_context_.get(), nullptr, nullptr, nullptr, key) == 1 &&
          EVP_DigestSign(digest_context_.get(), signature.data(), &length, data, size) == 1);
  ++counts_.signatures;
  return signature;
}

void BareHandshake::verify(const Digest& public_key, const Signature& signature, const std::uint8_t* data,
                           std::size_t size) {
  const Owned<EVP_PKEY> key(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, public_key.data(), public_key.size()));
  require(key && EVP_MD_CTX_reset(digest_context_.get()) == 1 &&
          EVP_DigestVerifyInit(digest_context_.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
          EVP_DigestVerify(digest_context_.get(), signature.data(), signature.size(), data, size) == 1);
  ++counts_.verifications;
}

void BareHandshake::make_ephemeral(Side& side) {
  Digest secret{};
  require(::getrandom(secret.data(), secret.size(), 0) == static_cast<ssize_t>(secret.size()));
  side.ephemeral.reset(EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, nullptr, secret.data(), secret.size()));
  std::size_t size = 32;
  require(EVP_PKEY_get_raw_public_key(side.ephemeral.get(), side.ephemeral_public.data(), &size) == 1);
  ++counts_.key_pairs;
}

void BareHandshake::derive_handshake_keys(Side& side, const Side& peer) {
  const Owned<EVP_PKEY> other(EVP_PKEY_new_raw_public_key(EVP_PKEY_X25519, nullptr, peer.ephemeral_public.data(), 32));
  const Owned<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new(side.ephemeral.get(), nullptr));
  Digest shared{};
  std::size_t size = shared.size();
  require(EVP_PKEY_derive_init(context.get()) == 1 && EVP_PKEY_derive_set_peer(context.get(), other.get()) == 1 &&
          EVP_PKEY_derive(context.get(), shared.data(), &size) == 1);
  ++counts_.exchanges;
  side.pseudorandom_key = hmac(sha256(transcript_), shared.data(), shared.size());
  for (Digest* key : {&side.aead_initiator, &side.aead_acceptor, &side.mac_initiator, &side.mac_acceptor})
    *key = expand(side.pseudorandom_key, 17 + 24);
}

// Signature over the transcript, MAC over that, all of it sealed.
BareHandshake::Bytes BareHandshake::prove(const Side& signer, const Digest& aead, const Digest& mac) {
  Bytes own = transcript_;
  own.insert(own.end(), signer.statement.begin(), signer.statement.end());
  own.resize(own.size() + sshsig_bytes + 8);
  Bytes to_sign(signed_bytes);
  const Digest signed_digest = sha256(own);
  std::memcpy(to_sign.data() + 18, signed_digest.data(), 32);
  const Signature signature = sign(signer.session_key.get(), to_sign.data(), to_sign.size());
  own.insert(own.end(), signature.begin(), signature.end());
  const Digest mac_input = sha256(own);
  std::memcpy(to_sign.data() + 18, mac_input.data(), 32);
  const Digest tag = hmac(mac, to_sign.data(), to_sign.size());

  Bytes proof(proof_bytes);
  std::memcpy(proof.data() + proof_bytes - 96, signature.data(), 64);
  std::memcpy(proof.data() + proof_bytes - 32, tag.data(), 32);
  const Digest associated = sha256(transcript_);
  Bytes sealed(proof_bytes + tag_bytes);
  const std::uint8_t nonce[12] = {};
  int size = 0;
  EVP_CIPHER_CTX* const gcm = seal_context_.get();
  require(EVP_EncryptInit_ex(gcm, nullptr, nullptr, aead.data(), nonce) == 1 &&
          EVP_EncryptUpdate(gcm, nullptr, &size, associated.data(), 32) == 1 &&
          EVP_EncryptUpdate(gcm, sealed.data(), &size, proof.data(), static_cast<int>(proof.size())) == 1 &&
          EVP_EncryptFinal_ex(gcm, sealed.data() + proof.size(), &size) == 1 &&
          EVP_CIPHER_CTX_ctrl(gcm, EVP_CTRL_GCM_GET_TAG, tag_bytes, sealed.data() + proof.size()) == 1);
  ++counts_.seals;
  return sealed;
}

void BareHandshake::check(const Side& signer, const Bytes& sealed, const Digest& aead, const Digest& mac) {
  const Digest associated = sha256(transcript_);
  Bytes proof(proof_bytes);
  Bytes tag(sealed.end() - tag_bytes, sealed.end());
  const std::uint8_t nonce[12] = {};
  int size = 0;
  EVP_CIPHER_CTX* const gcm = open_context_.get();
  require(EVP_DecryptInit_ex(gcm, nullptr, nullptr, aead.data(), nonce) == 1 &&
          EVP_CIPHER_CTX_ctrl(gcm, EVP_CTRL_GCM_SET_TAG, tag_bytes, tag.data()) == 1 &&
          EVP_DecryptUpdate(gcm, nullptr, &size, associated.data(), 32) == 1 &&
          EVP_DecryptUpdate(gcm, proof.data(), &size, sealed.data(), static_cast<int>(proof_bytes)) == 1 &&
          EVP_DecryptFinal_ex(gcm, proof.data() + proof_bytes, &size) == 1);
  ++counts_.opens;

  Bytes own = transcript_;
  own.insert(own.end(), signer.statement.begin(), signer.statement.end());
  own.resize(own.size() + sshsig_bytes + 8);
  Bytes signed_again(signed_bytes);
  const Digest signed_digest = sha256(own);
  std::memcpy(signed_again.data() + 18, signed_digest.data(), 32);
  Signature signature;
  std::memcpy(signature.data(), proof.data() + proof_bytes - 96, 64);
  own.insert(own.end(), signature.begin(), signature.end());
  const Digest mac_input = sha256(own);
  Bytes mac_bytes = signed_again;
  std::memcpy(mac_bytes.data() + 18, mac_input.data(), 32);
  const Digest expected = hmac(mac, mac_bytes.data(), mac_bytes.size());
  require(std::memcmp(expected.data(), proof.data() + proof_bytes - 32, 32) == 0);

  std::uint8_t digest[64];
  require(EVP_DigestInit_ex(digest_context_.get(), sha512_.get(), nullptr) == 1 &&
          EVP_DigestUpdate(digest_context_.get(), signer.statement.data(), signer.statement.size()) == 1 &&
          EVP_DigestFinal_ex(digest_context_.get(), digest, nullptr) == 1);
  ++counts_.sha512;
  static const Bytes sshsig_signed(sshsig_signed_bytes, 0x17);
  verify(signer.user_public, signer.sshsig, sshsig_signed.data(), sshsig_signed.size());
  verify(signer.session_public, signature, signed_again.data(), signed_again.size());
  // The fingerprint by which the peer's key is found and named.
  sha256(Bytes(51, 0x11));
}

void BareHandshake::derive_traffic_keys(const Side& side) {
  sha256(transcript_);
  for (auto& context : traffic_) {
    const Digest key = expand(side.pseudorandom_key, 17 + 24 + 32);
    require(EVP_CipherInit_ex(context.get(), nullptr, nullptr, key.data(), nullptr, -1) == 1);
    ++counts_.message_keys;
  }
}

void BareHandshake::run() {
  counts_ = {};
  make_ephemeral(initiator_);
  transcript_.assign(message1_bytes, 0x01);

  make_ephemeral(acceptor_);
  transcript_.resize(message1_bytes + message2_header_bytes, 0x02);
  derive_handshake_keys(acceptor_, initiator_);
  const Bytes second = prove(acceptor_, acceptor_.aead_acceptor, acceptor_.mac_acceptor);

  derive_handshake_keys(initiator_, acceptor_);
  check(acceptor_, second, initiator_.aead_acceptor, initiator_.mac_acceptor);
  transcript_.insert(transcript_.end(), second.begin(), second.end());
  const Bytes third = prove(initiator_, initiator_.aead_initiator, initiator_.mac_initiator);
  derive_traffic_keys(initiator_);

  check(initiator_, third, acceptor_.aead_initiator, acceptor_.mac_initiator);
  derive_traffic_keys(acceptor_);
}

std::string BareHandshake::counts() const {
  return fmt::format(
      "{} X25519 key pairs, {} exchanges, {} Ed25519 signatures, {} verifications (session keys and SSHSIG), {} "
      "SHA-256, "
      "{} SHA-512, {} HMAC-SHA256, {} AES-256-GCM seals, {} opens, {} message keys set",
      counts_.key_pairs, counts_.exchanges, counts_.signatures, counts_.verifications, counts_.sha256, counts_.sha512,
      counts_.hmac, counts_.seals, counts_.opens, counts_.message_keys);
}

}  // namespace openlsa::bench
