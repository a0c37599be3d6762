#include "crypto/hmac_md5.hpp"

namespace openlsa::crypto {

HmacMd5Key::HmacMd5Key(ByteView key) {
  std::array<std::uint8_t, Md5::block_bytes> block{};
  Digest shortened{};
  if (key.size() > block.size()) {
    shortened = Md5::of(key);
    key = shortened;
  }
  if (!key.empty()) std::memcpy(block.data(), key.data(), key.size());
  for (std::uint8_t& byte : block) byte ^= 0x36;
  Md5Rounds::compress(inner_, block.data(), 1);
  for (std::uint8_t& byte : block) byte ^= 0x36 ^ 0x5c;
  Md5Rounds::compress(outer_, block.data(), 1);
  wipe(block);
  wipe(shortened);
}

Digest hmac_md5(ByteView key, std::initializer_list<ByteView> parts) {
  const HmacMd5Key states(key);
  Md5 inner = states.begin();
  for (const ByteView part : parts) inner.update(part);
  return states.finish(inner);
}

}  // namespace openlsa::crypto
