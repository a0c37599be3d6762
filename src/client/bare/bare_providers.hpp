// The bare SSPs of this process: those that lsa.toml lists (security_providers), loaded when the first package is asked
// for, and those that AddSecurityPackage added.
#pragma once

#include <pthread.h>

#include <optional>

#include "base/mutex.hpp"
#include "client/bare/bare_provider.hpp"

namespace openlsa::client {

class BareProviders {
 public:
  explicit BareProviders(std::uint32_t) {}
  static BareProviders& of_process();

  // All packages, in the order of their files. The first of a name counts.
  std::vector<BarePackage> packages() OPENLSA_EXCLUDES(mutex_);

  // For this process. SEC_E_SECPKG_NOT_FOUND without such a file; SEC_E_CANNOT_INSTALL, with the reason in the log, for
  // one that cannot be used, or whose packages all have names of the authority's; SEC_E_OK when it is there already,
  // or is being loaded by this very thread (its own initialization adds it).
  nt::Status add(const std::string& path) OPENLSA_EXCLUDES(mutex_);
  // By the file, or by the name of one of its packages. Handles go on. SEC_E_SECPKG_NOT_FOUND; what the administrator
  // listed stays: STATUS_PRIVILEGE_NOT_HELD.
  nt::Status remove(const std::string& path, std::u16string_view package) OPENLSA_EXCLUDES(mutex_);

 private:
  enum class State : std::uint8_t { fresh, loading, loaded };
  struct Entry {
    std::shared_ptr<const BareProvider> provider;
    bool added;
  };
  struct Load {
    std::string path;
    pthread_t thread;
  };
  struct Loaded;
  class Loading;
  void load_configured() OPENLSA_EXCLUDES(mutex_);
  nt::Status load_file(const std::string& path, uid_t owner, bool added) OPENLSA_EXCLUDES(mutex_);
  std::optional<nt::Status> begin_load(const std::string& path, bool added) OPENLSA_EXCLUDES(mutex_);
  Entry* find(const std::string& path) OPENLSA_REQUIRES(mutex_);

  base::Mutex mutex_;
  base::ConditionVariable done_;
  State state_ OPENLSA_GUARDED_BY(mutex_) = State::fresh;
  pthread_t loader_ OPENLSA_GUARDED_BY(mutex_){};
  std::vector<Load> loads_ OPENLSA_GUARDED_BY(mutex_);  // files in whose code a thread is now
  std::vector<Entry> entries_ OPENLSA_GUARDED_BY(mutex_);
};

// The package of this name among bare SSPs, or Negotiate, which no file has the name of; nothing when there is none, or
// the authority has, or may have, one of that name: hosted packages cannot be replaced, also while the authority
// restarts. Only where no authority is (this process never had one, and nobody listens at its address) a bare SSP
// counts unchecked.
std::optional<BarePackage> find_bare_package(std::u16string_view name);

}  // namespace openlsa::client
