// The first thing in every support call: whether the host works for whom it says, and what follows for what it reaches.
#include <fmt/format.h>

#include "authority/authority.hpp"
#include "authority/support/host_support.hpp"

namespace openlsa::authority {

std::expected<Caller, nt::Status> HostSupport::check(const seam::SupportCaller& caller, const char* function) {
  if (host_->check_only)
    return std::unexpected(refuse(nullptr, function, "was started only to look at its file, and has no rights"));
  if (!host_->packages.contains(caller.package))
    return std::unexpected(
        refuse(nullptr, function, fmt::format("speaks for package {}, which is not of its file", caller.package)));
  std::expected<Caller, nt::Status> found = authority_.calls().find(host_->id, caller);
  if (found) return found;
  // A client that has just died is nobody's fault; its calls are refused in silence.
  const std::shared_ptr<Client> client = authority_.clients().find(caller.client);
  if (caller.client && client == nullptr) return std::unexpected(STATUS_ACCESS_DENIED);
  return std::unexpected(refuse(
      client.get(), function,
      fmt::format(
          "works for client {}, channel {}, call chain {} as package {}, which is no call or channel of this host",
          caller.client.value, caller.channel.value, caller.chain.value, caller.package)));
}

nt::Status HostSupport::refuse(const Client* client, const char* function, const std::string& detail) const {
  AuditEvent event;
  event.event = "refused";
  event.status = STATUS_ACCESS_DENIED;
  event.package = host_->drop_in->name;
  if (client != nullptr) {
    event.client_pid = client->peer().process_id;
    event.client_uid = client->peer().uid;
  }
  event.detail = fmt::format("{}: the host {}", function, detail);
  record(std::move(event));
  return STATUS_ACCESS_DENIED;
}

void HostSupport::record(AuditEvent event) const {
  std::uint64_t left_out = 0;
  {
    const base::MutexLock lock(events_mutex_);
    if (!events_.take(base::Budget::Clock::now())) return;
    left_out = events_.take_left_out();
  }
  if (left_out != 0) event.detail += fmt::format(" ({} events of this host were left out before)", left_out);
  authority_.audit().record_of_host(event);
}

bool HostSupport::is_callers(const Caller& caller, const Session& session) {
  return caller.client != nullptr && caller.token != nullptr && caller.token->session().get() == &session &&
         caller.view.logon_id == session.id();
}

}  // namespace openlsa::authority
