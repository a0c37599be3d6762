#include "client/bare/bare_providers.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>

#include "base/log.hpp"
#include "client/connection/authority_address.hpp"
#include "client/connection/per_process.hpp"
#include "client/connection/process_state.hpp"
#include "client/connection/socket_transport.hpp"
#include "client/negotiate/candidates.hpp"
#include "client/negotiate/negotiate_provider.hpp"
#include "client/sspi/packages.hpp"
#include "nt/security_providers.hpp"
#include "nt/utf.hpp"

namespace openlsa::client {
namespace {

// How long a thread waits for another that is in a provider's code, which may be waiting for this one.
constexpr std::chrono::seconds patience(2);

void log_unusable(const std::string& what, const std::string& why) {
  base::log(base::LogLevel::error, "the security provider " + what + " is not used in this process: " + why + ".");
}

struct Configured {
  std::vector<std::string> paths;
  uid_t owner = 0;  // besides root
};

// lsa.toml as for the authority's address: that of the embedded authority, else the machine's.
base::OrFailure<Configured> configured_providers() {
  const char* const environment = ::secure_getenv("OPENLSA_AUTHORITY");
  const AuthorityAddress address = OPENLSA_TRY(resolve_authority(environment, default_configuration));
  Configured configured;
  configured.owner = address.embedded ? ::geteuid() : address.authority_uid.value_or(0);
  const std::string file = address.embedded ? address.path + "/lsa.toml" : default_configuration;
  const ClientConfiguration configuration = OPENLSA_TRY(read_client_configuration(file));
  configured.paths = OPENLSA_TRY(nt::parse_security_providers(configuration.security_providers.value_or("")));
  return configured;
}

// A provider is a third party's: what it throws ends here.
base::OrFailure<std::shared_ptr<const BareProvider>> load(const std::string& path, uid_t owner) {
  try {
    auto provider = BareProvider::load(path, owner);
    if (!provider) log_unusable(path, provider.error().message);
    return provider;
  } catch (const std::exception& thrown) {
    log_unusable(path, "it could not be started");
    return base::failure(thrown.what());
  }
}

bool has_name(const std::vector<seam::PackageInfo>& packages, std::u16string_view name) {
  return std::any_of(packages.begin(), packages.end(),
                     [&](const seam::PackageInfo& one) { return nt::equal_names(one.name, name); });
}

bool is_named(const BareProvider& provider, const std::string& path, std::u16string_view package) {
  return provider.path() == path || has_name(provider.packages(), package);
}

// Such a provider could never be found.
bool all_hosted(const BareProvider& provider) {
  std::vector<seam::PackageInfo> hosted;
  return nt::succeeded(list_hosted_packages(hosted)) &&
         std::all_of(provider.packages().begin(), provider.packages().end(),
                     [&](const seam::PackageInfo& one) { return has_name(hosted, one.name); });
}

bool without_authority() {
  if (ProcessState::now().last_epoch != 0) return false;  // had one, which is lost or restarts
  const auto address = authority_address();
  return address && !address->embedded && nobody_listens(*address);
}

}  // namespace

BareProviders& BareProviders::of_process() {
  static constinit PerProcess<BareProviders> providers;
  return providers.now();
}

// However it came out, it was tried.
struct BareProviders::Loaded {
  explicit Loaded(BareProviders& of) : all(of) {}
  ~Loaded() {
    const base::MutexLock lock(all.mutex_);
    all.state_ = State::loaded;
    all.done_.notify_all();
  }
  Loaded(const Loaded&) = delete;
  Loaded& operator=(const Loaded&) = delete;
  BareProviders& all;
};

// A file while this thread is in its code.
class BareProviders::Loading {
 public:
  Loading(BareProviders& of, const std::string& path) : all_(of), path_(path) {}
  ~Loading() {
    const base::MutexLock lock(all_.mutex_);
    std::erase_if(all_.loads_, [this](const Load& load) { return load.path == path_; });
    all_.done_.notify_all();
  }
  Loading(const Loading&) = delete;
  Loading& operator=(const Loading&) = delete;

