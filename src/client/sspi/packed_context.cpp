#include "client/sspi/packed_context.hpp"

#include <openssl/evp.h>

#include <cstring>

#include "wire/codec.hpp"

namespace openlsa::client {
namespace {

constexpr char magic[] = {'O', 'L', 'S', 'A', 'C', 'T', 'X', 1};  // the last is the version
// More is no context: a caller that names a wrong size must not make us read far beyond its buffer.
constexpr std::size_t max_packed_bytes = std::size_t{1} << 20;
constexpr std::size_t sum_bytes = 32;
constexpr std::size_t head_bytes = sizeof magic + sum_bytes;

bool sum(base::ByteView bytes, std::uint8_t* out) {
  return EVP_Digest(bytes.data(), bytes.size(), out, nullptr, EVP_sha256(), nullptr) == 1;
}

}  // namespace

base::Secret pack(const PackedContext& context) {
  const wire::Message body = wire::encode(context);
  base::Secret packed(head_bytes + body.bytes.size());
  std::uint8_t* place = packed.reveal_mutable().data();
  std::memcpy(place, magic, sizeof magic);
  std::memcpy(place + head_bytes, body.bytes.data(), body.bytes.size());
  if (packed.size() > max_packed_bytes || !sum(body.bytes, place + sizeof magic)) packed.clear();
  return packed;
}

std::optional<PackedContext> unpack(base::ByteView bytes) {
  if (bytes.size() < head_bytes || bytes.size() > max_packed_bytes ||
      std::memcmp(bytes.data(), magic, sizeof magic) != 0)
    return std::nullopt;
  const base::ByteView body = bytes.subspan(head_bytes);
  std::uint8_t expected[sum_bytes];
  if (!sum(body, expected) || !base::equal(expected, bytes.subspan(sizeof magic, sum_bytes))) return std::nullopt;
  std::vector<base::UniqueFd> none;
  return wire::decode<PackedContext>(body, none);
}

}  // namespace openlsa::client
