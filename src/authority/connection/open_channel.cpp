// A direct channel to the host of a package, for one effective token of the client: its SSPI calls then cost one round
// trip. Who the client is goes to the host from here.
#include "authority/connection/connection.hpp"

namespace openlsa::authority {
namespace {

seam::OpenChannelReply failed(nt::Status status) {
  seam::OpenChannelReply reply;
  reply.status = status;
  return reply;
}

}  // namespace

seam::OpenChannelReply Connection::open_channel(seam::OpenChannelRequest request) {
  if (living() == nullptr) return failed(STATUS_ACCESS_DENIED);
  const std::shared_ptr<Token> token = client_->token(request.token);
  if (token == nullptr) return failed(SEC_E_INVALID_HANDLE);
  const std::optional<PackageEntry> package = authority_.registry().find(request.package_name);
  if (!package || !package->info.supports_sspi) return failed(SEC_E_SECPKG_NOT_FOUND);
  const std::optional<RunningHost> host = package->file->running(authority_.registry().patience());
  if (!host) return failed(SEC_E_INTERNAL_ERROR);

  seam::ClientView view = view_of(*client_, *token, request.token != 0);
  view.channel = authority_.calls().next_channel();
  // Known here before the host hears of it: its first support call may come at once.
  std::vector<CallTable::EndedChannel> ended;
  const nt::Status added =
      authority_.calls().add_channel(host->context->id, package->info.id, client_, view, token, ended);
  for (const CallTable::EndedChannel& channel : ended)
    authority_.end_channel(channel.host, client_->id(), channel.channel, false);
  if (added != STATUS_SUCCESS) return failed(added);
  seam::ChannelEnd end = authority_.registry().call(
      *host, CallKind::package, "open_channel",
      [&](seam::PackageHost& target) { return target.open_channel(view, package->info.id); });
  if (!nt::succeeded(end.status)) {
    authority_.calls().remove_channel(view.channel);
    return failed(end.status);
  }
  if (!client_->alive()) {  // it went meanwhile, and the host may have been told too early
    authority_.calls().remove_channel(view.channel);
    authority_.end_channel(host->context->id, client_->id(), view.channel, true);
    return failed(STATUS_ACCESS_DENIED);
  }
  seam::OpenChannelReply reply;
  reply.channel = view.channel;
  reply.package = package->info;
  reply.file_hash = host->context->drop_in->sha256;
  if (package->info.has_user_half) reply.user_half_path = host->context->drop_in->file;
  reply.index_in_file = package->info.id - host->context->packages.first;
  reply.in_process = end.in_process;
  reply.socket = std::move(end.socket);
  return reply;
}

}  // namespace openlsa::authority
