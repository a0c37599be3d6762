#include "authority/admin/host_state.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <set>

#include "authority/packages/drop_in.hpp"
#include "authority/policy/files.hpp"

namespace openlsa::authority::admin {
namespace {

// The owners of all host directories but that of `name`.
std::set<std::uint32_t> owners_of_directories(const std::string& root, const std::string& name) {
  std::set<std::uint32_t> owners;
  const std::unique_ptr<DIR, int (*)(DIR*)> opened(::opendir(root.c_str()), ::closedir);
  if (opened == nullptr) return owners;
  while (const dirent* entry = ::readdir(opened.get())) {
    const std::string file = entry->d_name;
    struct stat status{};
    if (file != "." && file != ".." && file != name &&
        ::fstatat(::dirfd(opened.get()), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0)
      owners.insert(status.st_uid);
  }
  return owners;
}

}  // namespace

std::string host_directory(const Configuration& configuration, const std::string& name) {
  return configuration.state_directory + "/hosts/" + name;
}

std::uint32_t host_uid(const DropIn& drop_in) { return ::geteuid() == 0 ? drop_in.uid : ::geteuid(); }

base::OrFailure<std::uint32_t> choose_host_uid(Authority& authority, const std::string& name) {
  const Configuration& configuration = authority.configuration();
  std::set<std::uint32_t> taken = owners_of_directories(configuration.state_directory + "/hosts", name);
  const DropInListing listing = OPENLSA_TRY(list_drop_ins(configuration.packages_directory));
  for (const std::string& other : listing.names)
    if (const auto drop_in = read_drop_in(configuration.packages_directory, other, configuration.state_directory);
        drop_in)
      taken.insert(drop_in->uid);
  for (const std::shared_ptr<PackageFile>& file : authority.registry().files()) taken.insert(file->drop_in()->uid);
  const UidRange& range = configuration.host_uids;
  const auto is_free = [&](std::uint32_t uid) {
    return !taken.contains(uid) && !authority.accounts().find_by_uid(uid);
  };
  struct stat status{};
  if (::lstat(host_directory(configuration, name).c_str(), &status) == 0 && range.contains(status.st_uid) &&
      is_free(status.st_uid))
    return status.st_uid;
  for (std::uint64_t uid = range.first; uid <= range.last; ++uid)
    if (is_free(static_cast<std::uint32_t>(uid))) return static_cast<std::uint32_t>(uid);
  return base::failure(
      fmt::format("No uid is free from {} to {}. Widen host_uids in lsa.toml, or remove the directories of "
                  "packages that are gone from {}/hosts.",
                  range.first, range.last, configuration.state_directory));
}

base::OrFailure<> make_host_directory(const Configuration& configuration, const DropIn& drop_in) {
  const bool root = ::geteuid() == 0;
  const std::uint32_t owner = root ? drop_in.uid : ::geteuid();
  const std::string directory = host_directory(configuration, drop_in.name);
  OPENLSA_TRY(ensure_directory(parent_of(directory), 0711));
  if (::mkdir(directory.c_str(), 0700) != 0 && errno != EEXIST)
    return system_failure("create", directory, "Check the state directory.");
  struct stat status{};
  if (::lstat(directory.c_str(), &status) != 0 || !S_ISDIR(status.st_mode))
    return base::failure(directory + " is not a directory. Remove what is there.");
  if (status.st_uid == owner) return {};
  if (status.st_uid != ::geteuid())
    return base::failure(
        fmt::format("{} belongs to uid {}, not to the package's uid {}. Remove it, or give it to that uid.", directory,
                    status.st_uid, owner));
  if (::lchown(directory.c_str(), owner, owner) != 0)
    return system_failure("give to the package's uid the directory", directory,
                          fmt::format("Run: chown {}:{} {}", owner, owner, directory));
  return {};
}

}  // namespace openlsa::authority::admin
