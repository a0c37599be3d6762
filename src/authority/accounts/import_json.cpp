#include <fmt/core.h>

#include "authority/accounts/import_row.hpp"

namespace openlsa::authority {
namespace {

constexpr std::size_t max_members = 64;

// What is decoded is never longer than its notation: `out` stays behind `at`.
class JsonLine {
 public:
  explicit JsonLine(base::MutableByteView line) : line_(line) {}

  bool object(ImportFields& fields) {
    if (!take('{')) return false;
    if (take('}')) return at_end();
    do {
      std::string_view key, value;
      bool given = true;
      out_ = at_;
      if (!string(key) || !take(':') || !(out_ = at_, value_of(value, given))) return false;
      for (const auto& [known, text] : fields)
        if (known == key) return false;
      if (fields.size() == max_members) return false;
      if (given) fields.emplace_back(std::string(key), value);
    } while (take(','));
    return take('}') && at_end();
  }

 private:
  void skip_spaces() {
    while (at_ < line_.size() && (line_[at_] == ' ' || line_[at_] == '\t' || line_[at_] == '\r')) ++at_;
  }
  bool take(char wanted) {
    skip_spaces();
    if (at_ >= line_.size() || line_[at_] != static_cast<std::uint8_t>(wanted)) return false;
    ++at_;
    return true;
  }
  bool at_end() {
    skip_spaces();
    return at_ == line_.size();
  }
  std::string_view from(std::size_t start) const {
    return {reinterpret_cast<const char*>(line_.data()) + start, out_ - start};
  }
  void put(std::uint32_t byte) { line_[out_++] = static_cast<std::uint8_t>(byte); }

  bool value_of(std::string_view& value, bool& given) {
    skip_spaces();
    if (at_ >= line_.size()) return false;
    if (line_[at_] == '"') return string(value);
    if (line_[at_] == '[') return array(value);
    if (!word(value)) return false;
    given = value != "null";
    return value == "true" || value == "false" || value == "null" || is_number(value);
  }

  bool array(std::string_view& value) {
    const std::size_t start = out_;
    if (!take('[')) return false;
    if (!take(']')) {
      bool first = true;
      do {
        if (!first) put(';');
        first = false;
        skip_spaces();
        std::string_view element;
        if (at_ >= line_.size() || !(line_[at_] == '"' ? string(element) : word(element) && is_number(element)))
          return false;
        if (element.empty() || element.find(';') != element.npos) return false;
      } while (take(','));
      if (!take(']')) return false;
    }
    value = from(start);
    return true;
  }

  // A number or a literal, copied to where the output is.
  bool word(std::string_view& value) {
    const std::size_t start = out_;
    skip_spaces();
    while (at_ < line_.size() &&
           (line_[at_] == '-' || (line_[at_] >= '0' && line_[at_] <= '9') || (line_[at_] >= 'a' && line_[at_] <= 'z')))
      put(line_[at_++]);
    value = from(start);
    return !value.empty();
  }
  static bool is_number(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    return !text.empty() && text.find_first_not_of("0123456789") == text.npos;
  }

  bool string(std::string_view& value) {
    const std::size_t start = out_;
    if (!take('"')) return false;
    while (at_ < line_.size()) {
      const std::uint8_t c = line_[at_++];
      if (c < 0x20) return false;
      if (c == '"') {
        value = from(start);
        return true;
      }
      if (c != '\\')
        put(c);
      else if (!escape())
        return false;
    }
    return false;
  }

  bool escape() {
    if (at_ >= line_.size()) return false;
    const char c = static_cast<char>(line_[at_++]);
    constexpr std::string_view letters = "\"\\/bfnrt", meant = "\"\\/\b\f\n\r\t";
    if (const std::size_t found = letters.find(c); found != letters.npos) {
      put(static_cast<std::uint8_t>(meant[found]));
      return true;
    }
    std::uint32_t point = 0, low = 0;
    if (c != 'u' || !hexadecimal(point)) return false;
    if (point >= 0xd800 && point < 0xdc00) {
      if (at_ + 2 > line_.size() || line_[at_] != '\\' || line_[at_ + 1] != 'u') return false;
      at_ += 2;
      if (!hexadecimal(low) || low < 0xdc00 || low > 0xdfff) return false;
      point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
    } else if (point >= 0xdc00 && point < 0xe000) {
      return false;
    }
    put_utf8(point);
    return true;
  }
  bool hexadecimal(std::uint32_t& value) {
    if (at_ + 4 > line_.size()) return false;
    for (int i = 0; i < 4; ++i) {
      const std::uint8_t c = line_[at_++];
      const std::uint32_t digit = c >= '0' && c <= '9'                     ? c - '0'
                                  : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10u
                                                                           : 16u;
      if (digit == 16) return false;
      value = value << 4 | digit;
    }
    return true;
  }
  void put_utf8(std::uint32_t point) {
    if (point < 0x80) return put(point);
    if (point < 0x800) {
      put(0xc0 | point >> 6);
    } else if (point < 0x10000) {
      put(0xe0 | point >> 12), put(0x80 | (point >> 6 & 0x3f));
    } else {
      put(0xf0 | point >> 18), put(0x80 | (point >> 12 & 0x3f)), put(0x80 | (point >> 6 & 0x3f));
    }
    put(0x80 | (point & 0x3f));
  }

  base::MutableByteView line_;
  std::size_t at_ = 0;
  std::size_t out_ = 0;
};

}  // namespace

base::OrFailure<ImportFields> parse_json_line(base::MutableByteView line) {
  ImportFields fields;
  if (!JsonLine(line).object(fields))
    return base::failure(
        "The line is no JSON object of strings, whole numbers, booleans and lists of them. Correct it.");
  return fields;
}

}  // namespace openlsa::authority
