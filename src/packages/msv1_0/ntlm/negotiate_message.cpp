#include "ntlm/negotiate_message.hpp"

#include "ntlm/fields.hpp"
#include "ntlm/flags.hpp"

namespace msv1_0 {
namespace {

constexpr std::size_t flags_place = 12, domain_place = 16, workstation_place = 24, version_place = 32;
constexpr std::size_t header_bytes = version_place;  // as clients without a version send it
constexpr std::size_t header_with_version_bytes = version_place + Version::wire_bytes;

}  // namespace

OrStatus<NegotiateMessage> NegotiateMessage::parse(ByteView bytes) {
  const auto type = message_type(bytes);
  if (!type || *type != MessageType::negotiate || bytes.size() < header_bytes)
    return std::unexpected(SEC_E_INVALID_TOKEN);
  NegotiateMessage message;
  message.flags = load_le32(bytes.data() + flags_place);
  FieldReader fields(bytes, header_bytes);
  if ((message.flags & flag::oem_domain_supplied) != 0) message.domain = fields.read(domain_place);
  if ((message.flags & flag::oem_workstation_supplied) != 0) message.workstation = fields.read(workstation_place);
  if (!fields.good()) return std::unexpected(SEC_E_INVALID_TOKEN);
  if ((message.flags & flag::version) != 0 && fields.payload_start() >= header_with_version_bytes)
    message.version = Version::from_bytes(bytes.data() + version_place);
  return message;
}

Bytes NegotiateMessage::build() const {
  FieldWriter writer(MessageType::negotiate, header_with_version_bytes);
  writer.number(flags_place, flags);
  if (!domain.empty()) writer.field(domain_place, domain);
  if (!workstation.empty()) writer.field(workstation_place, workstation);
  if (version) writer.bytes(version_place, version->to_bytes());
  return std::move(writer).finish();
}

}  // namespace msv1_0
