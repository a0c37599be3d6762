// The state of the package in the authority: one object, made by SpInitialize, ended by SpShutdown. The LSA calls from
// many threads. Locks: Context::mutex is taken before Package::mutex, never after; Package::mutex is held for moments
// only, never across a call to the LSA.
#pragma once

#include <openlsa/ntsecpkg.h>
#include <openlsa/ntstatus.h>
#include <openlsa/openlsa.h>

#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "common/package_info.hpp"
#include "common/text.hpp"

namespace msv1_0 {

struct Credential;
struct Context;

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

 private:
  std::map<LSA_SEC_HANDLE, std::shared_ptr<T>> entries_;
  LSA_SEC_HANDLE next_ = 1;
};

// Whose a session is, as AcceptCredentials told it. The password stays in the authority.
struct SessionOwner {
  std::u16string user;
  std::u16string domain;
  std::u16string logon_server;
  Bytes sid;
  SECURITY_LOGON_TYPE logon_type = UndefinedLogonType;
};

class Package {
 public:
  struct Setting {
    const LSA_SECPKG_FUNCTION_TABLE* lsa = nullptr;
    const OPENLSA_ACCOUNTS_INTERFACE* accounts = nullptr;
    ULONG id = 0;
    std::u16string domain_name;    // of the machine's accounts
    std::u16string computer_name;  // NetBIOS form
    std::u16string dns_name;
    TOKEN_SOURCE source{};
    OPENLSA_NTLM_POLICY policy{};  // without SendingExceptions, which are here:
    std::vector<std::u16string> sending_exceptions;
  };
  explicit Package(Setting given) : setting(std::move(given)) {}

  const Setting setting;

  // Guards the members below.
  mutable std::mutex mutex;
  std::map<std::uint64_t, SessionOwner> sessions;  // by logon id
  HandleMap<Credential> credentials;
  HandleMap<Context> contexts;
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

inline constexpr std::int64_t never_expires = 0x7fff'ffff'ffff'ffff;  // FILETIME

}  // namespace msv1_0
