// SpInitLsaModeContext: M1, then M3 for M2.
#include "common/guarded.hpp"
#include "core/utf.hpp"
#include "lsa_mode/contexts.hpp"
#include "lsa_mode/status.hpp"

namespace sshkey {
namespace {

std::uint32_t flags_of(ULONG requirements) {
  return ((requirements & ISC_REQ_REPLAY_DETECT) != 0 ? flag_replay_detect : 0) |
         ((requirements & ISC_REQ_SEQUENCE_DETECT) != 0 ? flag_sequence_detect : 0) |
         ((requirements & ISC_REQ_IDENTIFY) != 0 ? flag_identify_only : 0);
}

// What every context has, and of the rest what was asked for. Delegation is never among it.
std::uint32_t attributes_of(ULONG requirements) {
  return ISC_RET_MUTUAL_AUTH | ISC_RET_CONFIDENTIALITY | ISC_RET_INTEGRITY | ISC_RET_CONNECTION |
         (requirements & (ISC_REQ_REPLAY_DETECT | ISC_REQ_SEQUENCE_DETECT | ISC_REQ_IDENTIFY));
}

NTSTATUS first_leg(Package& package, LSA_SEC_HANDLE handle, const UNICODE_STRING* target_name, ULONG requirements,
                   const LegInput& input, const LegOutput& output) {
  if ((requirements & (ISC_REQ_DATAGRAM | ISC_REQ_NULL_SESSION)) != 0) return SEC_E_UNSUPPORTED_FUNCTION;
  if (!input.token.empty()) return SEC_E_INVALID_TOKEN;
  const auto name =
      target_name != nullptr && target_name->Length % 2 == 0 ? to_utf8(text_of(*target_name)) : std::nullopt;
  const auto target = name ? parse_target(*name) : std::nullopt;
  if (!target) return SEC_E_TARGET_UNKNOWN;
  auto credential = credential_of_leg(package, handle, Role::initiator);
  if (!credential) return credential.error();

  auto context = std::make_shared<Context>();
  context->role = Role::initiator;
  context->own_account = credential->credential->account;
  context->own_not_after = credential->credential->fields.not_after;
  context->logon_id = credential->logon_id;
  context->binding = input.binding;
  context->requirements = requirements;
  auto& handshake = context->handshake.emplace<Initiator>(std::move(credential->credential), *target, input.binding,
                                                          flags_of(requirements), package);
  const auto message1 = handshake.begin(package.now());
  if (!message1) return status_of(message1.error(), Role::initiator);
  const bool allocate = (requirements & ISC_REQ_ALLOCATE_MEMORY) != 0;
  *output.expiration = file_time_of(context->own_not_after);
  if (const NTSTATUS status = add_context(package, context, *output.new_context); status != SEC_E_OK) return status;
  if (const NTSTATUS status = give_token(*package.setting.lsa, output.buffers, *message1, allocate);
      status != SEC_E_OK) {
    delete_context(*output.new_context);
    *output.new_context = 0;
    return status;
  }
  *output.attributes = attributes_of(requirements) | (allocate ? ISC_RET_ALLOCATED_MEMORY : 0);
  return SEC_I_CONTINUE_NEEDED;
}

NTSTATUS second_leg(Package& package, Context& context, ULONG requirements, const LegInput& input,
                    const LegOutput& output) {
  auto* handshake = std::get_if<Initiator>(&context.handshake);
  if (context.revoked) return SEC_E_NO_CREDENTIALS;
  if (handshake == nullptr || input.token.empty()) return SEC_E_INVALID_TOKEN;
  constexpr Fixed32 none{};
  if (input.binding != none && input.binding != context.binding) return SEC_E_BAD_BINDINGS;
  const auto message3 = handshake->on_message2(input.token, package.now());
  if (!message3) return status_of(message3.error(), Role::initiator);
  const bool allocate = (requirements & ISC_REQ_ALLOCATE_MEMORY) != 0;
  if (const NTSTATUS status = give_token(*package.setting.lsa, output.buffers, *message3, allocate); status != SEC_E_OK)
    return status;
  const std::uint32_t attributes = attributes_of(context.requirements) | (allocate ? ISC_RET_ALLOCATED_MEMORY : 0);
  return map_context(package, context, handshake->result(), attributes, nullptr, output);
}

}  // namespace

NTSTATUS NTAPI init_lsa_mode_context(LSA_SEC_HANDLE credential, LSA_SEC_HANDLE handle, PUNICODE_STRING target,
                                     ULONG requirements, ULONG, PSecBufferDesc input_buffers,
                                     PLSA_SEC_HANDLE new_context, PSecBufferDesc output_buffers, PULONG attributes,
                                     PTimeStamp expiration, PBOOLEAN mapped, PSecBuffer context_data) noexcept {
  return guarded(SEC_E_INSUFFICIENT_MEMORY, [&]() -> NTSTATUS {
    const LegOutput output{new_context, output_buffers, attributes, expiration, mapped, context_data};
    output.clear();
    const auto package = sshkey::package();
    if (!package) return SEC_E_INTERNAL_ERROR;
    const auto input = read_input(input_buffers);
    if (!input) return input.error();
    if (handle == 0) return first_leg(*package, credential, target, requirements, *input, output);

    const auto context = find_context(*package, handle, Role::initiator);
    if (!context) return SEC_E_INVALID_HANDLE;
    *new_context = handle;
    const std::lock_guard leg(context->mutex);
    const EndOfHandshake end(*context);
    return second_leg(*package, *context, requirements, *input, output);
  });
}

}  // namespace sshkey
