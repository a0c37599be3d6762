// Enrolled keys: one file per account in the package's state directory, written atomically, readable by the package
// alone.
#pragma once

#include <map>

#include "ssh/authorized_keys.hpp"

namespace sshkey {

inline constexpr std::size_t max_keys_per_account = 64;

// Not thread-safe; the package holds its lock.
class KeyStore {
 public:
  // Reads every account file of `directory`, which must exist. A file that does not parse counts as no keys, and
  // `warnings` names it.
  static std::expected<KeyStore, std::string> open(std::string directory, std::vector<std::string>& warnings);

  // Adds keys, or renews those already there (expiry, comment). All or none: nothing changes on an error.
  std::expected<void, std::string> add(View account_sid, const std::vector<AuthorizedKey>& keys);
  // False when the account has no such key.
  std::expected<bool, std::string> remove(View account_sid, std::string_view fingerprint);
  std::vector<AuthorizedKey> list(View account_sid) const;

  bool is_enrolled(View account_sid, const PublicKey& key, std::int64_t now) const;
  // The SIDs of all accounts that the key is enrolled for.
  std::vector<Bytes> accounts_of(const PublicKey& key, std::int64_t now) const;

 private:
  explicit KeyStore(std::string directory) : directory_(std::move(directory)) {}
  std::expected<void, std::string> write(const Bytes& sid, const std::vector<AuthorizedKey>& keys) const;
  std::string directory_;
  std::map<Bytes, std::vector<AuthorizedKey>> accounts_;
};

}  // namespace sshkey
