// SpAcceptLsaModeContext: CHALLENGE for NEGOTIATE, then a session and a token for AUTHENTICATE.
#include "lsa_mode/contexts.hpp"
#include "lsa_mode/functions.hpp"
#include "lsa_mode/network_logon.hpp"
#include "lsa_mode/restrictions.hpp"

namespace msv1_0 {
namespace {

// SECBUFFER_CHANNEL_BINDINGS, ASC_REQ_ALLOW_MISSING_BINDINGS and ASC_REQ_PROXY_BINDINGS of AcceptSecurityContext: the
// channel of a proxy is another than ours, so there is nothing to compare.
Demand demand_of(ULONG requirements, const LegInput& input) {
  if (!input.bindings || (requirements & ASC_REQ_PROXY_BINDINGS) != 0) return Demand::ignore;
  return (requirements & ASC_REQ_ALLOW_MISSING_BINDINGS) != 0 ? Demand::if_present : Demand::require;
}

AcceptorConfig config_of(const Package& package, ULONG requirements, const LegInput& input) {
  AcceptorConfig config;
  config.nb_computer_name = package.setting.computer_name;
  config.nb_domain_name = package.setting.domain_name;
  config.dns_computer_name = package.setting.dns_name;
  config.datagram = (requirements & ASC_REQ_DATAGRAM) != 0;
  config.channel_bindings = input.bindings;
  config.policy = ntlm_policy(package, Sender::acceptor);
  config.policy.channel_bindings = demand_of(requirements, input);
  if ((requirements & ASC_REQ_ALLOW_NULL_SESSION) == 0) config.policy.allow_anonymous = false;
  return config;
}

std::uint32_t attributes_of(const Context& context, const Acceptor& handshake) {
  const std::uint32_t flags = handshake.flags();
  std::uint32_t attributes = 0;
  if ((flags & flag::sign) != 0)
    attributes |= ASC_RET_INTEGRITY | (context.requirements & (ASC_REQ_REPLAY_DETECT | ASC_REQ_SEQUENCE_DETECT));
  if ((flags & flag::seal) != 0) attributes |= ASC_RET_CONFIDENTIALITY;
  attributes |=
      (flags & flag::datagram) != 0 ? ASC_RET_DATAGRAM : context.requirements & static_cast<ULONG>(ASC_REQ_CONNECTION);
  if ((flags & flag::identify) != 0 || (context.requirements & ASC_REQ_IDENTIFY) != 0) attributes |= ASC_RET_IDENTIFY;
  if (handshake.anonymous()) attributes |= ASC_RET_NULL_SESSION;
  return attributes;
}

NTSTATUS run(Context& context, const LegInput& input, CredentialVerifier& verifier, Bytes& token) {
  auto* handshake = std::get_if<Acceptor>(&context.handshake);
  if (handshake == nullptr) return SEC_E_OUT_OF_SEQUENCE;
  if (input.bindings) handshake->set_channel_bindings(*input.bindings, demand_of(context.requirements, input));
  LegInputs inputs;
  if (!fill_inputs(inputs)) return SEC_E_INTERNAL_ERROR;
  return handshake->step(input.token, inputs, verifier, token);
}

// What policy refused before the authority heard of it (N-12, N-13). A message that cannot be read is no attempt of
// anybody's.
bool is_refused_by_policy(const NetworkLogon& logon, NTSTATUS status) {
  return !logon.asked() && (status == SEC_E_LOGON_DENIED || status == SEC_E_UNSUPPORTED_FUNCTION);
}

// The peer proved its key, and then something else was wrong: the authority has recorded a logon, so this is, too. Or
// it was never asked. The sub-status tells an administrator who still uses NTLMv1 or LM.
void audit_refusal(const Package& package, const Acceptor& handshake, const NetworkLogon& logon, NTSTATUS status) {
  const bool old_response = handshake.response_kind().value_or(ResponseKind::ntlmv2) != ResponseKind::ntlmv2;
  const NTSTATUS sub_status =
      is_refused_by_policy(logon, status) && old_response ? STATUS_NTLM_BLOCKED : STATUS_SUCCESS;
  UNICODE_STRING user = string_over(handshake.user()), domain = string_over(handshake.domain()),
                 workstation = string_over(handshake.workstation());
  TOKEN_SOURCE source = package.setting.source;
  LUID none{};
  package.setting.lsa->AuditLogon(status, sub_status, &user, &domain, &workstation, nullptr, Network, &source, &none);
}

NTSTATUS first_leg(Package& package, LSA_SEC_HANDLE handle, ULONG requirements, const LegInput& input,
                   const LegOutput& output) {
  if (const NTSTATUS status = check_receiving(package); status != SEC_E_OK) return status;
  auto credential = credential_of_leg(package, handle, Direction::inbound);
  if (!credential) return credential.error();
  auto context = std::make_shared<Context>();
  context->credential = std::move(*credential);
  context->requirements = requirements;
  context->started = now_as_file_time();
  auto& handshake = context->handshake.emplace<Acceptor>(config_of(package, requirements, input));
  NetworkLogon nobody(package, false);  // the first leg asks for no credential
  Bytes token;
  const NTSTATUS status = run(*context, input, nobody, token);
  if (status != SEC_I_CONTINUE_NEEDED) return status < 0 ? status : SEC_E_INTERNAL_ERROR;
  const bool allocate = (requirements & ASC_REQ_ALLOCATE_MEMORY) != 0;
  if (const NTSTATUS given = give_token(*package.setting.lsa, output.buffers, token, allocate); given != SEC_E_OK)
    return given;
  context->challenge.emplace(handshake.server_challenge());
  *output.attributes = allocate ? ASC_RET_ALLOCATED_MEMORY : 0;
  *output.new_context = add_context(package, std::move(context));
  return SEC_I_CONTINUE_NEEDED;
}

NTSTATUS second_leg(Package& package, Context& context, const LegInput& input, const LegOutput& output) {
  if (input.token.empty()) return SEC_E_INVALID_TOKEN;
  NetworkLogon logon(package, (context.requirements & ASC_REQ_IDENTIFY) != 0);
  Bytes token;
  const NTSTATUS status = run(context, input, logon, token);
  context.challenge.reset();
  const auto* handshake = std::get_if<Acceptor>(&context.handshake);
  if (handshake != nullptr) audit_received(package, *handshake, status);
  if (status != SEC_E_OK) {
    if (handshake != nullptr && (logon.done() || is_refused_by_policy(logon, status)))
      audit_refusal(package, *handshake, logon, status);
    return status < 0 ? status : SEC_E_INTERNAL_ERROR;
  }
  // No token follows AUTHENTICATE; whatever buffer there is says so.
  if (const NTSTATUS given = give_token(*package.setting.lsa, output.buffers, {}, false); given != SEC_E_OK)
    return given;
  PackedContext packed;
  packed.attributes = attributes_of(context, *handshake);
  packed.token_handle = reinterpret_cast<std::uintptr_t>(logon.logon().facts().Token);
  packed.started = context.started;
  packed.user = logon.done() ? std::u16string(logon.logon().user()) : u"";
  packed.domain = logon.done() ? std::u16string(logon.logon().domain()) : u"";
  packed.server = package.setting.dns_name;
  packed.target = handshake->target_name();
  // If the leg fails after all, the LSA takes the token out of the client again.
  map_context(package, packed, handshake->session(), output);
  context.handshake = std::monostate{};
  return SEC_E_OK;
}

}  // namespace

NTSTATUS NTAPI accept_lsa_mode_context(LSA_SEC_HANDLE credential, LSA_SEC_HANDLE handle, PSecBufferDesc input_buffers,
                                       ULONG requirements, ULONG, PLSA_SEC_HANDLE new_context,
                                       PSecBufferDesc output_buffers, PULONG attributes, PTimeStamp expiration,
                                       PBOOLEAN mapped, PSecBuffer context_data) noexcept {
  return guarded(SEC_E_INSUFFICIENT_MEMORY, [&]() -> NTSTATUS {
    const LegOutput output{new_context, output_buffers, attributes, expiration, mapped, context_data};
    output.clear();
    const auto package = msv1_0::package();
    if (!package) return SEC_E_INTERNAL_ERROR;
    const auto input = read_input(input_buffers);
    if (!input) return input.error();
    if (handle == 0) return first_leg(*package, credential, requirements, *input, output);
    const auto context = find_context(*package, handle);
    if (!context) return SEC_E_INVALID_HANDLE;
    *new_context = handle;
    const std::lock_guard leg(context->mutex);
    return second_leg(*package, *context, *input, output);
  });
}

}  // namespace msv1_0
