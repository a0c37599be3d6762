// The data types of the SSH wire format (RFC 4251 section 5): integers are big-endian, a string is a uint32 length and
// its bytes. The agent, SSHSIG, our statement and our handshake messages all use it.
#pragma once

#include "core/bytes.hpp"

namespace sshkey {

class Writer {
 public:
  Writer& u8(std::uint8_t value) {
    bytes_.push_back(value);
    return *this;
  }
  Writer& u32(std::uint32_t value) { return big_endian(value, 4); }
  Writer& u64(std::uint64_t value) { return big_endian(value, 8); }
  Writer& raw(View bytes) {
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
    return *this;
  }
  Writer& raw(std::string_view text) { return raw(view_of(text)); }
  // The caller keeps strings below 4 GiB; everything written here is bounded by kilobytes.
  Writer& string(View bytes) { return u32(static_cast<std::uint32_t>(bytes.size())).raw(bytes); }
  Writer& string(std::string_view text) { return string(view_of(text)); }

  const Bytes& bytes() const { return bytes_; }
  Bytes take() { return std::move(bytes_); }

 private:
  Writer& big_endian(std::uint64_t value, int width) {
    for (int shift = 8 * (width - 1); shift >= 0; shift -= 8)
      bytes_.push_back(static_cast<std::uint8_t>(value >> shift));
    return *this;
  }
  Bytes bytes_;
};

// A reader remembers its first failure: after it every value is empty. Read everything, then ask finished() once.
class Reader {
 public:
  explicit Reader(View bytes) : rest_(bytes) {}

  std::uint8_t u8() { return static_cast<std::uint8_t>(big_endian(1)); }
  std::uint32_t u32() { return static_cast<std::uint32_t>(big_endian(4)); }
  std::uint64_t u64() { return big_endian(8); }
  View raw(std::size_t size) {
    if (failed_ || size > rest_.size()) {
      failed_ = true;
      return {};
    }
    const View taken = rest_.first(size);
    rest_ = rest_.subspan(size);
    return taken;
  }
  View string(std::size_t max_size) {
    const std::uint32_t size = u32();
    if (size > max_size) failed_ = true;
    return raw(size);
  }
  template <std::size_t size>
  std::array<std::uint8_t, size> fixed() {
    std::array<std::uint8_t, size> value{};
    const View bytes = raw(size);
    if (!bytes.empty()) std::memcpy(value.data(), bytes.data(), size);
    return value;
  }

  bool failed() const { return failed_; }
  std::size_t remaining() const { return rest_.size(); }
  // Everything was there, and nothing is left over.
  bool finished() const { return !failed_ && rest_.empty(); }

 private:
  std::uint64_t big_endian(std::size_t width) {
    std::uint64_t value = 0;
    for (std::uint8_t byte : raw(width)) value = value << 8 | byte;
    return value;
  }
  View rest_;
  bool failed_ = false;
};

}  // namespace sshkey
