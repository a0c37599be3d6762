#include "ntlm/client_challenge.hpp"

namespace msv1_0 {
namespace {

constexpr std::size_t timestamp_place = 8, challenge_place = 16, pairs_place = 28;

}  // namespace

OrStatus<ClientChallenge> ClientChallenge::parse(ByteView blob) {
  // RespType and HiRespType are 1; the reserved fields are ignored on receipt.
  if (blob.size() < pairs_place || blob[0] != 1 || blob[1] != 1) return std::unexpected(SEC_E_INVALID_TOKEN);
  ClientChallenge result;
  result.timestamp = load_le64(blob.data() + timestamp_place);
  std::memcpy(result.challenge.data(), blob.data() + challenge_place, result.challenge.size());
  auto pairs = AvPairs::parse(blob.subspan(pairs_place));
  if (!pairs) return std::unexpected(pairs.error());
  result.pairs = std::move(*pairs);
  return result;
}

Bytes ClientChallenge::build() const {
  Bytes blob = {1, 1, 0, 0, 0, 0, 0, 0};
  append_number(blob, timestamp);
  append(blob, challenge);
  append_number(blob, std::uint32_t{0});
  append(blob, pairs.build());
  append_number(blob, std::uint32_t{0});  // Z(4) of 3.3.2
  return blob;
}

}  // namespace msv1_0
