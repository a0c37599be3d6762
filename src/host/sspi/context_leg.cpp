#include "host/sspi/context_leg.hpp"

#include "host/marshal/heap_block.hpp"
#include "host/refusal.hpp"
#include "host/runtime.hpp"

namespace openlsa::host {
namespace {

constexpr seam::SecHandleValue none{};

// The package succeeded: everything that it gave is copied and freed, in any case.
const char* take_results(CurrentCall& call, LegArguments& arguments, const marshal::InputBuffers& input,
                         marshal::OutputBuffers& output, seam::ContextReply& reply) {
  // With session keys. The LSA frees it even when the context is not mapped (SpInitLsaModeContext, ContextData).
  auto context_data = marshal::take_heap_block(arguments.context_data.pvBuffer, arguments.context_data.cbBuffer);
  auto written = output.take(call.memory());
  auto read = input.read_back();
  if (!context_data) return context_data.error().what;
  if (!written) return written.error().what;
  if (!read) return read.error().what;
  if (arguments.new_context == 0 && arguments.context == 0) return "success without a context handle";
  reply.output = std::move(*written);
  reply.input = std::move(*read);
  reply.attributes = arguments.attributes;
  reply.expiry.ticks = arguments.expiry.QuadPart;
  reply.mapped = arguments.mapped != FALSE;
  if (reply.mapped) reply.context_data = std::move(*context_data);
  return nullptr;
}

// A later leg continues its context under the same name, unless the package gave out another handle: that one is a new
// context, and the client frees both.
nt::Status name_context(ChannelState& channel, const LegRequest& request, const LegArguments& arguments,
                        seam::ContextReply& reply) {
  const bool same = arguments.new_context == 0 || arguments.new_context == arguments.context;
  if (request.context != none && same)
    reply.context = request.context;
  else if (const nt::Status status = channel.insert(HandleKind::context, arguments.new_context, reply.context);
           status != SEC_E_OK)
    return status;
  reply.lsa_context = channel.opaque_context(reply.context);
  return SEC_E_OK;
}

}  // namespace

seam::ContextReply run_leg(ChannelState& channel, const LegRequest& request,
                           const std::function<nt::Status(LegArguments&)>& entry) {
  seam::ContextReply reply;
  seam::CallOrigin origin;
  reply.status = channel.origin_of(request.frame, origin);
  if (reply.status != SEC_E_OK) return reply;
  const auto credential = channel.use(HandleKind::credential, request.credential);
  const auto context = channel.use(HandleKind::context, request.context);
  // Either may be missing, not both; a name that is given must be one.
  if ((request.credential != none && !credential) || (request.context != none && !context) ||
      (!credential && !context)) {
    reply.status = SEC_E_INVALID_HANDLE;
    return reply;
  }
  marshal::InputBuffers input(request.input);
  marshal::OutputBuffers output(request.output, request.package_allocates);
  if (!input.valid() || !output.valid()) {
    reply.status = SEC_E_INVALID_PARAMETER;
    return reply;
  }
  LegArguments arguments;
  arguments.credential = credential.package_handle();
  arguments.context = arguments.new_context = context.package_handle();
  arguments.input = input.descriptor();
  arguments.no_input = input.empty();
  arguments.output = output.descriptor();

  CurrentCall call(channel.runtime(), channel.package(), &origin, channel.upcalls());
  reply.status = call.enter(request.entry_name, SEC_E_INTERNAL_ERROR, [&] { return entry(arguments); });
  bool own_handle = arguments.new_context != 0 && arguments.new_context != arguments.context;
  if (nt::succeeded(reply.status)) {
    const nt::Status succeeded = reply.status;
    if (const char* what = take_results(call, arguments, input, output, reply)) {
      log_refusal(channel.package(), request.entry_name, what);
      reply = {};
      reply.status = SEC_E_INTERNAL_ERROR;
    } else {
      reply.status = name_context(channel, request, arguments, reply);
      own_handle = false;  // named, or freed
      if (reply.status == SEC_E_OK) {
        reply.status = succeeded;
        reply.writes = call.memory().take_writes();
        return reply;
      }
      reply = seam::ContextReply{.status = reply.status};
    }
  } else {
    const bool promised = (arguments.attributes & request.extended_error_bit) != 0;
    reply.attributes = arguments.attributes;
    reply.output = output.take_after_failure(request.extended_error || promised);
    if (auto read = input.read_back()) reply.input = std::move(*read);
  }
  // The leg failed: what it left behind goes.
  if (own_handle) channel.discard(HandleKind::context, arguments.new_context);
  call.memory().drop();
  call.revoke_client_tokens();
  return reply;
}

}  // namespace openlsa::host
