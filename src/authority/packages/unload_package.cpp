// A package of the file unloads itself (UnloadPackage).
#include <algorithm>

#include "authority/packages/package_file.hpp"
#include "base/log.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

constexpr const char* reason = "It unloaded itself (UnloadPackage). It is loaded again when its host starts anew.";

}  // namespace

bool PackageFile::unload(seam::HostId id, seam::PackageId package) {
  base::MutexLock lock(mutex_);
  if (stopping_) return false;
  if (has_host(id)) {
    if (!take_out(*host_, package)) return false;
    packages_ = host_->packages;
    return true;
  }
  if (state_ != FileState::starting) return false;
  unloaded_early_.emplace_back(id, package);  // publish() sees to it
  return true;
}

bool PackageFile::take_out(RunningHost& host, seam::PackageId package) {
  const auto found = std::find_if(host.packages.begin(), host.packages.end(),
                                  [&](const seam::PackageInfo& info) { return info.id == package; });
  if (found == host.packages.end()) return false;
  base::log(base::LogLevel::warning,
            "Package '" + nt::to_utf8_lossy(found->name) + "' of file '" + drop_in_->name + "' unloaded itself.");
  dropped_.push_back({package, found->name, STATUS_NO_SUCH_PACKAGE, reason});
  host.packages.erase(found);
  ++unloading_;
  tasks_.push_back({[this, package, id = host.context->id](const RunningHost& running) {
                      if (running.context->id == id) finish_unload(running, package);
                    },
                    {},
                    0});
  changed_.notify_all();
  return true;
}

// On the keeper's thread: the package's own call, in which it asked for this, goes on meanwhile.
void PackageFile::finish_unload(const RunningHost& host, seam::PackageId package) {
  services_.unload(host, package);
  {
    base::MutexLock lock(mutex_);
    if (!has_host(host.context->id) || --unloading_ != 0 || !host_->packages.empty()) return;
    host_.reset();
    state_ = FileState::failed;
    reason_ = "All packages of the file have unloaded themselves. `lsactl package restart` loads them again.";
    changed_.notify_all();
  }
  services_.shut_down(host);
  services_.ended(host);
}

}  // namespace openlsa::authority
