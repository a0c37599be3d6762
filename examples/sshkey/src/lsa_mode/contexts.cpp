#include "lsa_mode/contexts.hpp"

#include <algorithm>

#include "common/guarded.hpp"
#include "lsa_mode/heap_block.hpp"
#include "lsa_mode/session_credentials.hpp"

namespace sshkey {
namespace {

static_assert(ISC_RET_REPLAY_DETECT == ASC_RET_REPLAY_DETECT && ISC_RET_SEQUENCE_DETECT == ASC_RET_SEQUENCE_DETECT);

PackedContext pack(const Package& package, const Context& context, const Finished& finished, std::uint32_t attributes) {
  const bool initiator = context.role == Role::initiator;
  PackedContext packed;
  packed.role = context.role;
  packed.attributes = attributes;
  packed.replay_detect = (attributes & ISC_RET_REPLAY_DETECT) != 0;
  packed.sequence_detect = (attributes & ISC_RET_SEQUENCE_DETECT) != 0;
  packed.starts = file_time_of(package.now()).QuadPart;
  packed.expires = file_time_of(std::min(context.own_not_after, finished.peer.not_after)).QuadPart;
  packed.own_account = context.own_account;
  packed.own_authority = package.setting.authority_id;
  packed.peer_account = finished.peer.account;
  packed.peer_authority = finished.peer.authority_id;
  packed.peer_key_fingerprint = finished.peer.key_fingerprint;
  const TrafficKeys& keys = finished.keys;
  packed.seal_send = (initiator ? keys.seal_from_initiator : keys.seal_from_acceptor).duplicate();
  packed.seal_receive = (initiator ? keys.seal_from_acceptor : keys.seal_from_initiator).duplicate();
  packed.sign_send = (initiator ? keys.sign_from_initiator : keys.sign_from_acceptor).duplicate();
  packed.sign_receive = (initiator ? keys.sign_from_acceptor : keys.sign_from_initiator).duplicate();
  return packed;
}

}  // namespace

std::expected<LegCredential, NTSTATUS> credential_of_leg(Package& package, LSA_SEC_HANDLE handle, Role role) {
  std::shared_ptr<CredentialHandle> found;
  {
    const std::lock_guard lock(package.mutex);
    found = package.credentials.find(handle);
  }
  if (!found) return std::unexpected(SEC_E_INVALID_HANDLE);
  if (!(role == Role::initiator ? found->outbound : found->inbound)) return std::unexpected(SEC_E_NO_CREDENTIALS);
  auto credential = find_credential(package, found->logon_id);
  if (!credential) return std::unexpected(SEC_E_NO_CREDENTIALS);
  return LegCredential{found->logon_id, std::move(credential)};
}

NTSTATUS add_context(Package& package, std::shared_ptr<Context> context, LSA_SEC_HANDLE& handle) {
  const std::lock_guard lock(package.mutex);
  if (!package.sessions.contains(context->logon_id)) return SEC_E_NO_CREDENTIALS;
  handle = package.contexts.insert(std::move(context));
  return SEC_E_OK;
}

std::shared_ptr<Context> find_context(Package& package, LSA_SEC_HANDLE handle, Role role) {
  const std::lock_guard lock(package.mutex);
  auto context = package.contexts.find(handle);
  return context && context->role == role ? context : nullptr;
}

NTSTATUS map_context(const Package& package, const Context& context, const Finished& finished, std::uint32_t attributes,
                     HANDLE token, const LegOutput& output) {
  PackedContext packed = pack(package, context, finished, attributes);
  packed.token_handle = reinterpret_cast<std::uintptr_t>(token);
  const Secret bytes = encode(packed);
  if (bytes.empty()) return SEC_E_INTERNAL_ERROR;
  HeapBlock block(*package.setting.lsa, bytes.reveal());
  output.context_data->cbBuffer = static_cast<ULONG>(bytes.reveal().size());
  output.context_data->BufferType = SECBUFFER_TOKEN;
  output.context_data->pvBuffer = block.hand_over();
  *output.mapped = TRUE;
  *output.attributes = attributes;
  output.expiration->QuadPart = packed.expires;
  return SEC_E_OK;
}

NTSTATUS NTAPI delete_context(LSA_SEC_HANDLE handle) noexcept {
  return guarded(SEC_E_INSUFFICIENT_MEMORY, [&]() -> NTSTATUS {
    const auto package = sshkey::package();
    if (!package) return SEC_E_INVALID_HANDLE;
    std::shared_ptr<Context> taken;  // let go outside the lock
    const std::lock_guard lock(package->mutex);
    taken = package->contexts.take(handle);
    return taken ? SEC_E_OK : SEC_E_INVALID_HANDLE;
  });
}

}  // namespace sshkey
