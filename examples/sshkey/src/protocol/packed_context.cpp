#include "protocol/packed_context.hpp"

#include "core/wire.hpp"

namespace sshkey {
namespace {

constexpr std::uint32_t version = 1;
constexpr std::size_t max_text = 1024;

}  // namespace

Secret encode(const PackedContext& c) {
  Writer writer;
  writer.u32(version).u8(static_cast<std::uint8_t>(c.role)).u8(c.replay_detect).u8(c.sequence_detect);
  writer.u32(c.attributes).u64(c.token_handle);
  writer.u64(static_cast<std::uint64_t>(c.starts)).u64(static_cast<std::uint64_t>(c.expires));
  writer.string(c.own_account).string(c.peer_account).string(c.peer_key_fingerprint);
  writer.raw(c.own_authority).raw(c.peer_authority);
  Bytes head = writer.take();
  // The keys are placed in a block of their own size at once, so that no copy of them stays behind in a grown vector.
  Secret out(head.size() + 4 * key_size);
  MutableView rest = out.reveal_mutable();
  std::memcpy(rest.data(), head.data(), head.size());
  rest = rest.subspan(head.size());
  for (const Secret* key : {&c.seal_send, &c.seal_receive, &c.sign_send, &c.sign_receive}) {
    if (key->reveal().size() != key_size) return Secret();
    std::memcpy(rest.data(), key->reveal().data(), key_size);
    rest = rest.subspan(key_size);
  }
  return out;
}

std::optional<PackedContext> decode_packed_context(View bytes) {
  Reader reader(bytes);
  PackedContext c;
  const std::uint32_t found_version = reader.u32();
  const std::uint8_t role = reader.u8();
  const std::uint8_t replay = reader.u8();
  const std::uint8_t sequence = reader.u8();
  c.attributes = reader.u32();
  c.token_handle = reader.u64();
  c.starts = static_cast<std::int64_t>(reader.u64());
  c.expires = static_cast<std::int64_t>(reader.u64());
  c.own_account = text_of(reader.string(max_text));
  c.peer_account = text_of(reader.string(max_text));
  c.peer_key_fingerprint = text_of(reader.string(max_text));
  c.own_authority = reader.fixed<32>();
  c.peer_authority = reader.fixed<32>();
  for (Secret* key : {&c.seal_send, &c.seal_receive, &c.sign_send, &c.sign_receive})
    *key = Secret(reader.raw(key_size));
  if (!reader.finished() || found_version != version || (role != 1 && role != 2) || replay > 1 || sequence > 1)
    return std::nullopt;
  c.role = static_cast<Role>(role);
  c.replay_detect = replay == 1;
  c.sequence_detect = sequence == 1;
  return c;
}

}  // namespace sshkey
