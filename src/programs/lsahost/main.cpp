// lsahost: hosts one package file for lsad. It is started by lsad, never by hand.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "service/hosts/host_process.hpp"

int main(int argc, char** argv) {
  using namespace openlsa;
  CLI::App app(
      "lsahost hosts one security package file for lsad, which starts it; there is no use in starting it by hand");
  service::HostProcessSpec spec;
  std::string package;
  app.add_option("--name", spec.name, "name of the drop-in")->required();
  app.add_option("--package", package, "the package file, below the state directory of lsad")->required();
  app.add_option("--state", spec.sandbox.state_directory, "private state directory of the package");
  app.add_option("--uid", spec.sandbox.uid, "uid to take; 0 keeps the caller's");
  app.add_option("--gid", spec.sandbox.gid, "gid to take");
  app.add_flag("--network", spec.sandbox.network, "leave the network to the package");
  app.add_option("--service", spec.sandbox.service_directories,
                 "a directory with sockets of a service that the package may use; repeatable")
      ->allow_extra_args(false);
  CLI11_PARSE(app, argc, argv);
  spec.sandbox.package_directory = package.substr(0, package.find_last_of('/'));
  if (const auto done = service::run_host_process(spec); !done) {
    std::fprintf(stderr, "lsahost %s: %s\n", spec.name.c_str(), done.error().message.c_str());
    return 1;
  }
  return 0;
}
