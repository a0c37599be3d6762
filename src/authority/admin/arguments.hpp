// The arguments of a verb, key=value. Each verb says which it knows; anything else is refused before it acts.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "nt/luid.hpp"

namespace openlsa::authority::admin {

class Arguments {
 public:
  // `repeatable` may come several times, every other at most once.
  static base::OrFailure<Arguments> parse(const std::vector<std::string>& texts,
                                          std::initializer_list<std::string_view> known,
                                          std::string_view repeatable = "");

  std::string text(std::string_view key) const;  // empty when missing
  std::vector<std::string> all(std::string_view key) const;
  base::OrFailure<std::string> required(std::string_view key) const;
  base::OrFailure<bool> flag(std::string_view key) const;  // "yes" or missing
  base::OrFailure<std::optional<std::uint32_t>> number(std::string_view key) const;
  base::OrFailure<std::optional<nt::Luid>> luid(std::string_view key) const;  // hexadecimal, with or without 0x
  // "a,b,c"; no element may be empty.
  base::OrFailure<std::vector<std::string>> list(std::string_view key) const;

 private:
  std::vector<std::pair<std::string, std::string>> values_;
};

}  // namespace openlsa::authority::admin
