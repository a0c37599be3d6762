#include "authority/policy/toml_characters.hpp"

#include <fmt/core.h>

#include <algorithm>

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

}  // namespace

base::OrFailure<> check_characters(std::string_view text, const std::string& path) {
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == '#') {
      i = std::min(text.find('\n', i), text.size());
    } else if (text[i] == '"' || text[i] == '\'') {
      i = end_of_string(text, i);
    } else if (may_stand_bare(text[i])) {
      ++i;
    } else {
      const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(i), '\n');
      return base::failure(
          fmt::format("{}:{}: not valid TOML: a character that stands in strings and comments only. Put the value in "
                      "quotes, or remove it.",
                      path, line));
    }
  }
  return {};
}

}  // namespace openlsa::authority
