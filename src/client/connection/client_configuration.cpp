// A strict reader of the keys of lsa.toml that concern a client. It understands just enough TOML to step over the
// other keys without mistaking their values for keys; what it does not understand is an error.
#include <cctype>
#include <charconv>
#include <limits>

#include "client/connection/authority_address.hpp"

namespace openlsa::client {
namespace {

class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  base::OrFailure<ClientConfiguration> read() {
    while (skip_to_entry() && rest_.front() != '[')  // top-level keys come before the first table
      if (!entry()) return failed();
    if (!good_) return failed();
    return std::move(found_);
  }

 private:
  std::unexpected<base::Failure> failed() const {
    return base::failure("line " + std::to_string(line_) +
                         " cannot be read by the client library; write each top-level entry as key = value on a line "
                         "of its own, socket and security_providers as strings and authority_uid as a number");
  }
  bool refuse() { return good_ = false; }
  char next() {
    const char c = rest_.front();
    rest_.remove_prefix(1);
    if (c == '\n') ++line_;
    return c;
  }
  void skip_blanks() {
    while (!rest_.empty() && (rest_.front() == ' ' || rest_.front() == '\t' || rest_.starts_with("\r\n"))) next();
  }
  void skip_comment() {
    if (!rest_.empty() && rest_.front() == '#')
      while (!rest_.empty() && rest_.front() != '\n') next();
  }
  // Past empty lines and comments; false at the end of the file.
  bool skip_to_entry() {
    while (true) {
      skip_blanks();
      skip_comment();
      if (rest_.empty() || rest_.front() != '\n') return !rest_.empty();
      next();
    }
  }

  bool entry() {
    std::string_view key = rest_;
    while (!rest_.empty() && (std::isalnum(static_cast<unsigned char>(rest_.front())) || rest_.front() == '_' ||
                              rest_.front() == '-' || rest_.front() == '.'))
      next();
    key = key.substr(0, key.size() - rest_.size());
    skip_blanks();
    if (key.empty() || rest_.empty() || next() != '=') return refuse();
    skip_blanks();
    const bool read = key == "socket"               ? socket()
                      : key == "authority_uid"      ? authority_uid()
                      : key == "security_providers" ? security_providers()
                                                    : skip_value();
    if (!read) return refuse();
    skip_blanks();
    skip_comment();
    return rest_.empty() || next() == '\n' || refuse();
  }

  bool socket() {
    std::string value;
    if (found_.socket || !string(&value) || !value.starts_with('/')) return false;
    found_.socket = std::move(value);
    return true;
  }
  bool authority_uid() {
    uid_t value = 0;
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
    const auto length = static_cast<std::size_t>(end - rest_.data());
    if (found_.authority_uid || error != std::errc() || value == std::numeric_limits<uid_t>::max()) return false;
    if (length > 1 && rest_.front() == '0') return false;  // not a number of TOML
    rest_.remove_prefix(length);
    found_.authority_uid = value;
    return true;
  }

  // One string; a list of strings is the syntax of another value.
  bool security_providers() {
    std::string value;
    if (found_.security_providers || !string(&value)) return false;
    found_.security_providers = std::move(value);
    return true;
  }

  // A string of one line, basic or literal; escapes only \" and \\, which is all that a path can need.
  bool string(std::string* value) {
    if (rest_.empty() || (rest_.front() != '"' && rest_.front() != '\'')) return false;
    if (rest_.starts_with("\"\"\"") || rest_.starts_with("'''")) return false;
    const char quote = next();
    while (!rest_.empty() && rest_.front() != '\n') {
      char c = next();
      if (c == quote) return true;
      if (c == '\\' && quote == '"') {
        if (rest_.empty()) return false;
        c = next();
        if (value != nullptr && c != '"' && c != '\\') return false;
      }
      if (static_cast<unsigned char>(c) < 0x20 && c != '\t') return false;
      if (value != nullptr) value->push_back(c);
    }
    return false;
  }

  // A value of another key: up to the end of its line, further while an array is open.
  bool skip_value() {
    int depth = 0;
    while (!rest_.empty()) {
      const char c = rest_.front();
      if (c == '"' || c == '\'') {
        if (!string(nullptr)) return false;
      } else if (c == '#') {
        skip_comment();
      } else if (c == '\n' && depth == 0) {
        return true;
      } else {
        depth += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
        if (depth < 0) return false;
        next();
      }
    }
    return depth == 0;
  }

  std::string_view rest_;
  std::size_t line_ = 1;
  bool good_ = true;
  ClientConfiguration found_;
};

}  // namespace

base::OrFailure<ClientConfiguration> parse_client_configuration(std::string_view toml) {
  if (toml.find('\0') != toml.npos) return base::failure("the file holds a zero byte; it is not a text file");
  return Reader(toml).read();
}

}  // namespace openlsa::client
