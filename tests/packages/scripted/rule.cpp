#include "rule.hpp"

#include <cstring>

namespace scripted {

unsigned long long Rule::number(const std::string& name, unsigned long long fallback) const {
  return has(name) ? parse_number(word(name)) : fallback;
}

// Without a word about packages a rule is for the first one: broadcasts reach all four, and counts would surprise.
bool Rule::applies(const char* package, unsigned long long call) const {
  const std::string wanted = word("package", package_names[0]);
  if (wanted != "*" && wanted != package) return false;
  if (has("on")) return number("on") == call;
  return call >= number("from") && call <= number("to", ~0ull);
}

std::optional<NTSTATUS> Rule::status() const {
  if (!has("return")) return std::nullopt;
  return static_cast<NTSTATUS>(number("return"));
}

bool Rule::is_about(const char* output) const {
  if (!has("output")) return true;
  for (const std::string& name : split(word("output"), ','))
    if (name == output) return true;
  return false;
}

Rule rule_for(const Store& store, const std::string& entry, const char* package, unsigned long long call) {
  for (const std::string& line : split(store.script(entry), '\n')) {
    Options words;
    for (const auto& [name, value] : parse_options(line, ' ')) words[name] = unescape(value);
    Rule rule(std::move(words));
    if (rule.applies(package, call)) return rule;
  }
  return {};
}

std::string escape(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const bool plain = c > ' ' && c < 0x7f && c != '%' && c != '=';
    if (plain)
      result += c;
    else
      result += "%" + hex({&c, 1});
  }
  return result;
}

std::string unescape(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      result += static_cast<char>(parse_number("0x" + std::string(text.substr(i + 1, 2))));
      i += 2;
    } else {
      result += text[i];
    }
  }
  return result;
}

}  // namespace scripted
