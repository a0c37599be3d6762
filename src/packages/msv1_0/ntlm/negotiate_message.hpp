// NEGOTIATE_MESSAGE ([MS-NLMP] 2.2.1.1).
#pragma once

#include <optional>

#include "ntlm/bytes.hpp"
#include "ntlm/version.hpp"

namespace msv1_0 {

struct NegotiateMessage {
  std::uint32_t flags = 0;
  // In the OEM character set always; present only when the flags say so. Nothing is decided by what a client says of
  // itself here, so they are kept as they came.
  ByteView domain, workstation;
  std::optional<Version> version;  // none when the flag is not set, or the payload begins where it would be

  static OrStatus<NegotiateMessage> parse(ByteView message);
  Bytes build() const;
};

}  // namespace msv1_0
