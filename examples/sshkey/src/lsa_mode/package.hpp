// The state of the package in the authority: one object, made by SpInitialize, ended by SpShutdown. The LSA calls from
// many threads. Locks: Context::mutex is taken before Package::mutex, never after; Package::mutex is held for moments
// only, never across a call to the LSA or the disk.
#pragma once

#include <openlsa/ntsecpkg.h>
#include <openlsa/ntstatus.h>
#include <openlsa/openlsa.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <variant>

#include "protocol/handshake.hpp"
#include "protocol/pending.hpp"
#include "store/key_store.hpp"

namespace sshkey {

// Replaced by tests that need a time of their own.
struct Clock {
  std::int64_t (*unix_seconds)();
  std::int64_t (*monotonic_seconds)();  // counts while the machine sleeps too
};
Clock system_clock();

// Handles are numbers that are never used twice; a stale or forged one finds nothing.
template <class T>
class HandleMap {
 public:
  LSA_SEC_HANDLE insert(std::shared_ptr<T> object) {
    entries_.emplace(next_, std::move(object));
    return next_++;
  }
  std::shared_ptr<T> find(LSA_SEC_HANDLE handle) const {
    const auto found = entries_.find(handle);
    return found == entries_.end() ? nullptr : found->second;
  }
  // The object, for the caller to let go outside the lock; null for a handle that names nothing.
  std::shared_ptr<T> take(LSA_SEC_HANDLE handle) {
    const auto found = entries_.find(handle);
    if (found == entries_.end()) return nullptr;
    std::shared_ptr<T> object = std::move(found->second);
    entries_.erase(found);
    return object;
  }
  const std::map<LSA_SEC_HANDLE, std::shared_ptr<T>>& all() const { return entries_; }

 private:
  std::map<LSA_SEC_HANDLE, std::shared_ptr<T>> entries_;
  LSA_SEC_HANDLE next_ = 1;
};

// What SpAcquireCredentialsHandle gives out. The key itself is looked up anew at each handshake, so that it cannot
// outlive its session in a handle.
struct CredentialHandle {
  std::uint64_t logon_id = 0;
  std::string account;
  bool inbound = false;
  bool outbound = false;
};

// One security context in the making, and what its attributes need afterwards.
struct Context {
  std::mutex mutex;  // held through a leg; two legs of one context never run at once
  std::variant<std::monostate, Initiator, Acceptor> handshake;
  Role role = Role::initiator;
  std::string own_account;
  std::uint64_t logon_id = 0;  // whose session key it uses
  Fixed32 binding{};           // the channel binding of the first leg
  std::uint32_t requirements = 0;
  std::int64_t own_not_after = 0;
  std::atomic<bool> revoked = false;  // its session has ended: no further leg
};

class Package : public PeerPolicy {
 public:
  struct Setting {
    const LSA_SECPKG_FUNCTION_TABLE* lsa = nullptr;
    const OPENLSA_PACKAGE_INTERFACE* openlsa = nullptr;
    ULONG id = 0;
    std::string state_directory;
    Fixed32 authority_id{};
    std::u16string domain_name;
    Bytes domain_sid;     // of this machine's accounts; empty when the authority names none
    Fixed32 decoy_key{};  // gives an unknown account the same SID each time
    TOKEN_SOURCE source{};
  };
  Package(Setting setting, KeyStore store);

  const Setting setting;
  Clock clock = system_clock();
  std::int64_t now() const { return clock.unix_seconds(); }

  // A snapshot: enrolment replaces the store, it never changes one that somebody reads.
  std::shared_ptr<const KeyStore> keys() const;
  // Runs change(store) on a copy, disk included, and puts the copy in place if it says so. One change at a time.
  template <class Change>
  auto change_keys(Change&& change) {
    const std::lock_guard one_writer(writing_keys_);
    auto copy = std::make_shared<KeyStore>(*keys());
    auto result = change(*copy);
    if (result) replace_keys(std::move(copy));
    return result;
  }

  // Guards the members below.
  mutable std::mutex mutex;
  PendingTable pending;
  std::map<std::uint64_t, std::shared_ptr<const Credential>> sessions;  // by logon id; see session_credentials.hpp
  HandleMap<CredentialHandle> credentials;
  HandleMap<Context> contexts;

  // PeerPolicy
  bool trusts_authority(const Fixed32& authority) const override;
  std::optional<Peer> find_peer(const Statement& statement, const PublicKey& key, std::int64_t now) const override;

 private:
  void replace_keys(std::shared_ptr<const KeyStore> store);
  std::mutex writing_keys_;  // held while the disk works; taken before `mutex`
  std::shared_ptr<const KeyStore> keys_;
};

// The package, or null before SpInitialize and after SpShutdown. A call that has it keeps it.
std::shared_ptr<Package> package();
void set_package(std::shared_ptr<Package> package);

inline std::uint64_t value_of(const LUID& luid) {
  return static_cast<std::uint64_t>(static_cast<std::uint32_t>(luid.HighPart)) << 32 | luid.LowPart;
}
inline LUID luid_of(std::uint64_t value) {
  LUID luid{};
  luid.LowPart = static_cast<DWORD>(value);
  luid.HighPart = static_cast<LONG>(value >> 32);
  return luid;
}

// FILETIME of a time in seconds since 1970, as TimeStamp wants it.
inline LARGE_INTEGER file_time_of(std::int64_t unix_seconds) {
  LARGE_INTEGER time{};
  time.QuadPart = (unix_seconds + 11'644'473'600) * 10'000'000;
  return time;
}
inline constexpr std::int64_t never_expires = 0x7fff'ffff'ffff'ffff;  // FILETIME

inline std::u16string_view text_of(const UNICODE_STRING& string) {
  return {reinterpret_cast<const char16_t*>(string.Buffer), string.Length / sizeof(char16_t)};
}

}  // namespace sshkey
