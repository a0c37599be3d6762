#include "client/identity/target_information.hpp"

#include <openlsa/ntsecpkg.h>

#include "client/identity/hexadecimal.hpp"

namespace openlsa::client {
namespace {

// No name of a host or a service begins so, and Windows' own text does not either.
constexpr std::u16string_view mark = u"+OLSATI1+";
constexpr std::size_t size_digits = CRED_MARSHALED_TI_SIZE_SIZE / sizeof(char16_t);
constexpr std::uint16_t no_name = 0xffff;
constexpr std::size_t max_text_bytes = 0xfffe;

class Writer {
 public:
  template <class Number>
  void number(Number value) {
    for (std::size_t i = 0; i < sizeof value; ++i) bytes_.push_back(static_cast<std::uint8_t>(value >> 8 * i));
  }
  void name(const seam::OptionalText& text) {
    number(text ? static_cast<std::uint16_t>(text->size()) : no_name);
    if (text)
      for (const char16_t unit : *text) number(static_cast<std::uint16_t>(unit));
  }
  const base::Bytes& bytes() const { return bytes_; }

 private:
  base::Bytes bytes_;
};

class Reader {
 public:
  explicit Reader(base::ByteView rest) : rest_(rest) {}
  template <class Number>
  bool number(Number& value) {
    if (rest_.size() < sizeof value) return false;
    value = 0;
    for (std::size_t i = 0; i < sizeof value; ++i) value = static_cast<Number>(value | Number{rest_[i]} << 8 * i);
    rest_ = rest_.subspan(sizeof value);
    return true;
  }
  bool name(seam::OptionalText& text) {
    std::uint16_t length = 0;
    if (!number(length)) return false;
    if (length == no_name) return true;
    if (rest_.size() < std::size_t{2} * length) return false;
    text.emplace();
    for (std::uint16_t unit = 0; text->size() < length && number(unit);) *text += static_cast<char16_t>(unit);
    return text->find(u'\0') == seam::Text::npos;
  }
  bool at_end() const { return rest_.empty(); }
  std::size_t left() const { return rest_.size(); }

 private:
  base::ByteView rest_;
};

std::optional<TargetInformation> read_body(base::ByteView body) {
  Reader reader(body);
  TargetInformation information;
  std::uint16_t types = 0;
  if (!reader.number(information.flags)) return std::nullopt;
  for (seam::OptionalText& name : information.names)
    if (!reader.name(name)) return std::nullopt;
  if (!reader.number(types) || reader.left() != types * sizeof(std::uint32_t)) return std::nullopt;
  information.credential_types.resize(types);
  for (std::uint32_t& type : information.credential_types)
    if (!reader.number(type)) return std::nullopt;
  return information;
}

}  // namespace

std::optional<std::u16string> write_target_information(const TargetInformation& information) {
  if (information.credential_types.size() > 0xffff) return std::nullopt;
  Writer body;
  body.number(information.flags);
  for (const seam::OptionalText& name : information.names) body.name(name);
  body.number(static_cast<std::uint16_t>(information.credential_types.size()));
  for (const std::uint32_t type : information.credential_types) body.number(type);

  const std::size_t units = mark.size() + 2 * body.bytes().size() + size_digits;
  const std::size_t size = units * sizeof(char16_t);
  if (size > max_text_bytes) return std::nullopt;
  std::u16string text(units, u'\0');
  mark.copy(text.data(), mark.size());
  write_hexadecimal(body.bytes(), text.data() + mark.size());
  const std::uint8_t digits[size_digits / 2] = {0, static_cast<std::uint8_t>(size >> 8),
                                                static_cast<std::uint8_t>(size)};
  write_hexadecimal(digits, text.data() + units - size_digits);
  return text;
}

std::optional<TargetInformation> read_target_information(std::u16string_view text, std::uint32_t& size_bytes) {
  std::uint8_t digits[size_digits / 2];
  if (text.size() < mark.size() + size_digits || !read_hexadecimal(text.substr(text.size() - size_digits), digits) ||
      digits[0] != 0)
    return std::nullopt;
  const std::size_t size = std::size_t{digits[1]} << 8 | digits[2];
  if (size % sizeof(char16_t) != 0 || size / sizeof(char16_t) > text.size()) return std::nullopt;
  text = text.substr(text.size() - size / sizeof(char16_t));
  if (!text.starts_with(mark) || text.size() < mark.size() + size_digits) return std::nullopt;
  text = text.substr(mark.size(), text.size() - mark.size() - size_digits);
  base::Bytes body(text.size() / 2);
  if (!read_hexadecimal(text, body)) return std::nullopt;
  size_bytes = static_cast<std::uint32_t>(size);
  return read_body(body);
}

}  // namespace openlsa::client
