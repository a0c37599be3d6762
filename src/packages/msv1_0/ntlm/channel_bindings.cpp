#include "ntlm/channel_bindings.hpp"

#include "crypto/md5.hpp"

namespace msv1_0 {
namespace {

void update(crypto::Md5& hash, std::uint32_t number) {
  std::array<std::uint8_t, 4> bytes;
  crypto::store_le32(bytes.data(), number);
  hash.update(bytes);
}

void update(crypto::Md5& hash, ByteView data) {
  update(hash, static_cast<std::uint32_t>(data.size()));
  hash.update(data);
}

// A part of length 0 is absent, wherever its offset points.
std::optional<ByteView> part(ByteView buffer, ULONG size_bytes, ULONG offset) {
  if (size_bytes == 0) return ByteView{};
  const std::uint64_t end = std::uint64_t{offset} + size_bytes;
  if (offset < sizeof(SEC_CHANNEL_BINDINGS) || end > buffer.size()) return std::nullopt;
  return buffer.subspan(offset, size_bytes);
}

}  // namespace

BindingsHash channel_bindings_hash(const ChannelBindings& bindings) {
  crypto::Md5 hash;
  update(hash, bindings.initiator_address_type);
  update(hash, bindings.initiator_address);
  update(hash, bindings.acceptor_address_type);
  update(hash, bindings.acceptor_address);
  update(hash, bindings.application_data);
  return hash.finish();
}

std::optional<ChannelBindings> read_channel_bindings(ByteView buffer) {
  SEC_CHANNEL_BINDINGS header;
  if (buffer.size() < sizeof header) return std::nullopt;
  std::memcpy(&header, buffer.data(), sizeof header);
  const auto initiator = part(buffer, header.cbInitiatorLength, header.dwInitiatorOffset);
  const auto acceptor = part(buffer, header.cbAcceptorLength, header.dwAcceptorOffset);
  const auto application = part(buffer, header.cbApplicationDataLength, header.dwApplicationDataOffset);
  if (!initiator || !acceptor || !application) return std::nullopt;
  return ChannelBindings{header.dwInitiatorAddrType, *initiator, header.dwAcceptorAddrType, *acceptor, *application};
}

}  // namespace msv1_0
