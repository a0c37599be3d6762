// The hash of channel bindings that MsvAvChannelBindings carries: MD5 over gss_channel_bindings_struct
// ([MS-NLMP] 3.1.5.1.2, RFC 4121 4.1.1.2).
#pragma once

#include <array>
#include <optional>

#include "ntlm/bytes.hpp"

namespace msv1_0 {

using BindingsHash = std::array<std::uint8_t, 16>;

struct ChannelBindings {
  std::uint32_t initiator_address_type = 0;
  ByteView initiator_address;
  std::uint32_t acceptor_address_type = 0;
  ByteView acceptor_address;
  ByteView application_data;
};

BindingsHash channel_bindings_hash(const ChannelBindings& bindings);

// Reads SEC_CHANNEL_BINDINGS, as a SECBUFFER_CHANNEL_BINDINGS holds it. None when a part does not lie within the
// buffer.
std::optional<ChannelBindings> read_channel_bindings(ByteView buffer);

}  // namespace msv1_0
