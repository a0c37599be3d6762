#include "crypto/rc4.hpp"

#include <algorithm>
#include <bitset>
#include <utility>

#include "crypto/rc4_chunk.hpp"

namespace openlsa::crypto {
namespace {

void put_over(std::uint8_t* data, const std::uint8_t* stream, std::size_t size) {
  for (; size >= 8; size -= 8, data += 8, stream += 8) {
    std::uint64_t text, key;
    std::memcpy(&text, data, 8);
    std::memcpy(&key, stream, 8);
    text ^= key;
    std::memcpy(data, &text, 8);
  }
  for (std::size_t i = 0; i < size; ++i) data[i] ^= stream[i];
}

// The byte of the stream that the last step gave.
std::uint32_t last_byte(const Rc4::State& state) {
  return state.table[(state.table[state.i] + state.table[state.j]) & 0xff];
}

// A step leaves behind where it came from.
void step_back(Rc4::State& state) {
  std::swap(state.table[state.i], state.table[state.j]);
  state.j = (state.j - state.table[state.i]) & 0xff;
  state.i = (state.i - 1) & 0xff;
}

}  // namespace

Rc4::Rc4(ByteView key) {
  auto& table = state_.table;
  for (std::uint32_t i = 0; i < 256; ++i) table[i] = i;
  if (key.empty()) return;
  std::uint32_t j = 0;
  for (std::size_t i = 0, k = 0; i < 256; ++i) {
    j = (j + table[i] + key[k]) & 0xff;
    std::swap(table[i], table[j]);
    if (++k == key.size()) k = 0;
  }
}

void Rc4::apply(MutableByteView data) {
  while (!data.empty()) {
    if (ahead_bytes_ == 0) add_chunk(rc4_chunk<FastForm>);
    const std::size_t size = std::min({data.size(), std::size_t{ahead_bytes_}, chunk_bytes});
    put_over(data.data(), next(), size);
    ahead_bytes_ -= static_cast<std::uint32_t>(size);
    data = data.subspan(size);
  }
}

void Rc4::apply_chunk(std::uint8_t* data) {
  using Vector [[gnu::vector_size(16)]] = std::uint8_t;
  const std::uint8_t* stream = next();
  for (std::size_t at = 0; at < chunk_bytes; at += sizeof(Vector)) {
    Vector text, key;
    std::memcpy(&text, data + at, sizeof text);
    std::memcpy(&key, stream + at, sizeof key);
    text ^= key;
    std::memcpy(data + at, &text, sizeof text);
  }
  ahead_bytes_ -= chunk_bytes;
}

void Rc4::take_back(MutableByteView data) {
  for (; ahead_bytes_ != 0; --ahead_bytes_) step_back(state_);
  for (std::size_t at = data.size(); at-- != 0;) {
    data[at] ^= static_cast<std::uint8_t>(last_byte(state_));
    step_back(state_);
  }
  align();
}

// From any place to one where a chunk begins, with the bytes from there to that place counted as used.
void Rc4::align() {
  const std::uint32_t used = state_.i % chunk_bytes;
  if (used == 0) return;
  for (std::uint32_t n = 0; n < used; ++n) step_back(state_);
  add_chunk(rc4_chunk<FastForm>);
  ahead_bytes_ -= used;
}

void Rc4::pack(std::span<std::uint8_t, packed_bytes> out) const {
  State place = state_;
  for (std::uint32_t n = 0; n < ahead_bytes_; ++n) step_back(place);
  for (std::size_t i = 0; i < 256; ++i) out[i] = static_cast<std::uint8_t>(place.table[i]);
  out[256] = static_cast<std::uint8_t>(place.i);
  out[257] = static_cast<std::uint8_t>(place.j);
  wipe(&place, sizeof place);
}

bool Rc4::unpack(std::span<const std::uint8_t, packed_bytes> from) {
  std::bitset<256> seen;
  for (std::size_t i = 0; i < 256; ++i) seen.set(from[i]);
  if (!seen.all()) return false;
  for (std::size_t i = 0; i < 256; ++i) state_.table[i] = from[i];
  state_.i = from[256];
  state_.j = from[257];
  ahead_bytes_ = 0;
  align();
  return true;
}

void rc4_once(ByteView key, MutableByteView data) { Rc4(key).apply(data); }

}  // namespace openlsa::crypto
