// The three messages of the handshake. Decoding is strict: known type, known suite, known flags, exact lengths.
#pragma once

#include "core/crypto.hpp"
#include "protocol/statement.hpp"
#include "ssh/sshsig.hpp"

namespace sshkey {

// X25519, Ed25519 session keys, HKDF-SHA256, HMAC-SHA256, AES-256-GCM.
inline constexpr std::uint8_t suite_1 = 1;
inline constexpr std::size_t max_target = 512;
inline constexpr std::size_t max_sealed_proof = 2048;
inline constexpr std::size_t max_handshake_message = 2560;

// What the initiator asks for and the acceptor must know; the signatures cover it with the rest of M1.
inline constexpr std::uint32_t flag_replay_detect = 1;
inline constexpr std::uint32_t flag_sequence_detect = 2;
inline constexpr std::uint32_t flag_identify_only = 4;
inline constexpr std::uint32_t all_message_flags = 7;

struct Message1 {
  std::uint32_t flags = 0;
  Fixed32 ephemeral{};
  std::string target;  // account@authority-id, UTF-8
  Fixed32 binding{};   // SHA-256 of the channel binding, or zero for none
};
Bytes encode(const Message1& message);
std::optional<Message1> decode_message1(View bytes);

struct Message2 {
  Fixed32 ephemeral{};
  Bytes sealed;  // the acceptor's proof
};
// The part of M2 before the sealed proof; the key schedule and the associated data take it in.
Bytes message2_header(const Fixed32& ephemeral);
Bytes encode(const Message2& message);
std::optional<Message2> decode_message2(View bytes);

// M3 is nothing but the initiator's sealed proof.
Bytes message3_header();
Bytes encode_message3(View sealed);
std::optional<Bytes> decode_message3(View bytes);

// What the AEAD of M2 and M3 holds.
struct Proof {
  Bytes statement;
  Bytes sshsig;
  Ed25519Signature signature{};
  Fixed32 mac{};
};
Bytes encode(const Proof& proof);
std::optional<Proof> decode_proof(View bytes);

}  // namespace sshkey
