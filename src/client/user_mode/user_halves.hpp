// The user-mode halves that this process has loaded. A file is loaded on the first context that is mapped or imported,
// the first ClientCallback, or the first call of a half without a context; SpUserModeInitialize and each package's
// SpInstanceInit then run once.
#pragma once

#include <pthread.h>

#include <memory>
#include <string>
#include <vector>

#include "base/mutex.hpp"
#include "base/result.hpp"
#include "client/channels/direct_channel.hpp"
#include "client/user_mode/user_half.hpp"
#include "client/user_mode/user_tables.hpp"

namespace openlsa::client {

class UserHalves {
 public:
  explicit UserHalves(std::uint32_t) {}
  static UserHalves& of_process();

  // The half of the channel's package; nullptr when it cannot be used, which is logged once with its reason.
  UserHalf* load(const DirectChannel& channel) OPENLSA_EXCLUDES(mutex_);
  // By the authority's id, among those that are loaded.
  UserHalf* find(PackageIdentity package) OPENLSA_EXCLUDES(mutex_);
  // Whose code the address is, for a package's own threads; nullptr when the file holds several packages.
  UserHalf* owner_of(const void* code) OPENLSA_EXCLUDES(mutex_);

 private:
  struct File {
    UserHalfFile identity;
    bool loading = true;
    pthread_t loader = ::pthread_self();
    std::optional<base::Module> module;
    std::vector<std::unique_ptr<UserHalf>> halves;  // by index in the file; a package that failed has none
  };
  // Ends the loading of a file, however it came out.
  struct Loaded {
    Loaded(UserHalves& all, File& one) : halves(all), file(one) {}
    ~Loaded();
    UserHalves& halves;
    File& file;
  };
  File* file_of(const UserHalfFile& identity, bool& fresh) OPENLSA_REQUIRES(mutex_);
  static base::OrFailure<> initialize(File& file, PackageIdentity first);

  base::Mutex mutex_;
  base::ConditionVariable loaded_;
  std::vector<std::unique_ptr<File>> files_ OPENLSA_GUARDED_BY(mutex_);  // kept for ever, failed ones too
};

}  // namespace openlsa::client
