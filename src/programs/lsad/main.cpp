// lsad: the authority as a daemon.
#include <limits.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>

#include "service/daemon.hpp"

namespace {

std::string own_directory() {
  char self[PATH_MAX];
  const ssize_t size = ::readlink("/proc/self/exe", self, sizeof self);
  const std::string path(self, size > 0 ? static_cast<std::size_t>(size) : 0);
  return path.substr(0, path.find_last_of('/'));
}

// lsahost stands beside lsad in the build tree, and in the libexec directory when installed.
std::string host_program() {
  const std::string path = own_directory();
  for (const char* place : {"/lsahost", "/../libexec/openlsa/lsahost"})
    if (::access((path + place).c_str(), X_OK) == 0) return path + place;
  return path + "/lsahost";
}

// The built-in packages: beside the libraries, in the build tree and when installed.
std::string built_in_directory() {
  const std::string path = own_directory();
  for (const char* place : {"/../lib/openlsa/packages", "/../" OPENLSA_LIBDIR "/openlsa/packages"})
    if (::access((path + place).c_str(), R_OK) == 0) return path + place;
  return "";
}

}  // namespace

int main(int argc, char** argv) {
  using namespace openlsa;
  CLI::App app("lsad is the local security authority: it hosts security packages and answers logons and SSPI");
  std::string directory;
  service::DaemonSpec spec;
  spec.host_program = host_program();
  app.add_option("--config", directory, "lsa.toml, or the directory that holds it (default /etc/openlsa/lsa.toml)");
  app.add_option("--host-program", spec.host_program, "the lsahost to run");
  app.add_option("--ready-fd", spec.ready_descriptor, "descriptor that gets one byte when clients can connect");
  bool check = false;
  app.add_flag("--check", check, "read lsa.toml (not the drop-ins), say what is wrong with it, and end");
  CLI11_PARSE(app, argc, argv);

  auto configuration = directory.empty() ? authority::load_configuration() : authority::load_configuration(directory);
  if (!configuration) {
    std::fprintf(stderr, "lsad: %s\n", configuration.error().message.c_str());
    return 2;
  }
  if (check) {
    std::printf("lsad: the configuration is good\n");
    return 0;
  }
  spec.configuration = std::move(*configuration);
  spec.configuration.built_in_directory = built_in_directory();
  if (const auto done = service::run_daemon(std::move(spec)); !done) {
    std::fprintf(stderr, "lsad: %s\n", done.error().message.c_str());
    return 1;
  }
  return 0;
}
