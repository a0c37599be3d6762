#include "authority/policy/toml_characters.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cstdint>
#include <optional>

#include "base/utf8.hpp"

namespace openlsa::authority {
namespace {

bool may_stand_bare(char c) {
  const bool letter_or_digit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return letter_or_digit || std::string_view(" \t\r\n_-+.:,=[]{}").find(c) != std::string_view::npos;
}

// Behind the string that begins at `at`; the end of the text when it does not end, which the parser then reports.
std::size_t end_of_string(std::string_view text, std::size_t at) {
  const char quote = text[at];
  const std::string three(3, quote);
  const bool several_lines = text.substr(at).starts_with(three);
  const std::string_view end = several_lines ? std::string_view(three) : std::string_view(three).substr(0, 1);
  for (std::size_t i = at + end.size(); i < text.size(); ++i) {
    if (quote == '"' && text[i] == '\\') {
      ++i;  // an escaped quote ends nothing; a literal string ('...') has no escapes
    } else if (!several_lines && text[i] == '\n') {
      return i;
    } else if (text.substr(i).starts_with(end)) {
      // Up to two quotes may stand before the closing three.
      std::size_t behind = i + end.size();
      for (int more = 0; several_lines && more < 2 && behind < text.size() && text[behind] == quote; ++more) ++behind;
      return behind;
    }
  }
  return text.size();
}

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

std::string without_other_characters(std::string_view comment) {
  std::string ascii(comment);
  std::replace_if(ascii.begin(), ascii.end(), [](char c) { return !is_ascii(c); }, '?');
  return ascii;
}

// Nothing for what is no UTF-8, and for a character behind a backslash, which is no escape.
std::optional<std::string> with_escapes(std::string_view string) {
  std::string ascii;
  for (std::size_t at = 0; at < string.size();) {
    if (string[at] == '\\' && at + 1 < string.size()) {
      if (!is_ascii(string[at + 1])) return std::nullopt;
      ascii += string.substr(at, 2);
      at += 2;
    } else if (is_ascii(string[at])) {
      ascii += string[at++];
    } else {
      const std::optional<std::uint32_t> code = base::next_utf8(string, at);
      if (!code) return std::nullopt;
      ascii += fmt::format("\\U{:08X}", *code);
    }
  }
  return ascii;
}

}  // namespace

base::OrFailure<std::string> in_ascii(std::string_view text, const std::string& path) {
  std::string ascii;
  const auto refused = [&](std::string_view why) {
    const auto line = 1 + std::count(ascii.begin(), ascii.end(), '\n');
    return base::failure(fmt::format("{}:{}: not valid TOML: {}", path, line, why));
  };
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t first = i;
    if (text[i] == '#') {
      i = std::min(text.find('\n', i), text.size());
      ascii += without_other_characters(text.substr(first, i - first));
    } else if (text[i] == '"') {
      i = end_of_string(text, i);
      const auto string = with_escapes(text.substr(first, i - first));
      if (!string) return refused("a string that is no UTF-8, or has a backslash before a letter that is no escape.");
      ascii += *string;
    } else if (text[i] == '\'') {
      i = end_of_string(text, i);
      const std::string_view string = text.substr(first, i - first);
      if (!std::all_of(string.begin(), string.end(), is_ascii))
        return refused("a letter outside of ASCII in single quotes. Put the value in double quotes.");
      ascii += string;
    } else if (may_stand_bare(text[i])) {
      ascii += text[i++];
    } else {
      return refused("a character that stands in strings and comments only. Put the value in quotes, or remove it.");
    }
  }
  return ascii;
}

}  // namespace openlsa::authority
