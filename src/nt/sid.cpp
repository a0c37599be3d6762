#include "nt/sid.hpp"

#include <charconv>

namespace openlsa::nt {
namespace {

// One number of the string form; rejects signs, spaces and overflow.
bool parse_number(std::string_view& text, std::uint64_t& value) {
  int base = 10;
  if (text.starts_with("0x") || text.starts_with("0X")) {
    base = 16;
    text.remove_prefix(2);
  }
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc{} || end == text.data()) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return true;
}

}  // namespace

std::optional<Sid> Sid::from_bytes(base::ByteView bytes) {
  if (bytes.size() < 8 || bytes[0] != 1 || bytes[1] > max_sub_authorities) return std::nullopt;
  if (bytes.size() != 8 + 4 * std::size_t{bytes[1]}) return std::nullopt;
  Sid sid;
  sid.count_ = bytes[1];
  for (std::size_t i = 2; i < 8; ++i) sid.authority_ = sid.authority_ << 8 | bytes[i];
  for (std::size_t i = 0; i < sid.count_; ++i) {
    const std::uint8_t* p = bytes.data() + 8 + 4 * i;
    sid.sub_authorities_[i] = static_cast<std::uint32_t>(p[0]) | static_cast<std::uint32_t>(p[1]) << 8 |
                              static_cast<std::uint32_t>(p[2]) << 16 | static_cast<std::uint32_t>(p[3]) << 24;
  }
  return sid;
}

std::optional<Sid> Sid::parse(std::string_view text) {
  if (!text.starts_with("S-1-") && !text.starts_with("s-1-")) return std::nullopt;
  text.remove_prefix(4);
  Sid sid;
  if (!parse_number(text, sid.authority_) || sid.authority_ >> 48 != 0) return std::nullopt;
  while (!text.empty()) {
    if (text.front() != '-' || sid.count_ == max_sub_authorities) return std::nullopt;
    text.remove_prefix(1);
    std::uint64_t value = 0;
    if (!parse_number(text, value) || value >> 32 != 0) return std::nullopt;
    sid.sub_authorities_[sid.count_++] = static_cast<std::uint32_t>(value);
  }
  return sid;
}

void Sid::append_to(base::Bytes& out) const {
  out.push_back(1);
  out.push_back(count_);
  for (int shift = 40; shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(authority_ >> shift));
  for (std::size_t i = 0; i < count_; ++i)
    for (int shift = 0; shift < 32; shift += 8) out.push_back(static_cast<std::uint8_t>(sub_authorities_[i] >> shift));
}

base::Bytes Sid::to_bytes() const {
  base::Bytes out;
  out.reserve(size_bytes());
  append_to(out);
  return out;
}

std::string Sid::to_string() const {
  std::string text = "S-1-";
  if (authority_ >> 32 != 0) {
    char digits[16];
    const auto [end, error] = std::to_chars(digits, digits + sizeof digits, authority_, 16);
    const std::string_view hex(digits, static_cast<std::size_t>(end - digits));
    text += "0x" + std::string(12 - hex.size(), '0') + std::string(hex);  // [MS-DTYP]: twelve digits
  } else {
    text += std::to_string(authority_);
  }
  for (std::size_t i = 0; i < count_; ++i) text += "-" + std::to_string(sub_authorities_[i]);
  return text;
}

Sid Sid::with_rid(std::uint32_t rid) const {
  Sid sid = *this;
  if (sid.count_ < max_sub_authorities) sid.sub_authorities_[sid.count_++] = rid;
  return sid;
}

Sid Sid::domain() const {
  Sid sid = *this;
  if (sid.count_ > 0) sid.sub_authorities_[--sid.count_] = 0;
  return sid;
}

}  // namespace openlsa::nt
