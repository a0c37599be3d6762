#include "ntlm/challenge_message.hpp"

#include "ntlm/fields.hpp"
#include "ntlm/flags.hpp"
#include "ntlm/text.hpp"

namespace msv1_0 {
namespace {

constexpr std::size_t target_name_place = 12, flags_place = 20, challenge_place = 24, target_info_place = 40,
                      version_place = 48;
constexpr std::size_t header_bytes = version_place;
constexpr std::size_t header_with_version_bytes = version_place + Version::wire_bytes;

}  // namespace

OrStatus<ChallengeMessage> ChallengeMessage::parse(ByteView bytes) {
  const auto type = message_type(bytes);
  if (!type || *type != MessageType::challenge || bytes.size() < header_bytes)
    return std::unexpected(SEC_E_INVALID_TOKEN);
  ChallengeMessage message;
  message.flags = load_le32(bytes.data() + flags_place);
  std::memcpy(message.server_challenge.data(), bytes.data() + challenge_place, message.server_challenge.size());
  FieldReader fields(bytes, header_bytes);
  const ByteView target_name = fields.read(target_name_place);
  const bool has_info = (message.flags & flag::target_info) != 0;
  const ByteView target_info = has_info ? fields.read(target_info_place) : ByteView{};
  if (!fields.good()) return std::unexpected(SEC_E_INVALID_TOKEN);
  auto name = read_text(target_name, (message.flags & flag::unicode) != 0);
  if (!name) return std::unexpected(SEC_E_INVALID_TOKEN);
  message.target_name = std::move(*name);
  if (has_info) {
    auto pairs = AvPairs::parse(target_info);
    if (!pairs) return std::unexpected(pairs.error());
    message.target_info = std::move(*pairs);
  }
  if ((message.flags & flag::version) != 0 && fields.payload_start() >= header_with_version_bytes)
    message.version = Version::from_bytes(bytes.data() + version_place);
  return message;
}

OrStatus<Bytes> ChallengeMessage::build() const {
  const auto name = (flags & flag::unicode) != 0 ? std::optional(to_utf16(target_name)) : to_oem(target_name);
  const Bytes info = target_info ? target_info->build() : Bytes{};
  if (!name || name->size() > 0xffff || info.size() > 0xffff) return std::unexpected(SEC_E_INVALID_PARAMETER);
  FieldWriter writer(MessageType::challenge, header_with_version_bytes);
  writer.field(target_name_place, *name);
  writer.number(flags_place, flags);
  writer.bytes(challenge_place, server_challenge);
  if (target_info) writer.field(target_info_place, info);
  if (version) writer.bytes(version_place, version->to_bytes());
  return std::move(writer).finish();
}

}  // namespace msv1_0
