#include "ntlm/fields.hpp"

#include <algorithm>

namespace msv1_0 {
namespace {

constexpr std::uint8_t signature[8] = {'N', 'T', 'L', 'M', 'S', 'S', 'P', '\0'};

void store_le16(std::uint8_t* to, std::uint16_t value) {
  to[0] = static_cast<std::uint8_t>(value);
  to[1] = static_cast<std::uint8_t>(value >> 8);
}

}  // namespace

OrStatus<MessageType> message_type(ByteView message) {
  if (message.size() < header_start_bytes || !std::ranges::equal(message.first(sizeof signature), signature))
    return std::unexpected(SEC_E_INVALID_TOKEN);
  const std::uint32_t type = load_le32(message.data() + sizeof signature);
  if (type < 1 || type > 3) return std::unexpected(SEC_E_INVALID_TOKEN);
  return static_cast<MessageType>(type);
}

ByteView FieldReader::read(std::size_t place) {
  const std::size_t size_bytes = load_le16(message_.data() + place);
  if (size_bytes == 0) return {};
  const std::size_t start = load_le32(message_.data() + place + 4);
  // Neither sum can wrap: both numbers have 32 bits at most, and a size 64.
  if (start < header_bytes_ || start + size_bytes > message_.size()) {
    good_ = false;
    return {};
  }
  parts_[count_++] = {start, size_bytes};
  return message_.subspan(start, size_bytes);
}

bool FieldReader::good() const {
  if (!good_) return false;
  for (std::size_t i = 0; i < count_; ++i)
    for (std::size_t j = 0; j < i; ++j) {
      const Part &a = parts_[i], &b = parts_[j];
      if (a.start < b.start + b.size_bytes && b.start < a.start + a.size_bytes) return false;
    }
  return true;
}

std::size_t FieldReader::payload_start() const {
  std::size_t start = message_.size();
  for (std::size_t i = 0; i < count_; ++i) start = std::min(start, parts_[i].start);
  return start;
}

FieldWriter::FieldWriter(MessageType type, std::size_t header_bytes) : header_(header_bytes) {
  std::memcpy(header_.data(), signature, sizeof signature);
  crypto::store_le32(header_.data() + sizeof signature, static_cast<std::uint32_t>(type));
}

void FieldWriter::number(std::size_t place, std::uint32_t value) { crypto::store_le32(header_.data() + place, value); }

void FieldWriter::bytes(std::size_t place, ByteView value) {
  std::ranges::copy(value, header_.begin() + static_cast<std::ptrdiff_t>(place));
}

void FieldWriter::field(std::size_t place, ByteView value) {
  const auto size_bytes = static_cast<std::uint16_t>(value.size());
  store_le16(header_.data() + place, size_bytes);
  store_le16(header_.data() + place + 2, size_bytes);
  number(place + 4, static_cast<std::uint32_t>(header_.size() + payload_.size()));
  append(payload_, value);
}

Bytes FieldWriter::finish() && {
  append(header_, payload_);
  return std::move(header_);
}

}  // namespace msv1_0
