// package-restart: name= of the drop-in. Ends the host, which is then started again; a file that failed, or was
// refused, is read and started anew.
#include <algorithm>

#include "authority/admin/verbs.hpp"

namespace openlsa::authority::admin {
namespace {

seam::AdminReply reload(const Call& call, const std::string& name) {
  const Configuration& configuration = call.authority.configuration();
  const auto drop_in = read_drop_in(configuration.packages_directory, name, configuration.state_directory);
  if (!drop_in) return refused(STATUS_UNSUCCESSFUL, drop_in.error().message);
  (void)call.authority.registry().remove(name);  // a refused file was never there
  const auto loaded = call.authority.registry().add(*drop_in);
  if (!loaded) {
    call.authority.registry().refuse(name, loaded.error().message);  // still listed, with the reason
    return refused(STATUS_UNSUCCESSFUL, loaded.error().message);
  }
  return answer(JsonObject().text("restarted", name).number("packages", loaded->size()).str());
}

seam::AdminReply restart(const Call& call, const std::string& name) {
  const PackageChange change;
  if (!change) return PackageChange::busy();
  for (const std::shared_ptr<PackageFile>& file : call.authority.registry().files()) {
    if (file->drop_in()->name != name) continue;
    const FileStatus status = file->status();
    if (status.state == FileState::failed || status.state == FileState::stopped) return reload(call, name);
    const std::optional<RunningHost> running = file->running();
    if (!running)
      return refused(STATUS_DEVICE_NOT_READY, "The host of '" + name + "' is being started just now. Try again.");
    if (!running->host->isolated())
      return refused(STATUS_NOT_SUPPORTED,
                     "'" + name + "' runs in the authority's own process. Restart the authority.");
    running->host->kill();
    return answer(JsonObject().text("restarted", name).number("ended_pid", status.process_id).str());
  }
  const std::vector<Registry::RefusedFile> refused_files = call.authority.registry().refused();
  if (std::any_of(refused_files.begin(), refused_files.end(), [&](const auto& file) { return file.name == name; }))
    return reload(call, name);
  return refused(STATUS_OBJECT_NAME_NOT_FOUND,
                 "There is no package file '" + name + "'. List them with `lsactl package list`.");
}

}  // namespace

seam::AdminReply package_restart(const Call& call) {
  const Arguments arguments = OPENLSA_ARGUMENT(Arguments::parse(call.request.arguments, {"name"}));
  const std::string name = OPENLSA_ARGUMENT(arguments.required("name"));
  if (!is_valid_drop_in_name(name))
    return refused(STATUS_INVALID_PARAMETER, "'" + name +
                                                 "' is no valid name of a package file. Use the name that `lsactl "
                                                 "package list` prints.");
  seam::AdminReply reply = restart(call, name);
  record(call, "package-restart", reply.status, name, "", reply.message);
  return reply;
}

}  // namespace openlsa::authority::admin