 private:
  BareProviders& all_;
  const std::string& path_;
};

// A provider whose initialization asks for packages sees those before it; so does another thread that has waited long
// enough.
void BareProviders::load_configured() {
  const auto until = std::chrono::steady_clock::now() + patience;
  mutex_.lock();
  const bool mine = state_ == State::fresh;
  if (mine) {
    state_ = State::loading;
    loader_ = ::pthread_self();
  }
  bool wait = !mine;
  while (wait && state_ == State::loading && ::pthread_equal(loader_, ::pthread_self()) == 0)
    wait = done_.wait_until(mutex_, until) == std::cv_status::no_timeout;
  mutex_.unlock();
  if (!mine) return;
  const Loaded done(*this);
  const auto configured = configured_providers();
  if (!configured) return log_unusable("list", configured.error().message);
  for (const std::string& path : configured->paths) load_file(path, configured->owner, false);
}

// Nothing when the file is now this thread's to load; else how that came out elsewhere.
std::optional<nt::Status> BareProviders::begin_load(const std::string& path, bool added) {
  const auto until = std::chrono::steady_clock::now() + patience;
  const base::MutexLock lock(mutex_);
  for (bool wait = true;; wait = done_.wait_until(mutex_, until) == std::cv_status::no_timeout) {
    if (Entry* const entry = find(path)) {
      if (!added) entry->added = false;
      return SEC_E_OK;
    }
    const auto load = std::find_if(loads_.begin(), loads_.end(), [&](const Load& one) { return one.path == path; });
    if (load == loads_.end()) {
      loads_.push_back({path, ::pthread_self()});
      return std::nullopt;
    }
    if (::pthread_equal(load->thread, ::pthread_self()) != 0) return SEC_E_OK;
    if (!wait) return SEC_E_CANNOT_INSTALL;
  }
}

nt::Status BareProviders::load_file(const std::string& path, uid_t owner, bool added) {
  if (const auto status = begin_load(path, added)) {
    if (*status != SEC_E_OK) log_unusable(path, "another thread has been loading it for too long");
    return *status;
  }
  const Loading loading(*this, path);
  auto provider = load(path, owner);
  if (!provider) return SEC_E_CANNOT_INSTALL;
  if (added && all_hosted(**provider)) {
    log_unusable(path, "the authority has packages of the names of all of its packages");
    return SEC_E_CANNOT_INSTALL;
  }
  const base::MutexLock lock(mutex_);
  entries_.push_back({std::move(*provider), added});
  return SEC_E_OK;
}

std::vector<BarePackage> BareProviders::packages() {
  load_configured();
  std::vector<BarePackage> found;
  const base::MutexLock lock(mutex_);
  for (const Entry& entry : entries_)
    for (const seam::PackageInfo& package : entry.provider->packages())
      if (std::none_of(found.begin(), found.end(),
                       [&](const BarePackage& other) { return nt::equal_names(other.info.name, package.name); }))
        found.push_back({entry.provider, package});
  return found;
}

BareProviders::Entry* BareProviders::find(const std::string& path) {
  const auto entry =
      std::find_if(entries_.begin(), entries_.end(), [&](const Entry& one) { return one.provider->path() == path; });
  return entry == entries_.end() ? nullptr : &*entry;
}

nt::Status BareProviders::add(const std::string& path) {
  load_configured();
  {
    const base::MutexLock lock(mutex_);
    if (find(path) != nullptr) return SEC_E_OK;
  }
  if (::access(path.c_str(), F_OK) != 0 && errno == ENOENT) return SEC_E_SECPKG_NOT_FOUND;
  return load_file(path, ::geteuid(), true);
}

nt::Status BareProviders::remove(const std::string& path, std::u16string_view package) {
  load_configured();
  const base::MutexLock lock(mutex_);
  const auto entry = std::find_if(entries_.begin(), entries_.end(),
                                  [&](const Entry& one) { return is_named(*one.provider, path, package); });
  if (entry == entries_.end()) return SEC_E_SECPKG_NOT_FOUND;
  if (!entry->added) return STATUS_PRIVILEGE_NOT_HELD;
  entries_.erase(entry);
  return SEC_E_OK;
}

std::optional<BarePackage> find_bare_package(std::u16string_view name) {
  if (nt::equal_names(name, negotiate::package_name)) return negotiate::find_package();
  for (BarePackage& package : BareProviders::of_process().packages()) {
    if (!nt::equal_names(package.info.name, name)) continue;
    std::vector<seam::PackageInfo> hosted;
    const bool listed = nt::succeeded(list_hosted_packages(hosted));
    const bool taken = listed ? has_name(hosted, name) : !without_authority();
    return taken ? std::nullopt : std::optional(std::move(package));
  }
  return std::nullopt;
}

}  // namespace openlsa::client
