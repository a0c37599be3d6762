#include <algorithm>

#include "host/accounts/functions.hpp"
#include "host/lsa_heap.hpp"
#include "win32/information_block.hpp"

namespace openlsa::host::accounts {
namespace {

constexpr std::size_t max_exceptions = 4096;

bool can_be_said(const std::vector<seam::Text>& names) {
  return names.size() <= max_exceptions &&
         std::ranges::all_of(names, [](const seam::Text& name) { return name.size() * sizeof(char16_t) <= 0xfffe; });
}

// An array of UNICODE_STRING and, behind it, their texts: one block.
void* exceptions_block(const std::vector<seam::Text>& names) {
  win32::InformationBlock layout;
  const std::size_t array = layout.reserve(names.size() * sizeof(UNICODE_STRING), alignof(UNICODE_STRING));
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::size_t at = array + i * sizeof(UNICODE_STRING);
    UNICODE_STRING string{};
    string.Length = string.MaximumLength = static_cast<USHORT>(names[i].size() * sizeof(char16_t));
    layout.write(at, string);
    layout.point(at + offsetof(UNICODE_STRING, Buffer),
                 layout.append(base::as_bytes(names[i].data(), string.Length), alignof(char16_t)));
  }
  void* block = lsa_heap::allocate(layout.size());
  if (block != nullptr) layout.copy_to(block);
  return block;
}

}  // namespace

NTSTATUS get_ntlm_policy(OPENLSA_NTLM_POLICY* Policy) {
  const std::shared_ptr<Runtime> runtime = support::calling_runtime();
  if (runtime == nullptr || Policy == nullptr || Policy->Size < sizeof *Policy) return STATUS_INVALID_PARAMETER;
  const auto reply = runtime->support().ntlm_policy({support::calling_package(*runtime)});
  if (!nt::succeeded(reply.status)) return reply.status;
  // An exception that is lost denies, it does not allow; but what was set and cannot be said is no policy.
  if (!can_be_said(reply.sending_exceptions)) return STATUS_INTERNAL_ERROR;
  void* exceptions = reply.sending_exceptions.empty() ? nullptr : exceptions_block(reply.sending_exceptions);
  if (exceptions == nullptr && !reply.sending_exceptions.empty()) return STATUS_NO_MEMORY;
  OPENLSA_NTLM_POLICY policy{};
  policy.Size = Policy->Size;
  policy.LmCompatibilityLevel = reply.lm_compatibility_level;
  policy.NtlmMinClientSec = reply.min_client_security;
  policy.NtlmMinServerSec = reply.min_server_security;
  policy.RestrictSendingNtlmTraffic = reply.restrict_sending;
  policy.RestrictReceivingNtlmTraffic = reply.restrict_receiving;
  policy.AllowAnonymous = reply.allow_anonymous;
  policy.SendingExceptions = static_cast<PUNICODE_STRING>(lsa_heap::give(exceptions));
  policy.SendingExceptionCount = static_cast<ULONG>(reply.sending_exceptions.size());
  *Policy = policy;
  return reply.status;
}

}  // namespace openlsa::host::accounts
