#include "ntlm/packed_session.hpp"

#include <algorithm>

namespace msv1_0 {
namespace {

constexpr std::uint32_t marker = 0x4d4c544e;  // "NTLM"
constexpr std::uint32_t format_version = 2;
constexpr std::size_t version_place = 4, flags_place = 8, role_place = 12, key_place = 16, initiator_place = 32;
constexpr std::size_t direction_bytes = 8 + crypto::Rc4::packed_bytes;
constexpr std::size_t acceptor_place = initiator_place + direction_bytes;
constexpr std::uint64_t last_number = std::uint64_t{1} << 32;

bool all_zero(ByteView bytes) {
  return std::ranges::all_of(bytes, [](std::uint8_t byte) { return byte == 0; });
}

}  // namespace

// The one place beside Session that knows its insides.
class SessionPacker {
 public:
  static void pack(const Session::Direction& direction, std::span<std::uint8_t, direction_bytes> out) {
    crypto::store_le32(&out[0], static_cast<std::uint32_t>(direction.next));
    crypto::store_le32(&out[4], static_cast<std::uint32_t>(direction.next >> 32));
    const auto stream = out.subspan<8, crypto::Rc4::packed_bytes>();
    if (direction.has_begun)
      direction.cipher.pack(stream);
    else
      std::ranges::fill(stream, std::uint8_t{0});
  }
  static bool unpack(std::span<const std::uint8_t, direction_bytes> from, Session::Direction& direction) {
    direction.next = load_le64(from.data());
    const auto stream = from.subspan<8, crypto::Rc4::packed_bytes>();
    direction.has_begun = !all_zero(stream);
    return direction.next <= last_number && (!direction.has_begun || direction.cipher.unpack(stream));
  }
  static PackedSession pack(const Session& session) {
    PackedSession packed;
    const auto out = packed.reveal_mutable();
    crypto::store_le32(&out[0], marker);
    crypto::store_le32(&out[version_place], format_version);
    crypto::store_le32(&out[flags_place], session.flags_);
    crypto::store_le32(&out[role_place], session.role_ == Sender::acceptor ? 1 : 0);
    std::ranges::copy(session.exported_.reveal(), out.subspan<key_place, 16>().begin());
    pack(session.initiator_, out.subspan<initiator_place, direction_bytes>());
    if (session.has(flag::extended_session_security))
      pack(session.acceptor_, out.subspan<acceptor_place, direction_bytes>());
    return packed;
  }
  static OrStatus<Session> unpack(std::span<const std::uint8_t, packed_session_bytes> from) {
    const std::unexpected malformed(SEC_E_INVALID_TOKEN);
    const std::uint32_t role = load_le32(&from[role_place]);
    if (load_le32(&from[0]) != marker || load_le32(&from[version_place]) != format_version || role > 1)
      return malformed;
    Session session(load_le32(&from[flags_place]), role == 1 ? Sender::acceptor : Sender::initiator,
                    Key(from.subspan<key_place, 16>()));
    if (!unpack(from.subspan<initiator_place, direction_bytes>(), session.initiator_)) return malformed;
    const auto acceptor = from.subspan<acceptor_place, direction_bytes>();
    // Where one stream serves both directions, the room of the second is empty.
    const bool good =
        session.has(flag::extended_session_security) ? unpack(acceptor, session.acceptor_) : all_zero(acceptor);
    if (!good) return malformed;
    return session;
  }
};

PackedSession pack(const Session& session) { return SessionPacker::pack(session); }

OrStatus<Session> unpack_session(ByteView packed) {
  if (packed.size() != packed_session_bytes) return std::unexpected(SEC_E_INVALID_TOKEN);
  return SessionPacker::unpack(packed.first<packed_session_bytes>());
}

}  // namespace msv1_0
