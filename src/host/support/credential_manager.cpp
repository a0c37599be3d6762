// CrediRead, CrediReadDomainCredentials, CrediWrite, CrediFreeCredentials: the credential manager's set of a logon
// session. It ends with the session; a package gets the secrets that its rights, or its own writing, open.
#include "host/lsa_heap.hpp"
#include "host/marshal/managed_credential.hpp"
#include "host/support/calling_thread.hpp"
#include "host/support/functions.hpp"
#include "host/support/heaps.hpp"

namespace openlsa::host::support {
namespace {

// IN_PROCESS and TRUSTED_CALLER are what the package says of itself, and open nothing; there is no cache of target
// information. There is neither a MIDL heap nor RtlEncryptMemory here.
constexpr ULONG taken =
    CREDP_FLAGS_IN_PROCESS | CREDP_FLAGS_DONT_CACHE_TI | CREDP_FLAGS_CLEAR_PASSWORD | CREDP_FLAGS_TRUSTED_CALLER;
constexpr ULONG not_offered =
    CREDP_FLAGS_USE_MIDL_HEAP | CREDP_FLAGS_USER_ENCRYPTED_PASSWORD | CREDP_FLAGS_VALIDATE_PROXY_TARGET;

// "Flags: reserved. This parameter must be set to zero."
NTSTATUS check_flags(ULONG cred_flags, ULONG flags) {
  if (flags != 0 || (cred_flags & ~(taken | not_offered)) != 0) return STATUS_INVALID_PARAMETER;
  return (cred_flags & not_offered) != 0 ? STATUS_NOT_SUPPORTED : STATUS_SUCCESS;
}

marshal::BlobForm form_of(ULONG cred_flags) {
  return (cred_flags & CREDP_FLAGS_CLEAR_PASSWORD) != 0 ? marshal::BlobForm::clear
                                                        : marshal::BlobForm::protected_memory;
}

}  // namespace

NTSTATUS credi_write(PLUID LogonId, ULONG CredFlags, ENCRYPTED_CREDENTIALW* Credential, ULONG Flags) {
  const std::shared_ptr<Runtime> runtime = calling_runtime();
  if (runtime == nullptr || LogonId == nullptr || Credential == nullptr) return STATUS_INVALID_PARAMETER;
  if (const NTSTATUS status = check_flags(CredFlags, Flags); status != STATUS_SUCCESS) return status;
  auto credential = marshal::copy_credential(*Credential, form_of(CredFlags));
  if (!credential) return STATUS_INVALID_PARAMETER;
  return runtime->support()
      .write_credential({calling_package(*runtime), to_value(*LogonId), std::move(*credential)})
      .status;
}

NTSTATUS credi_read(PLUID LogonId, ULONG CredFlags, LPWSTR TargetName, ULONG Type, ULONG Flags,
                    ENCRYPTED_CREDENTIALW** Credential) {
  const std::shared_ptr<Runtime> runtime = calling_runtime();
  if (runtime == nullptr || LogonId == nullptr || Credential == nullptr) return STATUS_INVALID_PARAMETER;
  if (const NTSTATUS status = check_flags(CredFlags, Flags); status != STATUS_SUCCESS) return status;
  auto target = marshal::copy_terminated(TargetName, CRED_MAX_GENERIC_TARGET_NAME_LENGTH);
  if (!target || !*target) return STATUS_INVALID_PARAMETER;
  const auto reply =
      runtime->support().read_credential({calling_package(*runtime), to_value(*LogonId), std::move(**target), Type});
  if (!nt::succeeded(reply.status)) return reply.status;
  ENCRYPTED_CREDENTIALW* given = marshal::give_credential(reply.credential, form_of(CredFlags));
  if (given == nullptr) return STATUS_NO_MEMORY;
  *Credential = lsa_heap::give(given);
  return reply.status;
}

NTSTATUS credi_read_domain_credentials(PLUID LogonId, ULONG CredFlags, PCREDENTIAL_TARGET_INFORMATIONW TargetInfo,
                                       ULONG Flags, PULONG Count, ENCRYPTED_CREDENTIALW*** Credential) {
  const std::shared_ptr<Runtime> runtime = calling_runtime();
  if (runtime == nullptr || LogonId == nullptr || TargetInfo == nullptr || Count == nullptr || Credential == nullptr)
    return STATUS_INVALID_PARAMETER;
  if (const NTSTATUS status = check_flags(CredFlags, Flags); status != STATUS_SUCCESS) return status;
  auto target = marshal::copy_target(*TargetInfo);
  if (!target) return STATUS_INVALID_PARAMETER;
  const auto reply =
      runtime->support().read_domain_credentials({calling_package(*runtime), to_value(*LogonId), std::move(*target)});
  if (!nt::succeeded(reply.status)) return reply.status;
  const auto count = static_cast<ULONG>(reply.credentials.size());
  auto** given = static_cast<ENCRYPTED_CREDENTIALW**>(lsa_heap::allocate(count * sizeof(void*)));
  if (given == nullptr) return STATUS_NO_MEMORY;
  for (ULONG i = 0; i < count; ++i) {
    given[i] = marshal::give_credential(reply.credentials[i], form_of(CredFlags));
    if (given[i] != nullptr) continue;
    while (i-- > 0) lsa_heap::free(given[i]);
    lsa_heap::free(given);
    return STATUS_NO_MEMORY;
  }
  for (ULONG i = 0; i < count; ++i) lsa_heap::give(given[i]);
  *Count = count;
  *Credential = lsa_heap::give(given);
  return reply.status;
}

// The array is ours when CrediReadDomainCredentials gave it; a package may also bring one of its own on the stack.
VOID credi_free_credentials(ULONG Count, ENCRYPTED_CREDENTIALW** Credentials) {
  if (Credentials == nullptr) return;
  for (ULONG i = 0; i < Count; ++i) free_block("CrediFreeCredentials", Credentials[i], lsa_heap::Heap::lsa);
  lsa_heap::free_if_block(Credentials);
}

}  // namespace openlsa::host::support
