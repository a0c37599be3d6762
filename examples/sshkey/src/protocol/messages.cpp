#include "protocol/messages.hpp"

#include "core/wire.hpp"

namespace sshkey {
namespace {

constexpr std::uint8_t type_1 = 1;
constexpr std::uint8_t type_2 = 2;
constexpr std::uint8_t type_3 = 3;

bool read_head(Reader& reader, std::uint8_t type) {
  const std::uint8_t found = reader.u8();
  const std::uint8_t suite = reader.u8();
  return !reader.failed() && found == type && suite == suite_1;
}

}  // namespace

Bytes encode(const Message1& message) {
  Writer writer;
  writer.u8(type_1).u8(suite_1).u32(message.flags).raw(message.ephemeral).string(message.target).raw(message.binding);
  return writer.take();
}

std::optional<Message1> decode_message1(View bytes) {
  Reader reader(bytes);
  Message1 message;
  if (!read_head(reader, type_1)) return std::nullopt;
  message.flags = reader.u32();
  message.ephemeral = reader.fixed<32>();
  message.target = text_of(reader.string(max_target));
  message.binding = reader.fixed<32>();
  if (!reader.finished() || (message.flags & ~all_message_flags) != 0) return std::nullopt;
  return message;
}

Bytes message2_header(const Fixed32& ephemeral) { return Writer().u8(type_2).u8(suite_1).raw(ephemeral).take(); }

Bytes encode(const Message2& message) {
  return Writer().raw(message2_header(message.ephemeral)).string(message.sealed).take();
}

std::optional<Message2> decode_message2(View bytes) {
  Reader reader(bytes);
  Message2 message;
  if (!read_head(reader, type_2)) return std::nullopt;
  message.ephemeral = reader.fixed<32>();
  message.sealed = copy_of(reader.string(max_sealed_proof));
  if (!reader.finished()) return std::nullopt;
  return message;
}

Bytes message3_header() { return {type_3, suite_1}; }

Bytes encode_message3(View sealed) { return Writer().raw(message3_header()).string(sealed).take(); }

std::optional<Bytes> decode_message3(View bytes) {
  Reader reader(bytes);
  if (!read_head(reader, type_3)) return std::nullopt;
  Bytes sealed = copy_of(reader.string(max_sealed_proof));
  if (!reader.finished()) return std::nullopt;
  return sealed;
}

Bytes encode(const Proof& proof) {
  return Writer().string(proof.statement).string(proof.sshsig).raw(proof.signature).raw(proof.mac).take();
}

std::optional<Proof> decode_proof(View bytes) {
  Reader reader(bytes);
  Proof proof;
  proof.statement = copy_of(reader.string(max_statement));
  proof.sshsig = copy_of(reader.string(max_sshsig));
  proof.signature = reader.fixed<ed25519_signature_size>();
  proof.mac = reader.fixed<32>();
  if (!reader.finished()) return std::nullopt;
  return proof;
}

}  // namespace sshkey
