#include "service/hosts/host_process.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <csignal>

#include "service/channels/channel_server.hpp"
#include "wire/dispatch.hpp"
#include "wire/mux_channel.hpp"
#include "wire/proxy.hpp"

namespace openlsa::service {
namespace {

// The support calls of the package, over the channel; it is made before the channel that the runtime answers on.
struct HostAssembly {
  ChannelServer channels;
  std::unique_ptr<wire::MuxChannel> authority;
  std::shared_ptr<host::Runtime> runtime;
};

host::Options options_of(HostAssembly& assembly) {
  host::Options options;
  options.serve_channel = [&assembly](const seam::ClientView& view, seam::PackageId package, base::UniqueFd socket) {
    return assembly.channels.serve(assembly.runtime, view, package, std::move(socket));
  };
  options.channel_ended = [&assembly](seam::ChannelId channel) { assembly.channels.end(channel); };
  return options;
}

}  // namespace

base::OrFailure<> run_host_process(const HostProcessSpec& spec) {
  ::signal(SIGPIPE, SIG_IGN);
  ::fcntl(spec.channel, F_SETFD, FD_CLOEXEC);
  ::prctl(PR_SET_NAME, ("lsahost " + spec.name).c_str(), 0, 0, 0);
  if (auto done = enter_sandbox(spec.sandbox); !done) return done;

  base::Mutex mutex;
  base::ConditionVariable ended;
  bool over = false;
  // Lives to the end of the process, which leaves by _exit: its threads may still be inside the package.
  auto& assembly = *new HostAssembly;
  assembly.authority = std::make_unique<wire::MuxChannel>(
      base::UniqueFd(spec.channel),
      [&assembly](std::uint16_t method, wire::Message& request, std::uint64_t, wire::Message& reply) {
        return wire::dispatch(*assembly.runtime, method, request, reply) == wire::DispatchResult::answered;
      },
      [&] {
        const base::MutexLock lock(mutex);
        over = true;
        ended.notify_all();
      });
  assembly.runtime =
      std::make_shared<host::Runtime>(std::make_shared<wire::SupportProxy>(*assembly.authority), options_of(assembly));
  assembly.authority->start();

  mutex.lock();
  while (!over) ended.wait(mutex);
  mutex.unlock();
  ::_exit(0);
}

}  // namespace openlsa::service
