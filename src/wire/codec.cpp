#include "wire/codec.hpp"

namespace openlsa::wire {

// A growing vector would leave unwiped copies of secrets behind, so the old block is wiped when the bytes move.
void Encoder::append(const void* data, std::size_t size_bytes) {
  if (size_bytes == 0) return;
  base::Bytes& bytes = message_.bytes;
  if (bytes.empty()) {
    bytes.reserve(size_bytes * 2 + 64);
  } else if (bytes.capacity() - bytes.size() < size_bytes) {
    base::Bytes larger;
    larger.reserve((bytes.size() + size_bytes) * 2 + 64);
    larger.insert(larger.end(), bytes.begin(), bytes.end());
    base::wipe(bytes);
    bytes = std::move(larger);
  }
  const auto* from = static_cast<const std::uint8_t*>(data);
  bytes.insert(bytes.end(), from, from + size_bytes);
}

bool Decoder::get_flag() {
  std::uint8_t byte = 0;
  take(&byte, 1);
  if (byte > 1) good_ = false;
  return good_ && byte == 1;
}

std::size_t Decoder::get_count(std::size_t element_bytes) {
  std::uint32_t count = 0;
  take(&count, sizeof count);
  if (count > rest_.size() / element_bytes) good_ = false;
  return good_ ? count : 0;
}

void Decoder::get_sid(nt::Sid& sid) {
  std::uint8_t size = 0;
  take(&size, 1);
  if (!good_ || size > rest_.size()) {
    good_ = false;
    return;
  }
  sid = {};
  if (size == 0) return;
  const auto parsed = nt::Sid::from_bytes(rest_.first(size));
  // The empty SID has one form only.
  if (!parsed || parsed->empty()) {
    good_ = false;
    return;
  }
  sid = *parsed;
  rest_ = rest_.subspan(size);
}

void Decoder::get_descriptor(base::UniqueFd& fd) {
  if (!get_flag()) return;
  if (next_descriptor_ >= descriptors_.size()) {
    good_ = false;
    return;
  }
  fd = std::move(descriptors_[next_descriptor_++]);
}

void Decoder::take(void* out, std::size_t size_bytes) {
  if (!good_ || size_bytes > rest_.size()) {
    good_ = false;
    return;
  }
  if (size_bytes != 0) std::memcpy(out, rest_.data(), size_bytes);
  rest_ = rest_.subspan(size_bytes);
}

}  // namespace openlsa::wire
