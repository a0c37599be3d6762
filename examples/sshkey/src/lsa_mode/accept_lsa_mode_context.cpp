// SpAcceptLsaModeContext: M2 for M1, then a session and a token for M3.
#include "common/guarded.hpp"
#include "lsa_mode/contexts.hpp"
#include "lsa_mode/network_logon.hpp"
#include "lsa_mode/status.hpp"

namespace sshkey {
namespace {

// What every context has, and of the rest what either side asked for.
std::uint32_t attributes_of(ULONG requirements, std::uint32_t initiator_flags) {
  std::uint32_t attributes = ASC_RET_MUTUAL_AUTH | ASC_RET_CONFIDENTIALITY | ASC_RET_INTEGRITY | ASC_RET_CONNECTION |
                             (requirements & (ASC_REQ_REPLAY_DETECT | ASC_REQ_SEQUENCE_DETECT | ASC_REQ_IDENTIFY));
  if ((initiator_flags & flag_replay_detect) != 0) attributes |= ASC_RET_REPLAY_DETECT;
  if ((initiator_flags & flag_sequence_detect) != 0) attributes |= ASC_RET_SEQUENCE_DETECT;
  if ((initiator_flags & flag_identify_only) != 0) attributes |= ASC_RET_IDENTIFY;
  return attributes;
}

NTSTATUS first_leg(Package& package, LSA_SEC_HANDLE handle, ULONG requirements, const LegInput& input,
                   const LegOutput& output) {
  if ((requirements & ASC_REQ_DATAGRAM) != 0) return SEC_E_UNSUPPORTED_FUNCTION;
  if (input.token.empty()) return SEC_E_INVALID_TOKEN;
  auto credential = credential_of_leg(package, handle, Role::acceptor);
  if (!credential) return credential.error();

  auto context = std::make_shared<Context>();
  context->role = Role::acceptor;
  context->own_account = credential->credential->account;
  context->own_not_after = credential->credential->fields.not_after;
  context->logon_id = credential->logon_id;
  context->binding = input.binding;
  context->requirements = requirements;
  const AcceptorBinding binding{input.binding, (requirements & ASC_REQ_ALLOW_MISSING_BINDINGS) != 0};
  auto& handshake = context->handshake.emplace<Acceptor>(std::move(credential->credential),
                                                         package.setting.authority_id, binding, package);
  const auto message2 = handshake.on_message1(input.token, package.now());
  if (!message2) return status_of(message2.error(), Role::acceptor);
  const bool allocate = (requirements & ASC_REQ_ALLOCATE_MEMORY) != 0;
  *output.expiration = file_time_of(context->own_not_after);
  if (const NTSTATUS status = add_context(package, context, *output.new_context); status != SEC_E_OK) return status;
  if (const NTSTATUS status = give_token(*package.setting.lsa, output.buffers, *message2, allocate);
      status != SEC_E_OK) {
    delete_context(*output.new_context);
    *output.new_context = 0;
    return status;
  }
  *output.attributes = attributes_of(requirements, 0) | (allocate ? ASC_RET_ALLOCATED_MEMORY : 0);
  return SEC_I_CONTINUE_NEEDED;
}

NTSTATUS second_leg(Package& package, Context& context, const LegInput& input, const LegOutput& output) {
  auto* handshake = std::get_if<Acceptor>(&context.handshake);
  if (context.revoked) return SEC_E_NO_CREDENTIALS;
  if (handshake == nullptr || input.token.empty()) return SEC_E_INVALID_TOKEN;
  constexpr Fixed32 none{};
  if (input.binding != none && input.binding != context.binding) return SEC_E_BAD_BINDINGS;
  if (const auto done = handshake->on_message3(input.token, package.now()); !done)
    return status_of(done.error(), Role::acceptor);
  const Finished& finished = handshake->result();
  const std::uint32_t attributes = attributes_of(context.requirements, finished.initiator_flags);
  const auto level = (attributes & ASC_RET_IDENTIFY) != 0 ? SecurityIdentification : SecurityImpersonation;
  // No token follows M3; whatever buffer there is says so.
  if (const NTSTATUS status = give_token(*package.setting.lsa, output.buffers, {}, false); status != SEC_E_OK)
    return status;
  const auto token =
      log_on_peer(package, finished.peer, level, std::min(context.own_not_after, finished.peer.not_after));
  if (!token) return token.error();
  // If this fails, the LSA takes the token out of the client again.
  return map_context(package, context, finished, attributes, *token, output);
}

}  // namespace

NTSTATUS NTAPI accept_lsa_mode_context(LSA_SEC_HANDLE credential, LSA_SEC_HANDLE handle, PSecBufferDesc input_buffers,
                                       ULONG requirements, ULONG, PLSA_SEC_HANDLE new_context,
                                       PSecBufferDesc output_buffers, PULONG attributes, PTimeStamp expiration,
                                       PBOOLEAN mapped, PSecBuffer context_data) noexcept {
  return guarded(SEC_E_INSUFFICIENT_MEMORY, [&]() -> NTSTATUS {
    const LegOutput output{new_context, output_buffers, attributes, expiration, mapped, context_data};
    output.clear();
    const auto package = sshkey::package();
    if (!package) return SEC_E_INTERNAL_ERROR;
    const auto input = read_input(input_buffers);
    if (!input) return input.error();
    if (handle == 0) return first_leg(*package, credential, requirements, *input, output);

    const auto context = find_context(*package, handle, Role::acceptor);
    if (!context) return SEC_E_INVALID_HANDLE;
    *new_context = handle;
    const std::lock_guard leg(context->mutex);
    const EndOfHandshake end(*context);
    return second_leg(*package, *context, *input, output);
  });
}

}  // namespace sshkey
