#include "authority/policy/toml_reader.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "authority/policy/toml_characters.hpp"

namespace openlsa::authority {
namespace {

const toml::table empty_table;

std::string joined(std::initializer_list<std::string_view> words) {
  std::string text;
  for (std::string_view word : words) text += (text.empty() ? "" : ", ") + std::string(word);
  return text;
}

}  // namespace

base::OrFailure<toml::table> parse_toml(std::string_view text, const std::string& path) {
  const std::string ascii = OPENLSA_TRY(in_ascii(text, path));
  toml::parse_result result = toml::parse(std::string_view(ascii), path);
  if (!result)
    return base::failure(fmt::format("{}:{}: not valid TOML: {}. Correct that line.", path,
                                     result.error().source().begin.line, result.error().description()));
  return std::move(result).table();
}

std::string TomlReader::qualified(std::string_view key) const {
  return section_.empty() ? std::string(key) : section_ + "." + std::string(key);
}

std::unexpected<base::Failure> TomlReader::wrong(std::string_view key, std::string_view text) const {
  const toml::node* node = table_.get(key);
  const auto line = node != nullptr ? node->source().begin.line : table_.source().begin.line;
  return base::failure(fmt::format("{}:{}: '{}' {}", path_, line, qualified(key), text));
}

base::OrFailure<> TomlReader::only_keys(std::initializer_list<std::string_view> known) const {
  for (const auto& [key, node] : table_) {
    if (std::find(known.begin(), known.end(), key.str()) == known.end())
      return base::failure(
          fmt::format("{}:{}: '{}' is not a key of this file. Remove it, or correct its spelling; {} {}.", path_,
                      key.source().begin.line, qualified(key.str()), "known here are", joined(known)));
  }
  return {};
}

std::vector<std::string> TomlReader::keys() const {
  std::vector<std::string> found;
  for (const auto& [key, node] : table_) found.emplace_back(key.str());
  return found;
}

base::OrFailure<> TomlReader::text(std::string_view key, std::string& value) const {
  const toml::node* node = table_.get(key);
  if (node == nullptr) return {};
  const auto* held = node->as_string();
  if (held == nullptr) return wrong(key, "must be a string. Put the value in quotes.");
  // A path or name with an embedded zero would mean something else to the system calls than to this check.
  if (held->get().find('\0') != std::string::npos) return wrong(key, "holds a zero character. Remove it.");
  value = held->get();
  return {};
}

base::OrFailure<> TomlReader::absolute_path(std::string_view key, std::string& value) const {
  std::string held = value;
  OPENLSA_TRY(text(key, held));
  if (has(key) && (held.empty() || held.front() != '/'))
    return wrong(key, "must be an absolute path. Begin it with '/'.");
  while (held.size() > 1 && held.back() == '/') held.pop_back();
  value = held;
  return {};
}

base::OrFailure<> TomlReader::flag(std::string_view key, bool& value) const {
  const toml::node* node = table_.get(key);
  if (node == nullptr) return {};
  const auto* held = node->as_boolean();
  if (held == nullptr) return wrong(key, "must be true or false, without quotes.");
  value = held->get();
  return {};
}

base::OrFailure<> TomlReader::number(std::string_view key, std::uint32_t& value, std::uint32_t least,
                                     std::uint32_t most) const {
  const toml::node* node = table_.get(key);
  if (node == nullptr) return {};
  const auto* held = node->as_integer();
  if (held == nullptr || held->get() < std::int64_t{least} || held->get() > std::int64_t{most})
    return wrong(key, fmt::format("must be a whole number from {} to {}.", least, most));
  value = static_cast<std::uint32_t>(held->get());
  return {};
}

base::OrFailure<> TomlReader::numbers(std::string_view key, std::vector<std::uint32_t>& value) const {
  const toml::node* node = table_.get(key);
  if (node == nullptr) return {};
  const toml::array* held = node->as_array();
  if (held == nullptr) return wrong(key, "must be a list of whole numbers, as in [1, 2].");
  std::vector<std::uint32_t> found;
  for (const toml::node& element : *held) {
    const auto* number = element.as_integer();
    if (number == nullptr || number->get() < 0 || number->get() > std::numeric_limits<std::uint32_t>::max())
      return wrong(key, "must be a list of whole numbers that fit 32 bits.");
    found.push_back(static_cast<std::uint32_t>(number->get()));
  }
  value = std::move(found);
  return {};
}

base::OrFailure<> TomlReader::texts(std::string_view key, std::vector<std::string>& value) const {
  const toml::node* node = table_.get(key);
  if (node == nullptr) return {};
  const toml::array* held = node->as_array();
  if (held == nullptr) return wrong(key, "must be a list of strings, as in [\"one\", \"two\"].");
  std::vector<std::string> found;
  for (const toml::node& element : *held) {
    const auto* name = element.as_string();
    if (name == nullptr || name->get().empty() || name->get().find('\0') != std::string::npos)
      return wrong(key, "must be a list of strings that are not empty.");
    found.push_back(name->get());
  }
  value = std::move(found);
  return {};
}

base::OrFailure<TomlReader> TomlReader::section(std::string_view key) const {
  const toml::node* node = table_.get(key);
  if (node == nullptr) return TomlReader(empty_table, path_, qualified(key));
  const toml::table* held = node->as_table();
  if (held == nullptr)
    return wrong(key, fmt::format("must be a table. Write [{}] on a line of its own.", qualified(key)));
  return TomlReader(*held, path_, qualified(key));
}

}  // namespace openlsa::authority
