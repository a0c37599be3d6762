// HMAC-MD5 (RFC 2104). The key is taken in once: the states after its two blocks are what a message starts from.
#pragma once

#include <initializer_list>

#include "crypto/md5.hpp"

namespace openlsa::crypto {

class HmacMd5Key {
 public:
  HmacMd5Key() = default;  // as with the empty key; assign before use
  explicit HmacMd5Key(ByteView key);
  HmacMd5Key(const HmacMd5Key&) = default;
  HmacMd5Key& operator=(const HmacMd5Key&) = default;
  ~HmacMd5Key() {
    wipe(inner_.data(), sizeof inner_);
    wipe(outer_.data(), sizeof outer_);
  }

  Md5 begin() const { return {inner_, Md5::block_bytes}; }
  Digest finish(Md5& inner) const { return finish(inner, Md5Rounds::compress); }
  // With other code for the rounds (Md5::update).
  template <class Compress>
  Digest finish(Md5& inner, const Compress& compress) const {
    const Digest first = inner.finish(compress);
    Md5 outer(outer_, Md5::block_bytes);
    outer.update(first, compress);
    return outer.finish(compress);
  }

 private:
  HashState inner_ = hash_start;
  HashState outer_ = hash_start;
};

// Over the parts, one after the other.
Digest hmac_md5(ByteView key, std::initializer_list<ByteView> parts);

}  // namespace openlsa::crypto
