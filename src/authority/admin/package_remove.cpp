// package-remove: name= of the drop-in. The package's own state directory stays.
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "authority/admin/host_state.hpp"
#include "authority/admin/verbs.hpp"
#include "authority/packages/built_in_files.hpp"
#include "authority/packages/package_files.hpp"
#include "authority/policy/files.hpp"

namespace openlsa::authority::admin {
namespace {

// Another drop-in may name the same copy; one that cannot be read may, too.
bool copy_is_used(const Configuration& configuration, const Sha256& hash) {
  const base::OrFailure<DropInListing> listing = list_drop_ins(configuration.packages_directory);
  if (!listing) return true;
  for (const std::string& name : listing->names) {
    const auto other = read_drop_in(configuration.packages_directory, name, configuration.state_directory);
    if (!other || other->sha256 == hash) return true;
  }
  return false;
}

seam::AdminReply remove(const Call& call, const std::string& name) {
  if (is_built_in_file(name))
    return refused(STATUS_ACCESS_DENIED, "'" + name +
                                             "' is built in and cannot be removed. Switch it off in lsa.toml ([ntlm] "
                                             "enabled = false) and restart the authority.");
  const PackageChange change;
  if (!change) return PackageChange::busy();
  const Configuration& configuration = call.authority.configuration();
  const auto drop_in = read_drop_in(configuration.packages_directory, name, configuration.state_directory);
  const std::string path = configuration.packages_directory + "/" + name + ".toml";
  const bool on_disk = ::access(path.c_str(), F_OK) == 0;
  // The drop-in first: a package that was removed does not come back with a restart of the authority.
  if (on_disk)
    if (const auto removed = remove_drop_in(configuration.packages_directory, name); !removed)
      return refused(STATUS_UNSUCCESSFUL, removed.error().message);
  const base::OrFailure<> ended = call.authority.registry().remove(name);
  if (!ended && !on_disk)
    return refused(STATUS_OBJECT_NAME_NOT_FOUND,
                   "There is no package file '" + name + "'. List them with `lsactl package list`.");
  if (drop_in && !copy_is_used(configuration, drop_in->sha256)) {
    const StoredPackage stored{drop_in->file, parent_of(drop_in->file), drop_in->sha256, false};
    if (const auto removed = remove_stored_package(stored); !removed)
      return refused(STATUS_UNSUCCESSFUL, removed.error().message);
  }
  JsonObject object;
  object.text("removed", name);
  struct stat status{};
  const std::string directory = host_directory(configuration, name);
  if (::lstat(directory.c_str(), &status) == 0) object.text("state_kept", directory);
  return answer(object.str());
}

}  // namespace

seam::AdminReply package_remove(const Call& call) {
  const Arguments arguments = OPENLSA_ARGUMENT(Arguments::parse(call.request.arguments, {"name"}));
  const std::string name = OPENLSA_ARGUMENT(arguments.required("name"));
  if (!is_valid_drop_in_name(name))
    return refused(STATUS_INVALID_PARAMETER,
                   "'" + name + "' is no valid name of a package file. Remove the file by hand.");
  seam::AdminReply reply = remove(call, name);
  record(call, "package-remove", reply.status, name, "", reply.message);
  return reply;
}

}  // namespace openlsa::authority::admin
