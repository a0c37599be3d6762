#include "protocol/handshake.hpp"

namespace sshkey {
namespace {

char fold(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

std::optional<Target> parse_target(std::string_view text) {
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos || at == 0 || text.size() > max_target) return std::nullopt;
  Target target;
  target.account = std::string(text.substr(0, at));
  if (!from_hex(text.substr(at + 1), target.authority_id)) return std::nullopt;
  return target;
}

std::string to_string(const Target& target) { return target.account + "@" + to_hex(target.authority_id); }

bool same_account(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (fold(a[i]) != fold(b[i])) return false;
  return true;
}

}  // namespace sshkey
