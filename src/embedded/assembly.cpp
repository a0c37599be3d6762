#include "embedded/assembly.hpp"

#include <dlfcn.h>
#include <poll.h>
#include <unistd.h>

#include <thread>

#include "wire/dispatch.hpp"

namespace openlsa::embedded {
namespace {

// One waiting thread for each exported token: this composition has no event loop, and exports are rare.
void watch_descriptor(int fd, std::function<void()> closed) {
  std::thread([fd = ::dup(fd), closed = std::move(closed)] {
    pollfd entry{.fd = fd, .events = 0, .revents = 0};
    while (::poll(&entry, 1, -1) < 0) {
    }
    ::close(fd);
    closed();
  }).detach();
}

// The built-in packages stand below the library's own directory.
std::string built_in_directory() {
  Dl_info info{};
  if (::dladdr(reinterpret_cast<const void*>(&watch_descriptor), &info) == 0 || info.dli_fname == nullptr) return "";
  const std::string path = info.dli_fname;
  const std::string directory = path.substr(0, path.find_last_of('/')) + "/openlsa/packages";
  return path.front() == '/' && ::access(directory.c_str(), R_OK) == 0 ? directory : "";
}

}  // namespace

Assembly::Assembly(openlsa_embedded_upcall upcall)
    : upcall_(upcall),
      process_id_(::getpid()),
      authority_upcalls_(upcall),
      starter_(std::make_unique<host::LocalStarter>(
          "embedded",
          [this](const std::shared_ptr<host::Runtime>& runtime, const seam::ClientView& view, seam::PackageId package) {
            return open_channel(runtime, view, package);
          },
          [this](seam::ChannelId channel) { close_channel(channel.value); })) {}

base::OrFailure<std::unique_ptr<Assembly>> Assembly::start(const std::string& directory,
                                                           openlsa_embedded_upcall upcall) {
  authority::Configuration configuration = OPENLSA_TRY(authority::load_configuration(directory));
  configuration.one_handle_namespace = true;
  configuration.authority_uid = ::geteuid();
  configuration.watch_descriptor = watch_descriptor;
  configuration.built_in_directory = built_in_directory();
  std::unique_ptr<Assembly> assembly(new Assembly(upcall));
  assembly->authority_ = OPENLSA_TRY(authority::Authority::create(std::move(configuration), *assembly->starter_));
  if (auto started = assembly->authority_->start_packages(); !started)
    return std::unexpected(std::move(started).error());
  const authority::PeerIdentity self{.process_id = static_cast<std::uint32_t>(::getpid()),
                                     .uid = ::geteuid(),
                                     .gid = ::getegid(),
                                     .start_time_ticks = 0};
  assembly->connection_ = assembly->authority_->connect(self, &assembly->authority_upcalls_.calls);
  return assembly;
}

bool Assembly::in_its_process() const { return ::getpid() == process_id_; }

seam::ChannelEnd Assembly::open_channel(const std::shared_ptr<host::Runtime>& runtime, const seam::ClientView& view,
                                        seam::PackageId package) {
  auto endpoint = std::make_shared<Endpoint>(upcall_, view.channel.value);
  endpoint->runtime = runtime;
  endpoint->channel = runtime->open_channel(view, package, &endpoint->upcalls);
  if (!endpoint->channel) return {.status = STATUS_NO_SUCH_PACKAGE, .socket = {}};
  {
    const base::MutexLock lock(mutex_);
    endpoints_.insert_or_assign(view.channel.value, std::move(endpoint));
  }
  // A removal in between has looked for the endpoint in vain.
  if (runtime->find(package) == nullptr) {
    close_channel(view.channel.value);
    return {.status = STATUS_NO_SUCH_PACKAGE, .socket = {}};
  }
  return {.status = STATUS_SUCCESS, .socket = {}, .in_process = true};
}

void Assembly::close_channel(std::uint64_t id) {
  std::shared_ptr<Endpoint> ended;  // its handles are freed through the package, with no lock held
  const base::MutexLock lock(mutex_);
  if (const auto found = endpoints_.find(id); found != endpoints_.end()) {
    ended = std::move(found->second);
    endpoints_.erase(found);
  }
}

bool Assembly::has_channel(std::uint64_t id) {
  const base::MutexLock lock(mutex_);
  return endpoints_.contains(id);
}

bool Assembly::call(std::uint64_t id, std::uint16_t method, wire::Message& request, wire::Message& reply) {
  if (id == 0) {
    const auto result = wire::dispatch(*connection_, connection_->has_tcb(), method, request, reply);
    if (result != wire::DispatchResult::answered) audit_malformed(wire::describe(result));
    return result == wire::DispatchResult::answered;
  }
  std::shared_ptr<Endpoint> endpoint;
  {
    const base::MutexLock lock(mutex_);
    if (const auto found = endpoints_.find(id); found != endpoints_.end()) endpoint = found->second;
  }
  if (!endpoint) return false;
  const auto result = wire::dispatch(*endpoint->channel, method, request, reply);
  if (result != wire::DispatchResult::answered) audit_malformed(wire::describe(result));
  return result == wire::DispatchResult::answered;
}

void Assembly::audit_malformed(const char* why) {
  authority::AuditEvent event;
  event.event = "connection-refused";
  event.client_pid = connection_->peer().process_id;
  event.client_uid = connection_->peer().uid;
  event.detail = why;
  authority_->audit().record(event);
}

}  // namespace openlsa::embedded
