#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>

#include "base/unique_fd.hpp"
#include "programs/lsactl/commands.hpp"

namespace openlsa::lsactl {
namespace {

int backup(const std::string& path, const Options& options) {
  const base::UniqueFd file(::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file)
    return show({false, "", "Cannot create " + path + ": " + std::strerror(errno) + ". Name a file that is not there."},
                options.json);
  const Answer answer = ask("backup", {}, {file.get()});
  if (!answer.ok) ::unlink(path.c_str());
  return show(answer, options.json);
}

}  // namespace

void add_backup_command(CLI::App& app, const Options& options, int& exit_code) {
  auto path = std::make_shared<std::string>();
  CLI::App* command =
      app.add_subcommand("backup", "Copies accounts.db while the authority works; keep master.key with it");
  command->add_option("FILE", *path, "The new file")->required();
  command->callback([&, path] { exit_code = backup(*path, options); });
}

}  // namespace openlsa::lsactl
