#include "core/crypto.hpp"

#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <sys/random.h>

#include <cerrno>
#include <cstdlib>

namespace sshkey {
namespace {

constexpr std::array<std::uint8_t, 12> zero_nonce{};

// OpenSSL can fail here only for want of memory or of the algorithm; going on would be unsafe.
void require(bool ok) {
  if (!ok) throw std::bad_alloc();  // caught at the C edge, which answers "insufficient memory"
}

Openssl<EVP_PKEY> private_key_of(int type, const Secret& key) {
  return Openssl<EVP_PKEY>(EVP_PKEY_new_raw_private_key(type, nullptr, key.reveal().data(), key.reveal().size()));
}

KeyPair make_pair(int type) {
  KeyPair pair;
  pair.private_key = Secret(key_size);
  fill_random(pair.private_key.reveal_mutable());
  const auto key = private_key_of(type, pair.private_key);
  std::size_t size = pair.public_key.size();
  require(key && EVP_PKEY_get_raw_public_key(key.get(), pair.public_key.data(), &size) == 1 && size == key_size);
  return pair;
}

}  // namespace

void fill_random(MutableView out) {
  std::size_t done = 0;
  while (done < out.size()) {
    const ssize_t got = ::getrandom(out.data() + done, out.size() - done, 0);
    if (got < 0 && errno != EINTR) std::abort();
    if (got > 0) done += static_cast<std::size_t>(got);
  }
}

Fixed32 sha256(std::initializer_list<View> parts) {
  Fixed32 digest{};
  const Openssl<EVP_MD_CTX> context(EVP_MD_CTX_new());
  require(context && EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) == 1);
  for (const View part : parts) require(EVP_DigestUpdate(context.get(), part.data(), part.size()) == 1);
  require(EVP_DigestFinal_ex(context.get(), digest.data(), nullptr) == 1);
  return digest;
}

Bytes sha512(View data) {
  Bytes digest(64);
  require(EVP_Digest(data.data(), data.size(), digest.data(), nullptr, EVP_sha512(), nullptr) == 1);
  return digest;
}

Fixed32 hmac_sha256(View key, View data) {
  Fixed32 mac{};
  require(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), data.data(), data.size(), mac.data(), nullptr) !=
          nullptr);
  return mac;
}

Secret hkdf_extract(View salt, View input) {
  Fixed32 key = hmac_sha256(salt, input);
  Secret secret{View(key)};
  wipe(key);
  return secret;
}

// RFC 5869 section 2.3 with L = 32: one block, T(1) = HMAC(PRK, info | 0x01).
Secret hkdf_expand(View pseudorandom_key, std::string_view info, View context) {
  Bytes input = copy_of(view_of(info));
  input.insert(input.end(), context.begin(), context.end());
  input.push_back(1);
  Fixed32 block = hmac_sha256(pseudorandom_key, input);
  Secret secret{View(block)};
  wipe(block);
  return secret;
}

KeyPair make_x25519() { return make_pair(EVP_PKEY_X25519); }
KeyPair make_ed25519() { return make_pair(EVP_PKEY_ED25519); }

std::optional<Secret> x25519_shared(const Secret& private_key, const Fixed32& peer) {
  const auto own = private_key_of(EVP_PKEY_X25519, private_key);
  const Openssl<EVP_PKEY> other(EVP_PKEY_new_raw_public_key(EVP_PKEY_X25519, nullptr, peer.data(), peer.size()));
  if (!own || !other) return std::nullopt;
  const Openssl<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new(own.get(), nullptr));
  Secret shared(key_size);
  std::size_t size = key_size;
  // EVP_PKEY_derive also fails for the all-zero result; the comparison below does not rely on it.
  if (!context || EVP_PKEY_derive_init(context.get()) != 1 ||
      EVP_PKEY_derive_set_peer(context.get(), other.get()) != 1 ||
      EVP_PKEY_derive(context.get(), shared.reveal_mutable().data(), &size) != 1 || size != key_size)
    return std::nullopt;
  if (equal_constant_time(shared.reveal(), Fixed32{})) return std::nullopt;
  return shared;
}

std::optional<Ed25519Signature> ed25519_sign(const Secret& private_key, View message) {
  const auto key = private_key_of(EVP_PKEY_ED25519, private_key);
  const Openssl<EVP_MD_CTX> context(EVP_MD_CTX_new());
  Ed25519Signature signature{};
  std::size_t size = signature.size();
  if (!key || !context || EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1 ||
      EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size()) != 1 ||
      size != signature.size())
    return std::nullopt;
  return signature;
}

bool ed25519_verify(const Fixed32& public_key, View message, View signature) {
  if (signature.size() != ed25519_signature_size) return false;
  const Openssl<EVP_PKEY> key(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, public_key.data(), public_key.size()));
  const Openssl<EVP_MD_CTX> context(EVP_MD_CTX_new());
  return key && context && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
         EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(), message.size()) == 1;
}

Bytes aead_seal_once(const Secret& key, View associated_data, View plaintext) {
  const Openssl<EVP_CIPHER_CTX> context(EVP_CIPHER_CTX_new());
  Bytes out(plaintext.size() + tag_size);
  int size = 0;
  require(context &&
          EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key.reveal().data(), zero_nonce.data()) == 1);
  require(EVP_EncryptUpdate(context.get(), nullptr, &size, associated_data.data(),
                            static_cast<int>(associated_data.size())) == 1);
  require(EVP_EncryptUpdate(context.get(), out.data(), &size, plaintext.data(), static_cast<int>(plaintext.size())) ==
          1);
  require(EVP_EncryptFinal_ex(context.get(), out.data() + plaintext.size(), &size) == 1);
  require(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, tag_size, out.data() + plaintext.size()) == 1);
  return out;
}

std::optional<Bytes> aead_open_once(const Secret& key, View associated_data, View sealed) {
  if (sealed.size() < tag_size) return std::nullopt;
  const View ciphertext = sealed.first(sealed.size() - tag_size);
  Bytes tag = copy_of(sealed.last(tag_size));
  Bytes out(ciphertext.size());
  int size = 0;
  const Openssl<EVP_CIPHER_CTX> context(EVP_CIPHER_CTX_new());
  require(context &&
          EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key.reveal().data(), zero_nonce.data()) == 1);
  require(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, tag_size, tag.data()) == 1);
  require(EVP_DecryptUpdate(context.get(), nullptr, &size, associated_data.data(),
                            static_cast<int>(associated_data.size())) == 1);
  if (EVP_DecryptUpdate(context.get(), out.data(), &size, ciphertext.data(), static_cast<int>(ciphertext.size())) !=
          1 ||
      EVP_DecryptFinal_ex(context.get(), out.data() + ciphertext.size(), &size) != 1) {
    wipe(out);
    return std::nullopt;
  }
  return out;
}

}  // namespace sshkey
