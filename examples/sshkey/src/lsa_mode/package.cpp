#include "lsa_mode/package.hpp"

#include <time.h>

#include "lsa_mode/accounts.hpp"
#include "store/files.hpp"

namespace sshkey {
namespace {

std::int64_t seconds_of(clockid_t clock) {
  timespec time{};
  ::clock_gettime(clock, &time);
  return time.tv_sec;
}

struct Registered {
  std::mutex mutex;
  std::shared_ptr<Package> package;
};
// Never destroyed: a call may still run while the process exits.
Registered& registered() {
  static Registered& instance = *new Registered;
  return instance;
}

}  // namespace

Clock system_clock() {
  return {[] { return seconds_of(CLOCK_REALTIME); }, [] { return seconds_of(CLOCK_BOOTTIME); }};
}

std::shared_ptr<Package> package() {
  Registered& all = registered();
  const std::lock_guard lock(all.mutex);
  return all.package;
}

void set_package(std::shared_ptr<Package> package) {
  Registered& all = registered();
  const std::lock_guard lock(all.mutex);
  all.package.swap(package);
}

Package::Package(Setting given, KeyStore store)
    : setting(std::move(given)), keys_(std::make_shared<const KeyStore>(std::move(store))) {}

std::shared_ptr<const KeyStore> Package::keys() const {
  const std::lock_guard lock(mutex);
  return keys_;
}

void Package::replace_keys(std::shared_ptr<const KeyStore> store) {
  const std::lock_guard lock(mutex);
  keys_.swap(store);
}

// The file is read at each handshake with a foreign authority, so that a line taken out of it counts at once.
bool Package::trusts_authority(const Fixed32& authority) const {
  return authority == setting.authority_id || is_listed_authority(setting.state_directory, authority);
}

// Our own authority's statement speaks for the account that it names. A foreign authority's SIDs mean nothing here:
// there the key alone says which local account it is, and a key that is enrolled for several says nothing.
std::optional<Peer> Package::find_peer(const Statement& statement, const PublicKey& key, std::int64_t now) const {
  const std::shared_ptr<const KeyStore> store = keys();
  Bytes sid;
  if (statement.authority_id == setting.authority_id) {
    if (!store->is_enrolled(statement.account_sid, key, now)) return std::nullopt;
    sid = statement.account_sid;
  } else {
    std::vector<Bytes> sids = store->accounts_of(key, now);
    if (sids.size() != 1) return std::nullopt;
    sid = std::move(sids.front());
  }
  const auto account = find_account_by_sid(*this, sid);
  if (!account) return std::nullopt;
  return Peer{account->name, account->sid, statement.authority_id, key.fingerprint(), statement.not_after};
}

}  // namespace sshkey
