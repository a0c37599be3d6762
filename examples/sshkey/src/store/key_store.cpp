#include "store/key_store.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>

#include "protocol/statement.hpp"
#include "store/files.hpp"

namespace sshkey {
namespace {

constexpr std::string_view prefix = "account-";
constexpr std::string_view header = "sshkey-account 1\n";
constexpr std::size_t max_file = 256 * 1024;

bool is_live(const AuthorizedKey& key, std::int64_t now) {
  return !key.expires_unix_seconds || now < *key.expires_unix_seconds;
}

// The comment is for people; control characters in it would forge lines of this file and of terminals.
std::string printable(std::string_view comment) {
  std::string text;
  for (const char c : comment) text += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c;
  return text;
}

std::string to_file_text(const std::vector<AuthorizedKey>& keys) {
  std::string text(header);
  for (const AuthorizedKey& key : keys)
    text += (key.expires_unix_seconds ? std::to_string(*key.expires_unix_seconds) : std::string("-")) + " " +
            base64_encode(key.key.blob()) + " " + printable(key.comment) + "\n";
  return text;
}

std::optional<AuthorizedKey> parse_file_line(std::string_view line) {
  const std::size_t first = line.find(' ');
  const std::size_t second = first == std::string_view::npos ? first : line.find(' ', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  AuthorizedKey key;
  const std::string expiry(line.substr(0, first));
  if (expiry != "-") {
    if (expiry.empty() || expiry.size() > 15 || expiry.find_first_not_of("-0123456789") != std::string::npos)
      return std::nullopt;
    key.expires_unix_seconds = std::strtoll(expiry.c_str(), nullptr, 10);
  }
  const auto blob = base64_decode(line.substr(first + 1, second - first - 1));
  auto parsed = blob ? PublicKey::parse(*blob) : std::unexpected(std::string());
  if (!parsed) return std::nullopt;
  key.key = std::move(*parsed);
  key.comment = std::string(line.substr(second + 1));
  return key;
}

std::optional<std::vector<AuthorizedKey>> parse_file(std::string_view text) {
  if (!text.starts_with(header)) return std::nullopt;
  text.remove_prefix(header.size());
  std::vector<AuthorizedKey> keys;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    auto key = parse_file_line(text.substr(0, end));
    if (!key || keys.size() == max_keys_per_account) return std::nullopt;
    keys.push_back(std::move(*key));
    text.remove_prefix(end + 1);
  }
  return keys;
}

std::optional<Bytes> sid_of_file_name(std::string_view name) {
  if (!name.starts_with(prefix)) return std::nullopt;
  auto sid = bytes_from_hex(name.substr(prefix.size()));
  if (!sid || !is_well_formed_sid(*sid)) return std::nullopt;
  return sid;
}

auto find_key(std::vector<AuthorizedKey>& keys, const PublicKey& key) {
  return std::find_if(keys.begin(), keys.end(), [&](const AuthorizedKey& k) { return k.key.blob() == key.blob(); });
}

}  // namespace

std::expected<KeyStore, std::string> KeyStore::open(std::string directory, std::vector<std::string>& warnings) {
  KeyStore store(std::move(directory));
  const std::unique_ptr<DIR, int (*)(DIR*)> folder(::opendir(store.directory_.c_str()), ::closedir);
  if (!folder)
    return std::unexpected("cannot read the state directory " + store.directory_ + ": " + std::strerror(errno));
  while (const dirent* entry = ::readdir(folder.get())) {
    const auto sid = sid_of_file_name(entry->d_name);
    if (!sid) continue;
    const std::string path = store.directory_ + "/" + entry->d_name;
    const auto text = read_small_file(path, max_file);
    auto keys = text ? parse_file(*text) : std::nullopt;
    if (keys)
      store.accounts_[*sid] = std::move(*keys);
    else
      warnings.push_back("the key file " + path +
                         " cannot be read as one; its account has no keys until they are enrolled anew");
  }
  return store;
}

std::expected<void, std::string> KeyStore::write(const Bytes& sid, const std::vector<AuthorizedKey>& keys) const {
  return write_file_atomically(directory_, std::string(prefix) + to_hex(sid), to_file_text(keys));
}

std::expected<void, std::string> KeyStore::add(View account_sid, const std::vector<AuthorizedKey>& added) {
  const Bytes sid = copy_of(account_sid);
  std::vector<AuthorizedKey> keys = list(account_sid);
  for (const AuthorizedKey& key : added) {
    const auto found = find_key(keys, key.key);
    if (found != keys.end())
      *found = key;
    else
      keys.push_back(key);
  }
  if (keys.size() > max_keys_per_account)
    return std::unexpected("an account can have at most " + std::to_string(max_keys_per_account) +
                           " keys; remove some first");
  if (auto written = write(sid, keys); !written) return written;
  accounts_[sid] = std::move(keys);
  return {};
}

std::expected<bool, std::string> KeyStore::remove(View account_sid, std::string_view fingerprint) {
  const Bytes sid = copy_of(account_sid);
  std::vector<AuthorizedKey> keys = list(account_sid);
  if (std::erase_if(keys, [&](const AuthorizedKey& k) { return k.key.fingerprint() == fingerprint; }) == 0)
    return false;
  if (auto written = write(sid, keys); !written) return std::unexpected(written.error());
  accounts_[sid] = std::move(keys);
  return true;
}

std::vector<AuthorizedKey> KeyStore::list(View account_sid) const {
  const auto found = accounts_.find(copy_of(account_sid));
  return found == accounts_.end() ? std::vector<AuthorizedKey>{} : found->second;
}

bool KeyStore::is_enrolled(View account_sid, const PublicKey& key, std::int64_t now) const {
  const auto found = accounts_.find(copy_of(account_sid));
  if (found == accounts_.end()) return false;
  return std::any_of(found->second.begin(), found->second.end(), [&](const AuthorizedKey& enrolled) {
    return enrolled.key.blob() == key.blob() && is_live(enrolled, now);
  });
}

std::vector<Bytes> KeyStore::accounts_of(const PublicKey& key, std::int64_t now) const {
  std::vector<Bytes> sids;
  for (const auto& [sid, keys] : accounts_)
    if (is_enrolled(sid, key, now)) sids.push_back(sid);
  return sids;
}

}  // namespace sshkey
