// Writes one JSON object or array, member by member, in the order given. Escaping is complete: what a client or a
// package sends can neither end a line of the audit trail nor forge a member (RFC 8259, section 7).
#pragma once

#include <charconv>
#include <concepts>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace openlsa::authority {

// A quoted JSON string. Invalid UTF-8 becomes U+FFFD, control characters and DEL are escaped.
std::string json_string(std::string_view text);
std::string json_string(std::u16string_view text);

class JsonObject {
 public:
  JsonObject& text(std::string_view key, std::string_view value) { return raw(key, json_string(value)); }
  JsonObject& text(std::string_view key, std::u16string_view value) { return raw(key, json_string(value)); }
  template <std::integral T>
  JsonObject& number(std::string_view key, T value) {
    return raw(key, std::to_string(value));
  }
  JsonObject& flag(std::string_view key, bool value) { return raw(key, value ? "true" : "false"); }
  JsonObject& null(std::string_view key) { return raw(key, "null"); }
  // `value` is JSON already.
  JsonObject& raw(std::string_view key, std::string_view value) {
    body_ += (body_.empty() ? "" : ",") + json_string(key) + ":";
    body_ += value;
    return *this;
  }
  std::string str() const { return "{" + body_ + "}"; }

 private:
  std::string body_;
};

class JsonArray {
 public:
  JsonArray& text(std::string_view value) { return raw(json_string(value)); }
  JsonArray& raw(std::string_view value) {
    if (!body_.empty()) body_ += ',';
    body_ += value;
    return *this;
  }
  bool empty() const { return body_.empty(); }
  std::string str() const { return "[" + body_ + "]"; }

 private:
  std::string body_;
};

}  // namespace openlsa::authority
