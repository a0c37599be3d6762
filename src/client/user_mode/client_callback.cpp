#include "client/user_mode/client_callback.hpp"

#include "client/channels/channel_cache.hpp"
#include "client/connection/process_client.hpp"
#include "client/connection/upcalls.hpp"
#include "client/memory/client_buffers.hpp"
#include "client/memory/shared_sections.hpp"
#include "client/user_mode/user_halves.hpp"

namespace openlsa::client {
namespace {

// The authority passed the callback on, during an LSA call: the half is found by the package's id.
UserHalf* half_of_routed_call(seam::PackageId package) {
  const auto client = ProcessClient::current();
  if (!client) return nullptr;
  if (UserHalf* loaded = UserHalves::of_process().find({client->epoch(), package})) return loaded;
  const auto known = client->call(&seam::AuthorityCalls::enumerate_packages, {});
  for (const seam::PackageInfo& info : known.packages) {
    std::shared_ptr<DirectChannel> channel;
    if (info.id == package && info.has_user_half && nt::succeeded(ChannelCache::of_process().open(info.name, channel)))
      return UserHalves::of_process().load(*channel);
  }
  return nullptr;
}

// A host calls back its own package only: what it names on its channel is not believed, while the authority names the
// package of a routed call itself.
UserHalf* half_of(seam::PackageId package) {
  const DirectChannel* channel = DirectChannel::of_this_thread();
  if (channel == nullptr) return half_of_routed_call(package);
  return channel->package().id == package ? UserHalves::of_process().load(*channel) : nullptr;
}

// What the callback returned: a block of AllocateHeap, which is freed here.
nt::Status take_output(const SecBuffer& buffer, seam::SecBufferValue& value) {
  if (buffer.pvBuffer == nullptr) return STATUS_SUCCESS;
  const auto size = buffer_size(buffer.pvBuffer);
  if (!size) return SEC_E_INTERNAL_ERROR;
  const bool fits = buffer.cbBuffer <= *size;
  if (fits) value.data = base::to_bytes(base::as_bytes(buffer.pvBuffer, buffer.cbBuffer));
  if (fits) value.size_bytes = buffer.cbBuffer;
  discard_buffer(buffer.pvBuffer);
  return fits ? STATUS_SUCCESS : SEC_E_INTERNAL_ERROR;
}

// MapSharedMemory. As for callbacks, a host speaks for the package of its channel only.
seam::ClientCallbackReply map_section(const seam::ClientCallbackRequest& request) {
  seam::ClientCallbackReply reply;
  const DirectChannel* channel = DirectChannel::of_this_thread();
  if (channel != nullptr && channel->package().id != request.package)
    reply.status = STATUS_ACCESS_DENIED;
  else
    reply.status =
        SharedSections::of_process().map(request.package, request.section, request.memory, reply.output.client_address);
  return reply;
}

}  // namespace

seam::ClientCallbackReply answer_client_callback(seam::ClientCallbackRequest request) {
  if (request.section != 0) return map_section(request);
  seam::ClientCallbackReply reply;
  reply.status = SEC_E_UNSUPPORTED_FUNCTION;
  if (!request.name.empty() || request.callback > UINT32_MAX) return reply;
  UserHalf* half = half_of(request.package);
  PLSA_CALLBACK_FUNCTION function = half == nullptr ? nullptr : half->callback(static_cast<ULONG>(request.callback));
  if (function == nullptr) return reply;
  SecBuffer input{0, request.input.type, nullptr};
  if (request.input.data) {
    input.cbBuffer = static_cast<ULONG>(request.input.data->size());
    input.pvBuffer = request.input.data->data();
  }
  SecBuffer output{};
  const DirectChannel::Callback inside;
  reply.status = half->call(function, request.argument1, request.argument2, &input, &output);
  reply.output.type = output.BufferType;
  const nt::Status taken = take_output(output, reply.output);
  if (nt::succeeded(reply.status) && !nt::succeeded(taken)) reply.status = taken;
  return reply;
}

void install_client_callbacks() { set_client_callback_hook(answer_client_callback); }

}  // namespace openlsa::client
