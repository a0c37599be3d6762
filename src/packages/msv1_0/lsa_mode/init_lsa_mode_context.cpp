// SpInitLsaModeContext: NEGOTIATE, then AUTHENTICATE for the server's CHALLENGE.
#include "lsa_mode/contexts.hpp"
#include "lsa_mode/functions.hpp"
#include "lsa_mode/restrictions.hpp"

namespace msv1_0 {
namespace {

std::uint32_t wanted_flags(ULONG requirements) {
  std::uint32_t wanted = 0;
  if ((requirements & (ISC_REQ_INTEGRITY | ISC_REQ_REPLAY_DETECT | ISC_REQ_SEQUENCE_DETECT)) != 0) wanted |= flag::sign;
  if ((requirements & ISC_REQ_CONFIDENTIALITY) != 0) wanted |= flag::seal | flag::sign;
  if ((requirements & ISC_REQ_DATAGRAM) != 0) wanted |= flag::datagram;
  if ((requirements & ISC_REQ_IDENTIFY) != 0) wanted |= flag::identify;
  return wanted;
}

// What the handshake came to; NTLM never authenticates the server, and delegates nothing.
std::uint32_t attributes_of(const Context& context, std::uint32_t flags) {
  std::uint32_t attributes = 0;
  if ((flags & flag::sign) != 0)
    attributes |= ISC_RET_INTEGRITY | (context.requirements & (ISC_REQ_REPLAY_DETECT | ISC_REQ_SEQUENCE_DETECT));
  if ((flags & flag::seal) != 0) attributes |= ISC_RET_CONFIDENTIALITY;
  attributes |=
      (flags & flag::datagram) != 0 ? ISC_RET_DATAGRAM : context.requirements & static_cast<ULONG>(ISC_REQ_CONNECTION);
  if ((flags & flag::identify) != 0) attributes |= ISC_RET_IDENTIFY;
  if (context.own.anonymous) attributes |= ISC_RET_NULL_SESSION;
  return attributes;
}

InitiatorConfig config_of(const Package& package, const Context& context, const LegInput& input) {
  InitiatorConfig config;
  config.anonymous = context.own.anonymous;
  if (!config.anonymous) {
    config.user = context.own.user;
    config.domain = context.own.domain;
  }
  config.workstation = package.setting.computer_name;
  config.target_name = context.target;
  config.unverified_target = (context.requirements & ISC_REQ_UNVERIFIED_TARGET_NAME) != 0;
  config.wanted = wanted_flags(context.requirements);
  config.channel_bindings = input.bindings;
  config.policy = ntlm_policy(package, Sender::initiator);
  return config;
}

NTSTATUS run(Package& package, Context& context, const LegInput& input, Bytes& token) {
  auto* handshake = std::get_if<Initiator>(&context.handshake);
  if (handshake == nullptr) return SEC_E_OUT_OF_SEQUENCE;
  if (input.bindings) handshake->set_channel_bindings(*input.bindings);
  LegInputs inputs;
  if (!fill_inputs(inputs)) return SEC_E_INTERNAL_ERROR;
  CredentialResponses responses(package, *context.credential, context.own);
  return handshake->step(input.token, inputs, responses, token);
}

std::u16string server_name(const Initiator& handshake) {
  return handshake.server() ? handshake.server()->text(AvId::dns_computer_name).value_or(u"") : u"";
}

NTSTATUS finish(Package& package, Context& context, const LegOutput& output) {
  const Initiator& handshake = std::get<Initiator>(context.handshake);
  PackedContext packed;
  packed.initiator = true;
  packed.attributes = attributes_of(context, handshake.flags());
  packed.started = context.started;
  packed.user = context.own.anonymous ? u"" : context.own.user;
  packed.domain = context.own.anonymous ? u"" : context.own.domain;
  packed.server = server_name(handshake);
  packed.target = context.target;
  map_context(package, packed, handshake.session(), output);
  context.handshake = std::monostate{};
  return SEC_E_OK;
}

NTSTATUS first_leg(Package& package, LSA_SEC_HANDLE handle, const UNICODE_STRING* target, ULONG requirements,
                   const LegInput& input, const LegOutput& output) {
  auto credential = credential_of_leg(package, handle, Direction::outbound);
  if (!credential) return credential.error();
  auto context = std::make_shared<Context>();
  context->credential = std::move(*credential);
  context->requirements = requirements;
  context->started = now_as_file_time();
  if (target != nullptr) context->target = text_of(*target);
  if ((requirements & ISC_REQ_NULL_SESSION) != 0) {
    context->own.anonymous = true;
  } else {
    auto name = own_name(package, *context->credential);
    if (!name) return name.error();
    context->own = std::move(*name);
  }
  if (const NTSTATUS status = check_sending(package, context->own, context->target); status != SEC_E_OK) return status;
  context->handshake.emplace<Initiator>(config_of(package, *context, input));
  Bytes token;
  const NTSTATUS status = run(package, *context, input, token);
  if (status != SEC_I_CONTINUE_NEEDED) return status < 0 ? status : SEC_E_INTERNAL_ERROR;
  const bool allocate = (requirements & ISC_REQ_ALLOCATE_MEMORY) != 0;
  if (const NTSTATUS given = give_token(*package.setting.lsa, output.buffers, token, allocate); given != SEC_E_OK)
    return given;
  *output.attributes = attributes_of(*context, wanted_flags(requirements)) | (allocate ? ISC_RET_ALLOCATED_MEMORY : 0);
  *output.new_context = add_context(package, std::move(context));
  return SEC_I_CONTINUE_NEEDED;
}

NTSTATUS second_leg(Package& package, Context& context, ULONG requirements, const LegInput& input,
                    const LegOutput& output) {
  Bytes token;
  const NTSTATUS status = run(package, context, input, token);
  if (status != SEC_E_OK) return status < 0 ? status : SEC_E_INTERNAL_ERROR;
  const bool allocate = (requirements & ISC_REQ_ALLOCATE_MEMORY) != 0;
  if (const NTSTATUS given = give_token(*package.setting.lsa, output.buffers, token, allocate); given != SEC_E_OK)
    return given;
  const NTSTATUS finished = finish(package, context, output);
  if (allocate) *output.attributes |= ISC_RET_ALLOCATED_MEMORY;
  return finished;
}

}  // namespace

NTSTATUS NTAPI init_lsa_mode_context(LSA_SEC_HANDLE credential, LSA_SEC_HANDLE handle, PUNICODE_STRING target,
                                     ULONG requirements, ULONG, PSecBufferDesc input_buffers,
                                     PLSA_SEC_HANDLE new_context, PSecBufferDesc output_buffers, PULONG attributes,
                                     PTimeStamp expiration, PBOOLEAN mapped, PSecBuffer context_data) noexcept {
  return guarded(SEC_E_INSUFFICIENT_MEMORY, [&]() -> NTSTATUS {
    const LegOutput output{new_context, output_buffers, attributes, expiration, mapped, context_data};
    output.clear();
    const auto package = msv1_0::package();
    if (!package) return SEC_E_INTERNAL_ERROR;
    const auto input = read_input(input_buffers);
    if (!input) return input.error();
    if (handle == 0) return first_leg(*package, credential, target, requirements, *input, output);
    const auto context = find_context(*package, handle);
    if (!context) return SEC_E_INVALID_HANDLE;
    *new_context = handle;
    const std::lock_guard leg(context->mutex);
    return second_leg(*package, *context, requirements, *input, output);
  });
}

}  // namespace msv1_0
