#include "ntlm/keys.hpp"

#include "crypto/des.hpp"
#include "crypto/hmac_md5.hpp"
#include "ntlm/flags.hpp"

namespace msv1_0 {
namespace {

// With the zero byte at their ends, which is hashed, too.
constexpr char initiator_signing[] = "session key to client-to-server signing key magic constant";
constexpr char acceptor_signing[] = "session key to server-to-client signing key magic constant";
constexpr char initiator_sealing[] = "session key to client-to-server sealing key magic constant";
constexpr char acceptor_sealing[] = "session key to server-to-client sealing key magic constant";

template <std::size_t size>
ByteView with_end(const char (&text)[size]) {
  return {reinterpret_cast<const std::uint8_t*>(text), size};
}

Key hashed(ByteView key, ByteView constant) {
  crypto::Md5 hash;
  hash.update(key);
  hash.update(constant);
  crypto::Digest digest = hash.finish();
  const Key result{digest};
  crypto::wipe(digest);
  return result;
}

Key lm_session_key(const crypto::Wiped<8>& lm_owf_start, const crypto::Response24& lm_response) {
  crypto::DesBlock block;
  std::memcpy(block.data(), lm_response.data(), block.size());
  // The second key is the eighth byte of the hash, filled up with a constant.
  crypto::Wiped<7> second;
  std::memset(second.reveal_mutable().data(), 0xbd, 7);
  second.reveal_mutable()[0] = lm_owf_start.reveal()[7];
  const crypto::DesBlock first_half = crypto::des_of_7_bytes(lm_owf_start.reveal().first<7>(), block);
  const crypto::DesBlock second_half = crypto::des_of_7_bytes(second.reveal(), block);
  Key key;
  std::memcpy(key.reveal_mutable().data(), first_half.data(), 8);
  std::memcpy(key.reveal_mutable().data() + 8, second_half.data(), 8);
  return key;
}

}  // namespace

Key key_exchange_key_v1(std::uint32_t flags, const Key& session_base_key, const crypto::Wiped<8>& lm_owf_start,
                        const crypto::Challenge& server_challenge, const crypto::Response24& lm_response) {
  if ((flags & flag::extended_session_security) != 0) {
    crypto::Digest digest =
        crypto::hmac_md5(session_base_key.reveal(), {server_challenge, ByteView(lm_response).first(8)});
    const Key key{digest};
    crypto::wipe(digest);
    return key;
  }
  if ((flags & flag::lm_key) != 0) return lm_session_key(lm_owf_start, lm_response);
  if ((flags & flag::request_non_nt_session_key) == 0) return session_base_key;
  Key key;
  std::memcpy(key.reveal_mutable().data(), lm_owf_start.reveal().data(), 8);
  return key;
}

Key sign_key(const Key& exported_session_key, Sender sender) {
  return hashed(exported_session_key.reveal(),
                sender == Sender::initiator ? with_end(initiator_signing) : with_end(acceptor_signing));
}

SealKey seal_key(std::uint32_t flags, const Key& exported_session_key, Sender sender) {
  const ByteView exported = exported_session_key.reveal();
  if ((flags & flag::extended_session_security) != 0) {
    const std::size_t strength = (flags & flag::key_128) != 0 ? 16 : (flags & flag::key_56) != 0 ? 7 : 5;
    return {hashed(exported.first(strength),
                   sender == Sender::initiator ? with_end(initiator_sealing) : with_end(acceptor_sealing))};
  }
  if ((flags & (flag::lm_key | flag::datagram)) == 0) return {exported_session_key};
  // Weakened keys of 8 bytes.
  constexpr std::uint8_t end_of_56[] = {0xa0}, end_of_40[] = {0xe5, 0x38, 0xb0};
  const ByteView end = (flags & flag::key_56) != 0 ? ByteView(end_of_56) : ByteView(end_of_40);
  SealKey key{{}, 8};
  std::memcpy(key.bytes.reveal_mutable().data(), exported.data(), 8 - end.size());
  std::memcpy(key.bytes.reveal_mutable().data() + 8 - end.size(), end.data(), end.size());
  return key;
}

Mic message_integrity_code(const Key& exported_session_key, ByteView negotiate, ByteView challenge,
                           ByteView authenticate_with_zero_mic) {
  return crypto::hmac_md5(exported_session_key.reveal(), {negotiate, challenge, authenticate_with_zero_mic});
}

}  // namespace msv1_0
