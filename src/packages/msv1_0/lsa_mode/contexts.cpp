#include "lsa_mode/contexts.hpp"

#include <sys/random.h>
#include <time.h>

#include "lsa_mode/functions.hpp"

namespace msv1_0 {

std::uint64_t now_as_file_time() {
  timespec time{};
  ::clock_gettime(CLOCK_REALTIME, &time);
  return (static_cast<std::uint64_t>(time.tv_sec) + 11'644'473'600) * 10'000'000 +
         static_cast<std::uint64_t>(time.tv_nsec) / 100;
}

bool fill_inputs(LegInputs& inputs) {
  crypto::Wiped<24> random;
  const auto bytes = random.reveal_mutable();
  if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) return false;
  inputs.now = now_as_file_time();
  std::memcpy(inputs.challenge.data(), bytes.data(), inputs.challenge.size());
  inputs.session_key = Key(random.reveal().subspan<8, 16>());
  return true;
}

LSA_SEC_HANDLE add_context(Package& package, std::shared_ptr<Context> context) {
  const std::lock_guard lock(package.mutex);
  return package.contexts.insert(std::move(context));
}

std::shared_ptr<Context> find_context(Package& package, LSA_SEC_HANDLE handle) {
  const std::lock_guard lock(package.mutex);
  return package.contexts.find(handle);
}

Policy ntlm_policy(const Package& package, Sender side) {
  const OPENLSA_NTLM_POLICY& given = package.setting.policy;
  Policy policy;
  policy.lm_compatibility_level = given.LmCompatibilityLevel;
  policy.minimum_session_security = side == Sender::initiator ? given.NtlmMinClientSec : given.NtlmMinServerSec;
  policy.allow_anonymous = given.AllowAnonymous != 0;
  return policy;
}

void map_context(const Package& package, const PackedContext& packed, const Session& session, const LegOutput& output) {
  const PackedBytes bytes = pack_context(packed, session);
  HeapBlock block = HeapBlock::of(*package.setting.lsa, bytes.reveal());
  output.context_data->cbBuffer = static_cast<ULONG>(bytes.reveal().size());
  output.context_data->BufferType = SECBUFFER_TOKEN;
  output.context_data->pvBuffer = block.hand_over();
  *output.mapped = TRUE;
  *output.attributes = packed.attributes;
}

NTSTATUS NTAPI delete_context(LSA_SEC_HANDLE handle) noexcept {
  return guarded(SEC_E_INSUFFICIENT_MEMORY, [&]() -> NTSTATUS {
    const auto package = msv1_0::package();
    if (!package) return SEC_E_INVALID_HANDLE;
    std::shared_ptr<Context> taken;  // wiped outside the lock
    const std::lock_guard lock(package->mutex);
    taken = package->contexts.take(handle);
    return taken ? SEC_E_OK : SEC_E_INVALID_HANDLE;
  });
}

}  // namespace msv1_0
