// Reads TOML files strictly: every key must be known, every value of the right type and range. An error names the
// file, the line, the key, and what to do.
#pragma once

#ifndef TOML_EXCEPTIONS
#define TOML_EXCEPTIONS 0
#endif
// Its assertions stand where a text such as "[" leads (found by fuzzing); without them the parser says what is wrong.
#ifndef TOML_ASSERT
#define TOML_ASSERT(expr) static_cast<void>(0)
#endif
#include <toml++/toml.h>

#include <cstdint>
#include <initializer_list>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace openlsa::authority {

base::OrFailure<toml::table> parse_toml(std::string_view text, const std::string& path);

// One table of a file. The functions leave `value` alone when the key is missing.
class TomlReader {
 public:
  TomlReader(const toml::table& table, std::string path, std::string section = "")
      : table_(table), path_(std::move(path)), section_(std::move(section)) {}

  base::OrFailure<> only_keys(std::initializer_list<std::string_view> known) const;
  base::OrFailure<> text(std::string_view key, std::string& value) const;
  base::OrFailure<> absolute_path(std::string_view key, std::string& value) const;
  base::OrFailure<> flag(std::string_view key, bool& value) const;
  base::OrFailure<> number(std::string_view key, std::uint32_t& value, std::uint32_t least = 0,
                           std::uint32_t most = std::numeric_limits<std::uint32_t>::max()) const;
  base::OrFailure<> numbers(std::string_view key, std::vector<std::uint32_t>& value) const;
  base::OrFailure<> texts(std::string_view key, std::vector<std::string>& value) const;
  // The table under `key`, or an empty one.
  base::OrFailure<TomlReader> section(std::string_view key) const;
  bool has(std::string_view key) const { return table_.contains(key); }
  std::vector<std::string> keys() const;  // of a table whose keys are names that people choose

  // "<file>:<line>: '<key>' <text>"
  std::unexpected<base::Failure> wrong(std::string_view key, std::string_view text) const;

 private:
  std::string qualified(std::string_view key) const;

  const toml::table& table_;
  std::string path_;
  std::string section_;
};

}  // namespace openlsa::authority
