#include "authority/logon/routed_call.hpp"

#include "authority/authority.hpp"
#include "authority/logon/call_attributes.hpp"

namespace openlsa::authority {
std::expected<EffectiveCaller, nt::Status> effective_caller(Client& client, const seam::ClientCallFrame& frame) {
  if ((frame.call_attributes & ~call_ansi) != 0) return std::unexpected(STATUS_INVALID_PARAMETER);
  if (frame.window.base + frame.window.size_bytes < frame.window.base) return std::unexpected(STATUS_INVALID_PARAMETER);
  EffectiveCaller caller;
  caller.token = client.token(frame.token);
  if (caller.token == nullptr) return std::unexpected(STATUS_INVALID_HANDLE);
  caller.view = view_of(client, *caller.token, frame.token != 0);
  return caller;
}

bool within(const seam::ClientWindow& window, std::uint64_t address, std::uint64_t size_bytes) {
  if (address < window.base) return false;
  const std::uint64_t offset = address - window.base;
  return offset <= window.size_bytes && size_bytes <= window.size_bytes - offset;
}

bool within(const seam::ClientWindow& window, const seam::ClientWrites& writes) {
  for (const seam::ClientMemory& write : writes.writes)
    if (!within(window, write.address, write.bytes.size())) return false;
  for (const seam::ClientBlock& block : writes.allocations)
    if (!within(window, block.address, block.size_bytes)) return false;
  return true;
}

RoutedCall::RoutedCall(Authority& authority, const std::shared_ptr<Client>& client, seam::ClientCalls* upcalls,
                       seam::ChainId chain)
    : authority_(authority), client_(client), chain_(authority.calls().begin(client, upcalls, chain)) {}

RoutedCall::~RoutedCall() {
  authority_.domain_identities().call_ended(chain_);
  const std::vector<std::uint32_t> placed = authority_.calls().end(chain_);
  if (client_ != nullptr && (!keep_handles_ || !client_->alive()))
    for (const std::uint32_t handle : placed) client_->handles()->close(handle);
  for (const nt::Luid session : authority_.sessions().drop_unfinished(chain_)) authority_.credentials().forget(session);
}

nt::Status RoutedCall::enter(const RunningHost& host, seam::PackageId package, const EffectiveCaller& caller) {
  const auto until = authority_.registry().deadline(CallKind::package);
  return authority_.calls().enter(chain_, {host.context->id, package, caller.view, caller.token, until, nullptr});
}

seam::CallOrigin RoutedCall::origin(const seam::ClientCallFrame& frame, const EffectiveCaller& caller) const {
  seam::CallOrigin origin;
  origin.view = caller.view;
  origin.chain = chain_;
  origin.thread_id = frame.thread_id;
  origin.call_attributes = frame.call_attributes | (caller.view.has_tcb ? call_is_tcb : 0);
  origin.call_count = 1;
  origin.window = frame.window;
  return origin;
}

}  // namespace openlsa::authority
