// host.start: from the start of a host's process to its package loaded and answering, sandbox included. Reference: a
// process that does nothing, started and waited for in the same way.
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>

#include "measure.hpp"
#include "private_authority.hpp"
#include "service/hosts/isolated_starter.hpp"

extern char** environ;

namespace openlsa::bench {
namespace {

constexpr int starts_each_run = 10;
constexpr std::uint32_t host_uid = 59500;  // as lsad gives them out

void answer(seam::AllocateLuidsReply& reply) {
  reply.first = {nt::first_dynamic_luid};
  reply.count = 1;
}
template <class Reply>
void answer(Reply& reply) {
  reply.status = STATUS_NOT_SUPPORTED;
}

// All that a package asks for while it starts is a LUID for its token source.
class StartSupport final : public seam::SupportCalls {
 public:
#define OPENLSA_ANSWER(number, function, Message, permission, duration) \
  seam::Message##Reply function(seam::Message##Request) override {      \
    seam::Message##Reply reply{};                                       \
    answer(reply);                                                      \
    return reply;                                                       \
  }
  OPENLSA_SUPPORT_CALLS(OPENLSA_ANSWER)
#undef OPENLSA_ANSWER
};

seam::LoadRequest load_request(const seam::HostSpec& spec) {
  seam::LoadRequest load;
  load.path = spec.path;
  load.state_directory = spec.state_directory;
  load.authority_id.fill(0x5a);
  load.first_id = 1;
  load.domain_sid = nt::Sid{5, {21, 1, 2, 3}};
  load.domain_name = u"BENCH";
  return load;
}

double start_and_load(service::IsolatedStarter& starter, const seam::HostSpec& spec) {
  double milliseconds = 0;
  for (int i = 0; i < starts_each_run; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    auto host = starter.start(spec, std::make_shared<StartSupport>(), [] {});
    if (!host) give_up(host.error().message);
    const auto reply = (*host)->load(load_request(spec));
    milliseconds += std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
    if (!nt::succeeded(reply.status) || reply.packages.empty())
      give_up(fmt::format("the package was not loaded: {:#010x} {}", static_cast<std::uint32_t>(reply.status),
                          reply.reason));
  }
  return milliseconds / starts_each_run;
}

double start_nothing() {
  char program[] = "/bin/true";
  char* argv[] = {program, nullptr};
  double milliseconds = 0;
  for (int i = 0; i < starts_each_run; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    pid_t process = -1;
    if (::posix_spawn(&process, program, nullptr, nullptr, argv, environ) != 0) give_up("cannot start /bin/true");
    ::waitpid(process, nullptr, 0);
    milliseconds += std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
  }
  return milliseconds / starts_each_run;
}

}  // namespace

void host_start(const Selection& selection, Rows& rows) {
  if (!selection.wants("host.start")) return;
  const PrivateAuthority place("embedded");  // for its directory
  service::IsolatedStarter starter(build_directory() + "/bin/lsahost");
  seam::HostSpec spec;
  spec.name = "sshkey";
  spec.path = place.directory() + "/package/sshkey.so";
  spec.state_directory = place.directory() + "/host";
  std::filesystem::create_directory(place.directory() + "/package");
  std::filesystem::create_directory(spec.state_directory);
  std::filesystem::copy_file(BENCH_SSHKEY_FILE, spec.path);
  if (::geteuid() == 0) {
    spec.uid = spec.gid = host_uid;
    if (::chown(spec.state_directory.c_str(), host_uid, host_uid) != 0) give_up("cannot give away the state directory");
  }
  rows.push_back(interleaved(
      "host.start", "ms", selection.runs, [&] { return start_and_load(starter, spec); }, start_nothing,
      fmt::format("{} starts a run; the reference is /bin/true, which loads and confines nothing", starts_each_run)));
}

}  // namespace openlsa::bench
