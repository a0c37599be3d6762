#include "ntlm/authenticate_message.hpp"

#include "ntlm/fields.hpp"
#include "ntlm/flags.hpp"
#include "ntlm/text.hpp"

namespace msv1_0 {
namespace {

constexpr std::size_t lm_place = 12, nt_place = 20, domain_place = 28, user_place = 36, workstation_place = 44,
                      key_place = 52, flags_place = 60, version_place = 64;
constexpr std::size_t header_bytes = version_place;
constexpr std::size_t header_with_version_bytes = version_place + Version::wire_bytes;
constexpr std::size_t header_with_mic_bytes = mic_place + sizeof(Mic);
constexpr std::size_t ntlmv1_bytes = 24, session_key_bytes = 16;

bool read_names(ByteView domain, ByteView user, ByteView workstation, AuthenticateMessage& message) {
  const bool unicode = (message.flags & flag::unicode) != 0;
  auto domain_text = read_text(domain, unicode), user_text = read_text(user, unicode),
       workstation_text = read_text(workstation, unicode);
  if (!domain_text || !user_text || !workstation_text) return false;
  message.domain = std::move(*domain_text);
  message.user = std::move(*user_text);
  message.workstation = std::move(*workstation_text);
  return true;
}

bool read_responses(AuthenticateMessage& message) {
  const ByteView lm = message.lm_response, nt = message.nt_response;
  if (!lm.empty() && lm.size() != ntlmv1_bytes && !(lm.size() == 1 && lm[0] == 0)) return false;
  if (nt.empty() || nt.size() == ntlmv1_bytes) return true;
  if (nt.size() < proof_bytes) return false;
  auto challenge = ClientChallenge::parse(nt.subspan(proof_bytes));
  if (!challenge) return false;
  message.client_challenge = std::move(*challenge);
  return true;
}

bool read_key(ByteView key, AuthenticateMessage& message) {
  if ((message.flags & flag::key_exchange) == 0) return true;
  const bool needed = (message.flags & flag::session_security) != 0;
  if (key.size() != session_key_bytes && (needed || !key.empty())) return false;
  message.encrypted_session_key = key;
  return true;
}

// A client that says it sent a MIC must have left room for it, and no half of it.
bool room_is_clear(const AuthenticateMessage& message, std::size_t payload_start) {
  if (payload_start <= mic_place || payload_start >= header_with_mic_bytes) return true;
  const auto flags = message.client_challenge ? message.client_challenge->pairs.flags() : std::nullopt;
  return (flags.value_or(0) & av_flag::mic) == 0;
}

}  // namespace

OrStatus<AuthenticateMessage> AuthenticateMessage::parse(ByteView bytes) {
  const std::unexpected malformed(SEC_E_INVALID_TOKEN);
  const auto type = message_type(bytes);
  if (!type || *type != MessageType::authenticate || bytes.size() < header_bytes) return malformed;
  AuthenticateMessage message;
  message.flags = load_le32(bytes.data() + flags_place);
  FieldReader fields(bytes, header_bytes);
  message.lm_response = fields.read(lm_place);
  message.nt_response = fields.read(nt_place);
  const ByteView domain = fields.read(domain_place), user = fields.read(user_place),
                 workstation = fields.read(workstation_place);
  const bool has_key = (message.flags & flag::key_exchange) != 0;
  const ByteView key = has_key ? fields.read(key_place) : ByteView{};
  if (!fields.good() || !read_names(domain, user, workstation, message) || !read_responses(message) ||
      !read_key(key, message) || !room_is_clear(message, fields.payload_start()))
    return malformed;
  if ((message.flags & flag::version) != 0 && fields.payload_start() >= header_with_version_bytes)
    message.version = Version::from_bytes(bytes.data() + version_place);
  if (fields.payload_start() >= header_with_mic_bytes) {
    message.mic.emplace();
    std::memcpy(message.mic->data(), bytes.data() + mic_place, message.mic->size());
  }
  return message;
}

OrStatus<Bytes> AuthenticateMessage::build(bool room_for_mic) const {
  const auto write = [this](std::u16string_view text) {
    return (flags & flag::unicode) != 0 ? std::optional(to_utf16(text)) : to_oem(text);
  };
  const auto domain_bytes = write(domain), user_bytes = write(user), workstation_bytes = write(workstation);
  if (!domain_bytes || !user_bytes || !workstation_bytes) return std::unexpected(SEC_E_INVALID_PARAMETER);
  for (const ByteView part :
       {ByteView(*domain_bytes), ByteView(*user_bytes), ByteView(*workstation_bytes), nt_response})
    if (part.size() > 0xffff) return std::unexpected(SEC_E_INVALID_PARAMETER);
  FieldWriter writer(MessageType::authenticate, room_for_mic ? header_with_mic_bytes : header_with_version_bytes);
  // The order of the examples in 4.2.
  writer.field(domain_place, *domain_bytes);
  writer.field(user_place, *user_bytes);
  writer.field(workstation_place, *workstation_bytes);
  writer.field(lm_place, lm_response);
  writer.field(nt_place, nt_response);
  writer.field(key_place, encrypted_session_key);
  writer.number(flags_place, flags);
  if (version) writer.bytes(version_place, version->to_bytes());
  return std::move(writer).finish();
}

}  // namespace msv1_0
