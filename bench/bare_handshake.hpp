// The reference of handshake.sshkey.*: the cryptography of one handshake, both sides, through OpenSSL's EVP alone.
// Algorithms are fetched once and contexts reused; own keys are parsed once; keys of the peer come with each handshake,
// so they are parsed each time. No message is built, nothing is looked up, nothing crosses a process.
#pragma once

#include <openssl/evp.h>

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace openlsa::bench {

class BareHandshake {
 public:
  BareHandshake();
  ~BareHandshake();
  void run();
  // What `run` does, counted while it last did it.
  std::string counts() const;

 private:
  struct Free {
    void operator()(EVP_PKEY* p) const { EVP_PKEY_free(p); }
    void operator()(EVP_PKEY_CTX* p) const { EVP_PKEY_CTX_free(p); }
    void operator()(EVP_MD_CTX* p) const { EVP_MD_CTX_free(p); }
    void operator()(EVP_CIPHER_CTX* p) const { EVP_CIPHER_CTX_free(p); }
    void operator()(EVP_MD* p) const { EVP_MD_free(p); }
    void operator()(EVP_MAC* p) const { EVP_MAC_free(p); }
    void operator()(EVP_MAC_CTX* p) const { EVP_MAC_CTX_free(p); }
    void operator()(EVP_CIPHER* p) const { EVP_CIPHER_free(p); }
  };
  template <class T>
  using Owned = std::unique_ptr<T, Free>;
  using Digest = std::array<std::uint8_t, 32>;
  using Signature = std::array<std::uint8_t, 64>;
  using Bytes = std::vector<std::uint8_t>;

  struct Side {
    Owned<EVP_PKEY> session_key, user_key;
    Digest session_public{}, user_public{};
    Bytes statement;
    Signature sshsig{};  // by the user's key, made once at the logon
    Owned<EVP_PKEY> ephemeral;
    Digest ephemeral_public{};
    Digest pseudorandom_key{};
    Digest aead_initiator{}, aead_acceptor{}, mac_initiator{}, mac_acceptor{};
  };

  void make_side(Side& side);
  void make_ephemeral(Side& side);
  void derive_handshake_keys(Side& side, const Side& peer);
  Bytes prove(const Side& signer, const Digest& aead, const Digest& mac);
  void check(const Side& signer, const Bytes& sealed, const Digest& aead, const Digest& mac);
  void derive_traffic_keys(const Side& side);

  Digest sha256(const Bytes& data);
  Digest hmac(const Digest& key, const std::uint8_t* data, std::size_t size);
  Digest expand(const Digest& key, std::size_t info_bytes);
  Signature sign(EVP_PKEY* key, const std::uint8_t* data, std::size_t size);
  void verify(const Digest& public_key, const Signature& signature, const std::uint8_t* data, std::size_t size);

  Owned<EVP_MD> sha256_, sha512_;
  Owned<EVP_MAC> hmac_;
  Owned<EVP_MAC_CTX> hmac_context_;
  Owned<EVP_CIPHER> gcm_;
  Owned<EVP_MD_CTX> digest_context_;
  Owned<EVP_CIPHER_CTX> seal_context_, open_context_;
  Owned<EVP_CIPHER_CTX> traffic_[4];
  Side initiator_, acceptor_;
  Bytes transcript_;
  struct Counts {
    int key_pairs, exchanges, signatures, verifications, sha256, sha512, hmac, seals, opens, message_keys;
  };
  Counts counts_{};
};

}  // namespace openlsa::bench
