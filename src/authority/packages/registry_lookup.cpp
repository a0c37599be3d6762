// Finding packages: by id, by name, in order.
#include <algorithm>

#include "authority/packages/registry.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {

std::vector<std::shared_ptr<PackageFile>> Registry::files() {
  base::MutexLock lock(mutex_);
  return files_;
}

std::vector<std::shared_ptr<PackageFile>> Registry::doors(seam::Door door) {
  std::vector<std::shared_ptr<PackageFile>> found;
  for (const std::shared_ptr<PackageFile>& file : files()) {
    if (file->drop_in()->door != door) continue;
    const FileState state = file->status().state;
    if (state != FileState::failed && state != FileState::removed) found.push_back(file);
  }
  return found;
}

std::vector<PackageEntry> Registry::packages() {
  std::vector<PackageEntry> entries;
  for (const std::shared_ptr<PackageFile>& file : files()) {
    const FileStatus status = file->status();
    if (status.state == FileState::failed || status.state == FileState::removed) continue;
    for (const seam::PackageInfo& info : status.packages) entries.push_back({info, file});
  }
  std::sort(entries.begin(), entries.end(),
            [](const PackageEntry& a, const PackageEntry& b) { return a.info.id < b.info.id; });
  return entries;
}

std::vector<RegisteredPackage> Registry::registered(PackageIds except) {
  std::vector<RegisteredPackage> all;
  for (const PackageEntry& entry : packages())
    if (entry.file->ids().first != except.first) all.push_back({entry.info, entry.file->drop_in()->name});
  return all;
}

std::optional<PackageEntry> Registry::find(seam::PackageId id) {
  for (const std::shared_ptr<PackageFile>& file : files()) {
    if (!file->ids().contains(id)) continue;
    const FileStatus status = file->status();
    if (status.state == FileState::failed || status.state == FileState::removed) continue;
    for (const seam::PackageInfo& info : status.packages)
      if (info.id == id) return PackageEntry{info, file};
  }
  return std::nullopt;
}

std::optional<PackageEntry> Registry::find(std::u16string_view name) {
  for (PackageEntry& entry : packages())
    if (nt::equal_names(entry.info.name, name)) return std::move(entry);
  return std::nullopt;
}

std::vector<FileStatus> Registry::status() {
  std::vector<FileStatus> statuses;
  for (const std::shared_ptr<PackageFile>& file : files()) statuses.push_back(file->status());
  return statuses;
}

std::vector<Registry::RefusedFile> Registry::refused() {
  base::MutexLock lock(mutex_);
  return refused_;
}

}  // namespace openlsa::authority
