#include "ssh/authorized_keys.hpp"

#include <ctime>

namespace sshkey {
namespace {

constexpr std::string_view blanks = " \t";

std::string_view skip_blanks(std::string_view text) {
  const std::size_t start = text.find_first_not_of(blanks);
  return start == std::string_view::npos ? std::string_view{} : text.substr(start);
}

std::string_view first_word(std::string_view text) { return text.substr(0, text.find_first_of(blanks)); }

// Key types as they may start a line; anything else at the start is the option field.
bool is_key_type(std::string_view word) {
  return word.starts_with("ssh-") || word.starts_with("ecdsa-sha2-") || word.starts_with("sk-ssh-") ||
         word.starts_with("sk-ecdsa-") || word.starts_with("rsa-sha2-") || word.starts_with("webauthn-");
}

// The option field ends at the first blank outside double quotes; npos when a quote stays open.
std::size_t option_field_size(std::string_view text) {
  bool quoted = false;
  std::size_t i = 0;
  for (; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size() && text[i + 1] == '"')
      ++i;
    else if (text[i] == '"')
      quoted = !quoted;
    else if (!quoted && blanks.find(text[i]) != std::string_view::npos)
      break;
  }
  return quoted ? std::string_view::npos : i;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

// Reads the option field into `key`; an empty string is success, else the reason why the line is refused.
std::string read_options(std::string_view options, AuthorizedKey& key) {
  while (true) {
    const std::size_t end = options.find_first_of(",=");
    const std::string name = lower(options.substr(0, end));
    if (name != "expiry-time")
      return "the option \"" + std::string(options.substr(0, end)) +
             "\" is not honoured here, "
             "and without it the key could do more than the line allows; enrol a line without it";
    if (end == std::string_view::npos || options[end] != '=' || options.size() < end + 2 || options[end + 1] != '"')
      return "the option expiry-time needs a quoted value, such as expiry-time=\"20301231Z\"";
    const std::string_view rest = options.substr(end + 2);
    const std::size_t close = rest.find('"');
    const auto time = parse_expiry_time(rest.substr(0, close));
    if (close == std::string_view::npos || !time)
      return "the value of expiry-time is not a time (YYYYMMDD[HHMM[SS]] with an optional Z)";
    // The earliest of several wins: no second option lengthens a life.
    if (!key.expires_unix_seconds || *time < *key.expires_unix_seconds) key.expires_unix_seconds = *time;
    if (close + 1 == rest.size()) return {};
    if (rest[close + 1] != ',') return "the options are not separated by commas";
    options = rest.substr(close + 2);
  }
}

std::expected<AuthorizedKey, std::string> parse_line(std::string_view line) {
  AuthorizedKey result;
  if (line.size() > max_line_size) return std::unexpected("the line is longer than 8 KiB");
  if (line.find('\0') != std::string_view::npos) return std::unexpected("the line contains a NUL character");
  if (!is_key_type(first_word(line))) {
    const std::size_t size = option_field_size(line);
    if (size == std::string_view::npos) return std::unexpected("a quoted option has no closing quote");
    if (!is_key_type(first_word(skip_blanks(line.substr(size)))))
      return std::unexpected("there is no key of a known kind in this line");
    if (std::string reason = read_options(line.substr(0, size), result); !reason.empty())
      return std::unexpected(std::move(reason));
    line = skip_blanks(line.substr(size));
  }
  const std::string_view type = first_word(line);
  line = skip_blanks(line.substr(type.size()));
  const std::string_view encoded = first_word(line);
  const auto blob = base64_decode(encoded);
  if (!blob || blob->empty()) return std::unexpected("the key is not valid base64");
  auto key = PublicKey::parse(*blob);
  if (!key) return std::unexpected(std::move(key).error());
  if (key->algorithm() != type) return std::unexpected("the line names another kind of key than it contains");
  result.key = std::move(*key);
  result.comment = std::string(skip_blanks(line.substr(encoded.size()))).substr(0, 255);
  return result;
}

// `count` decimal digits from the front of `text`; -1 when there are not that many.
int take_number(std::string_view& text, std::size_t count) {
  if (text.size() < count) return -1;
  int value = 0;
  for (const char c : text.substr(0, count)) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  text.remove_prefix(count);
  return value;
}

}  // namespace

std::optional<std::int64_t> parse_expiry_time(std::string_view text) {
  const bool utc = text.ends_with('Z');
  if (utc) text.remove_suffix(1);
  if (text.size() != 8 && text.size() != 12 && text.size() != 14) return std::nullopt;
  std::tm time{};
  const int year = take_number(text, 4);
  const int month = take_number(text, 2);
  const int day = take_number(text, 2);
  const int hour = text.empty() ? 0 : take_number(text, 2);
  const int minute = text.empty() ? 0 : take_number(text, 2);
  const int second = text.empty() ? 0 : take_number(text, 2);
  if (year < 1970 || month < 1 || month > 12 || day < 1 || day > 31 || hour < 0 || hour > 23 || minute < 0 ||
      minute > 59 || second < 0 || second > 59)
    return std::nullopt;
  time.tm_year = year - 1900;
  time.tm_mon = month - 1;
  time.tm_mday = day;
  time.tm_hour = hour;
  time.tm_min = minute;
  time.tm_sec = second;
  time.tm_isdst = -1;
  const std::time_t value = utc ? ::timegm(&time) : ::mktime(&time);
  if (time.tm_mday != day || time.tm_mon != month - 1) return std::nullopt;  // 31 February and its like
  return static_cast<std::int64_t>(value);
}

AuthorizedKeys parse_authorized_keys(std::string_view text) {
  AuthorizedKeys result;
  std::uint32_t number = 0;
  while (!text.empty()) {
    ++number;
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    line = skip_blanks(line);
    if (line.empty() || line.front() == '#') continue;
    auto parsed = parse_line(line);
    if (parsed)
      result.keys.push_back(std::move(*parsed));
    else
      result.refused.push_back({number, std::move(parsed).error()});
  }
  return result;
}

}  // namespace sshkey
