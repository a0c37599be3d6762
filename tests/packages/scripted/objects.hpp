// What the LSA half's handles stand for. Numbers, so that a stale one is found out.
#pragma once

#include <memory>
#include <mutex>

#include "scripted.hpp"

namespace scripted {

struct Credential {
  std::mutex mutex;
  std::string principal;
  std::string user;  // of the supplied identity, or of the caller's session
  ULONG use = 0;
  LUID logon_id{};
  std::vector<std::string> added;           // AddCredentials
  std::map<ULONG, std::string> attributes;  // SetCredentialsAttributes
};

struct Context {
  std::mutex mutex;
  bool initiator = false;
  bool datagram = false;
  bool stream = false;
  unsigned leg = 0;
  Options options;   // of the target name; the acceptor has its peer's
  std::string key;   // both nonces
  std::string user;  // whom the context is about
  HANDLE client_token = nullptr;
  bool closed = false;                      // ApplyControlToken
  std::map<ULONG, std::string> attributes;  // SetContextAttributes
  std::string metadata;                     // ExchangeMetaData
};

template <class Object>
class Handles {
 public:
  explicit Handles(LSA_SEC_HANDLE first) : next_(first) {}
  LSA_SEC_HANDLE add(std::shared_ptr<Object> object) {
    const std::lock_guard lock(mutex_);
    objects_[++next_] = std::move(object);
    return next_;
  }
  std::shared_ptr<Object> find(LSA_SEC_HANDLE handle) {
    const std::lock_guard lock(mutex_);
    const auto found = objects_.find(handle);
    return found == objects_.end() ? nullptr : found->second;
  }
  std::shared_ptr<Object> take(LSA_SEC_HANDLE handle) {
    const std::lock_guard lock(mutex_);
    const auto found = objects_.find(handle);
    if (found == objects_.end()) return nullptr;
    auto object = std::move(found->second);
    objects_.erase(found);
    return object;
  }

 private:
  std::mutex mutex_;
  std::map<LSA_SEC_HANDLE, std::shared_ptr<Object>> objects_;
  LSA_SEC_HANDLE next_;
};

Handles<Credential>& credentials();
Handles<Context>& contexts();

// A SEC_WINNT_AUTH_IDENTITY_A or _W of the client, by its addresses; NULL leaves `user` as it is. The password's
// digest.
NTSTATUS read_identity(PVOID client_address, std::string& user, std::string& domain, std::string& password);

}  // namespace scripted
