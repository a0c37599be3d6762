#include "client/sspi/context_leg.hpp"

#include "client/connection/process_client.hpp"
#include "client/sspi/buffers.hpp"

namespace openlsa::client {
namespace {

constexpr seam::SecHandleValue none{};

bool is_final(nt::Status status) { return status == SEC_E_OK || status == SEC_I_COMPLETE_NEEDED; }

nt::Status fail_leg(const LegParameters& parameters, const seam::ContextReply& reply) {
  write_input(reply.input, parameters.input);
  write_output_of_failure(reply.output, parameters.allocate, reply.status, parameters.output);
  if (parameters.attributes != nullptr) *parameters.attributes = reply.attributes;
  return reply.status;
}

// The handle of a new context, which is deleted again unless it is published.
class NewHandle {
 public:
  explicit NewHandle(const std::shared_ptr<Context>& context)
      : good_(ContextTable::of_process().insert(context, handle_)) {}
  ~NewHandle() {
    if (good_ && !published_) ContextTable::of_process().take(&handle_);
  }
  NewHandle(const NewHandle&) = delete;
  NewHandle& operator=(const NewHandle&) = delete;

  bool good() const { return good_; }
  // A package that continues a context under another handle has made a new one; when the application has no place left
  // for the old one, that one goes.
  void publish(const LegParameters& parameters) {
    published_ = true;
    PCtxtHandle place = parameters.new_context != nullptr ? parameters.new_context : parameters.context;
    const SecHandle old = place == parameters.context ? *place : SecHandle{};
    *place = handle_;
    ContextTable::of_process().take(&old);
  }

 private:
  SecHandle handle_{};
  bool good_;
  bool published_ = false;
};

// The user-mode half first, then the buffers: nothing of the application is written for a leg that fails.
nt::Status deliver_results(const LegParameters& parameters, Context& context, const ClientWindow& window,
                           seam::ContextReply& reply) {
  if (reply.mapped) {
    const nt::Status mapped = context.map(std::move(reply.context_data), reply.lsa_context);
    if (mapped != SEC_E_OK) return mapped;
  }
  if (!write_input(reply.input, parameters.input)) return SEC_E_INTERNAL_ERROR;
  return write_output(reply.output, parameters.allocate, window, parameters.output);
}

}  // namespace

nt::Status find_objects(const LegParameters& parameters, LegObjects& objects) {
  if (parameters.credential == nullptr && parameters.context == nullptr) return SEC_E_INVALID_HANDLE;
  if (parameters.context == nullptr && parameters.new_context == nullptr) return SEC_E_INVALID_PARAMETER;
  if (parameters.credential != nullptr) {
    objects.credential = CredentialTable::of_process().find(parameters.credential);
    if (!objects.credential) return SEC_E_INVALID_HANDLE;
    objects.channel = objects.credential->channel;
  }
  if (parameters.context != nullptr) {
    objects.context = ContextTable::of_process().find(parameters.context);
    if (!objects.context || objects.context->imported()) return SEC_E_INVALID_HANDLE;
    if (parameters.inbound && !objects.context->continues(*parameters.inbound)) return SEC_E_INVALID_HANDLE;
    if (objects.channel && objects.channel != objects.context->shared_channel()) return SEC_E_INVALID_HANDLE;
    objects.channel = objects.context->shared_channel();
  }
  return SEC_E_OK;
}

template <class Request>
nt::Status prepare_leg(const LegParameters& parameters, const LegObjects& objects, const ClientWindow& window,
                       Request& request) {
  if (!window.valid()) return SEC_E_INSUFFICIENT_MEMORY;
  if (const nt::Status status = copy_input(parameters.input, request.input); status != SEC_E_OK) return status;
  if (const nt::Status status = describe_output(parameters.output, parameters.allocate, request.output);
      status != SEC_E_OK)
    return status;
  request.frame = call_frame(window.view(), parameters.ansi ? SECPKG_CALL_ANSI : 0);
  if (objects.credential) request.credential = objects.credential->name;
  if (objects.context) request.context = objects.context->name();
  return SEC_E_OK;
}
template nt::Status prepare_leg(const LegParameters&, const LegObjects&, const ClientWindow&,
                                seam::InitializeContextRequest&);
template nt::Status prepare_leg(const LegParameters&, const LegObjects&, const ClientWindow&,
                                seam::AcceptContextRequest&);

nt::Status deliver_leg(const LegParameters& parameters, const LegObjects& objects, ClientWindow& window,
                       seam::ContextReply reply) {
  if (!nt::succeeded(reply.status)) return fail_leg(parameters, reply);
  if (reply.context == none) return SEC_E_INTERNAL_ERROR;
  std::shared_ptr<Context> context = objects.context;
  std::optional<NewHandle> made;
  if (!context || reply.context != context->name()) {
    context = std::make_shared<Context>(objects.channel, reply.context, parameters.inbound, parameters.ansi);
    made.emplace(context);
    if (!made->good()) return SEC_E_INSUFFICIENT_MEMORY;
  }
  if (!window.apply(reply.writes, FreedBy::free_context_buffer)) return SEC_E_INTERNAL_ERROR;
  if (const nt::Status status = deliver_results(parameters, *context, window, reply); status != SEC_E_OK) {
    window.take_back();
    return status;
  }
  if (parameters.inbound && is_final(reply.status)) context->finish();
  if (made)
    made->publish(parameters);
  else if (parameters.new_context != nullptr)
    *parameters.new_context = *parameters.context;
  if (parameters.attributes != nullptr) *parameters.attributes = reply.attributes;
  if (parameters.expiry != nullptr) parameters.expiry->QuadPart = reply.expiry.ticks;
  return reply.status;
}

}  // namespace openlsa::client
