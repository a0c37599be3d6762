#include "authority/admin/built_in_packages.hpp"

#include <fcntl.h>

#include "authority/admin/host_state.hpp"
#include "authority/packages/built_in_files.hpp"
#include "authority/packages/package_files.hpp"
#include "authority/policy/files.hpp"
#include "base/unique_fd.hpp"

namespace openlsa::authority::admin {
namespace {

base::OrFailure<DropIn> prepare(Authority& authority, const BuiltInFile& built_in) {
  const Configuration& configuration = authority.configuration();
  const std::string path = configuration.built_in_directory + "/" + std::string(built_in.file);
  const base::UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (!file) return system_failure("open the built-in package", path, "Install OpenLSA again.");
  OPENLSA_TRY(verify_trusted_descriptor(file.get(), path));
  const StoredPackage stored =
      OPENLSA_TRY(store_package(configuration.state_directory, {std::string(built_in.file), file.get()}, {}));
  DropIn drop_in{std::string(built_in.name), stored.path, stored.sha256};
  drop_in.uid = OPENLSA_TRY(choose_host_uid(authority, drop_in.name));
  drop_in.rights = built_in_rights(built_in.door);
  drop_in.door = built_in.door;
  drop_in.built_in = true;
  OPENLSA_TRY(make_host_directory(configuration, drop_in));
  return drop_in;
}

}  // namespace

std::vector<DropIn> prepare_built_in_files(Authority& authority) {
  std::vector<DropIn> ready;
  const Configuration& configuration = authority.configuration();
  if (configuration.built_in_directory.empty()) return ready;
  for (const BuiltInFile& built_in : built_in_files()) {
    if (!(configuration.*built_in.enabled)) continue;
    base::OrFailure<DropIn> drop_in = prepare(authority, built_in);
    if (drop_in)
      ready.push_back(std::move(*drop_in));
    else
      authority.registry().refuse(std::string(built_in.name), drop_in.error().message);
  }
  return ready;
}

}  // namespace openlsa::authority::admin
