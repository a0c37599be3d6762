// CRC-32 as in RFC 1952 8: what NTLM without extended session security signs with ([MS-NLMP] 3.4.4.1).
#pragma once

#include "crypto/bytes.hpp"

namespace openlsa::crypto {

class Crc32 {
 public:
  void update(ByteView data);
  std::uint32_t value() const { return ~register_; }

 private:
  std::uint32_t register_ = 0xffffffff;
};

}  // namespace openlsa::crypto
