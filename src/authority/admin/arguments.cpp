#include "authority/admin/arguments.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>

#include "nt/utf.hpp"

namespace openlsa::authority::admin {
namespace {

constexpr std::size_t max_arguments = 128;
constexpr std::size_t max_argument_bytes = 8192;

bool is_clean(std::string_view text) {
  return text.size() <= max_argument_bytes && nt::to_utf16(text) &&
         std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

std::optional<std::uint64_t> hexadecimal(std::string_view text) {
  if (text.starts_with("0x") || text.starts_with("0X")) text.remove_prefix(2);
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, 16);
  const bool whole = error == std::errc() && end == text.data() + text.size() && !text.empty();
  return whole ? std::optional(number) : std::nullopt;
}

}  // namespace

base::OrFailure<Arguments> Arguments::parse(const std::vector<std::string>& texts,
                                            std::initializer_list<std::string_view> known,
                                            std::string_view repeatable) {
  if (texts.size() > max_arguments) return base::failure("There are more than 128 arguments. Give fewer.");
  Arguments arguments;
  for (const std::string& text : texts) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || !is_clean(text))
      return base::failure("An argument is not key=value in valid UTF-8 without control characters. Correct it.");
    std::string key = text.substr(0, equals);
    if (std::find(known.begin(), known.end(), key) == known.end())
      return base::failure(
          fmt::format("This call knows no argument '{}'. Use an lsactl of the authority's version.", key));
    if (key != repeatable && !arguments.all(key).empty())
      return base::failure(fmt::format("The argument '{}' is given twice. Give it once.", key));
    arguments.values_.emplace_back(std::move(key), text.substr(equals + 1));
  }
  return arguments;
}

std::vector<std::string> Arguments::all(std::string_view key) const {
  std::vector<std::string> found;
  for (const auto& [name, value] : values_)
    if (name == key) found.push_back(value);
  return found;
}

std::string Arguments::text(std::string_view key) const {
  const std::vector<std::string> found = all(key);
  return found.empty() ? "" : found.front();
}

base::OrFailure<std::string> Arguments::required(std::string_view key) const {
  std::string value = text(key);
  if (value.empty()) return base::failure(fmt::format("The argument '{}' is missing. Give it.", key));
  return value;
}

base::OrFailure<bool> Arguments::flag(std::string_view key) const {
  const std::vector<std::string> found = all(key);
  if (found.empty()) return false;
  if (found.front() != "yes") return base::failure(fmt::format("'{}' must be yes, or be left out.", key));
  return true;
}

base::OrFailure<std::optional<std::uint32_t>> Arguments::number(std::string_view key) const {
  const std::vector<std::string> found = all(key);
  if (found.empty()) return std::nullopt;
  const std::string& value = found.front();
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc() || end != value.data() + value.size() || value.empty())
    return base::failure(fmt::format("'{}' must be a whole number from 0 to 4294967295, not '{}'.", key, value));
  return number;
}

base::OrFailure<std::optional<nt::Luid>> Arguments::luid(std::string_view key) const {
  const std::vector<std::string> found = all(key);
  if (found.empty()) return std::nullopt;
  // One number, or the two halves of a LUID as Windows' tools print them.
  const std::string_view value = found.front();
  const std::size_t colon = value.find(':');
  const auto high = colon == value.npos ? std::optional(std::uint64_t{0}) : hexadecimal(value.substr(0, colon));
  const auto low = hexadecimal(colon == value.npos ? value : value.substr(colon + 1));
  if (!high || !low || (colon != value.npos && (*high | *low) > 0xffffffff))
    return base::failure(
        fmt::format("'{}' is no logon session. Give it as `lsactl session list` prints it, for example "
                    "0x3e7.",
                    value));
  return nt::Luid{*high << 32 | *low};
}

base::OrFailure<std::vector<std::string>> Arguments::list(std::string_view key) const {
  std::vector<std::string> elements;
  const std::vector<std::string> found = all(key);
  if (found.empty()) return elements;
  std::string_view rest = found.front();
  for (;;) {
    const std::size_t comma = rest.find(',');
    const std::string_view element = rest.substr(0, comma);
    if (element.empty()) return base::failure(fmt::format("'{}' has an empty element. Write it as a,b,c.", key));
    elements.emplace_back(element);
    if (comma == std::string_view::npos) return elements;
    rest.remove_prefix(comma + 1);
  }
}

}  // namespace openlsa::authority::admin
