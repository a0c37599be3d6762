// RC4 and MD5 over the same bytes in one pass. Each of the two is one long chain of dependent steps, so that a
// processor that gets both at once does the one while it waits for the other.
#pragma once

#include "crypto/md5.hpp"
#include "crypto/rc4.hpp"

namespace openlsa::crypto {

// Rounds for Md5::update and finish: each block of the hash brings 64 bytes of the cipher's stream along, for this
// message or the next one, as long as there is room for them.
class Md5RoundsBeside {
 public:
  explicit Md5RoundsBeside(Rc4& cipher) : cipher_(cipher) {}
  void operator()(HashState& state, const std::uint8_t* first, std::size_t blocks) const;

 private:
  Rc4& cipher_;
};

// Hashes what is there, and encrypts it.
void hash_and_encrypt(Md5& hash, Rc4& cipher, MutableByteView data);
// Decrypts, and hashes what comes out.
void decrypt_and_hash(Md5& hash, Rc4& cipher, MutableByteView data);

}  // namespace openlsa::crypto
