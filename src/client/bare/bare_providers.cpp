#include "client/bare/bare_providers.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>

#include "base/log.hpp"
#include "client/connection/authority_address.hpp"
#include "client/connection/per_process.hpp"
#include "client/sspi/packages.hpp"
#include "nt/security_providers.hpp"
#include "nt/utf.hpp"

namespace openlsa::client {
namespace {

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

bool is_named(const BareProvider& provider, const std::string& path, std::u16string_view package) {
  return provider.path() == path || std::any_of(provider.packages().begin(), provider.packages().end(),
                                                [&](const auto& one) { return nt::equal_names(one.name, package); });
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

// A provider whose initialization asks for packages sees those before it.
void BareProviders::load_configured() {
  mutex_.lock();
  const bool mine = state_ == State::fresh;
  if (mine) {
    state_ = State::loading;
    loader_ = ::pthread_self();
  }
  while (!mine && state_ == State::loading && ::pthread_equal(loader_, ::pthread_self()) == 0) done_.wait(mutex_);
  mutex_.unlock();
  if (!mine) return;
  const Loaded done(*this);
  const auto configured = configured_providers();
  if (!configured) return log_unusable("list", configured.error().message);
  for (const std::string& path : configured->paths) {
    auto provider = load(path, configured->owner);
    if (!provider) continue;
    const base::MutexLock lock(mutex_);
    entries_.push_back({std::move(*provider), false});
  }
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

bool BareProviders::is_there(const std::string& path) const {
  return std::any_of(entries_.begin(), entries_.end(),
                     [&](const Entry& entry) { return entry.provider->path() == path; });
}

nt::Status BareProviders::add(const std::string& path) {
  load_configured();
  {
    const base::MutexLock lock(mutex_);
    if (is_there(path)) return SEC_E_OK;
  }
  if (::access(path.c_str(), F_OK) != 0 && errno == ENOENT) return SEC_E_SECPKG_NOT_FOUND;
  auto provider = load(path, ::geteuid());
  if (!provider) return SEC_E_CANNOT_INSTALL;
  const base::MutexLock lock(mutex_);
  if (!is_there(path)) entries_.push_back({std::move(*provider), true});
  return SEC_E_OK;
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
  for (BarePackage& package : BareProviders::of_process().packages()) {
    if (!nt::equal_names(package.info.name, name)) continue;
    std::vector<seam::PackageInfo> hosted;
    list_hosted_packages(hosted);  // without an authority there are none
    const bool taken = std::any_of(hosted.begin(), hosted.end(),
                                   [&](const seam::PackageInfo& one) { return nt::equal_names(one.name, name); });
    return taken ? std::nullopt : std::optional(std::move(package));
  }
  return std::nullopt;
}

}  // namespace openlsa::client
