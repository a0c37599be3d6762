// AddCredential, GetCredentials, DeleteCredential: the keys of a package in a logon session.
#include <cstring>

#include "host/lsa_heap.hpp"
#include "host/marshal/strings.hpp"
#include "host/support/calling_thread.hpp"
#include "host/support/functions.hpp"

namespace openlsa::host::support {
namespace {

using marshal::Reach;

// A package names itself, or another one of its file; the credentials of others are out of reach.
bool name_package(Runtime& runtime, ULONG package, seam::SupportCaller& caller) {
  caller = calling_package(runtime);
  if (runtime.find(package) == nullptr && package != caller.package) return false;
  caller.package = package;
  return true;
}

// Hands the key and the secret of the reply out; the key's buffer is the caller's.
NTSTATUS give_credential(const seam::GetCredentialsReply& reply, bool all, PLSA_STRING key, PLSA_STRING credentials) {
  if (all && key != nullptr) {
    if (reply.primary_key.size() > key->MaximumLength || (key->Buffer == nullptr && !reply.primary_key.empty()))
      return STATUS_MORE_ENTRIES;
    if (!reply.primary_key.empty()) std::memcpy(key->Buffer, reply.primary_key.data(), reply.primary_key.size());
    key->Length = static_cast<USHORT>(reply.primary_key.size());
  }
  *credentials = {};
  if (reply.credentials.empty()) return reply.status;
  credentials->Buffer = static_cast<PCHAR>(lsa_heap::copy_in(reply.credentials.reveal()));
  if (credentials->Buffer == nullptr) return STATUS_NO_MEMORY;
  lsa_heap::give(credentials->Buffer);
  credentials->Length = credentials->MaximumLength = static_cast<USHORT>(reply.credentials.size());
  return reply.status;
}

}  // namespace

NTSTATUS add_credential(PLUID LogonId, ULONG AuthenticationPackage, PLSA_STRING PrimaryKeyValue,
                        PLSA_STRING Credentials) {
  const std::shared_ptr<Runtime> runtime = calling_runtime();
  if (LogonId == nullptr || PrimaryKeyValue == nullptr || Credentials == nullptr || runtime == nullptr)
    return STATUS_INVALID_PARAMETER;
  seam::AddCredentialRequest request;
  if (!name_package(*runtime, AuthenticationPackage, request.caller)) return STATUS_ACCESS_DENIED;
  auto key = marshal::copy_bytes(PrimaryKeyValue, Reach::anywhere);
  auto secret = marshal::copy_bytes(Credentials, Reach::anywhere);
  if (!key || !secret) return STATUS_INVALID_PARAMETER;
  request.logon_id = to_value(*LogonId);
  request.primary_key = std::move(*key);
  request.credentials = base::Secret(*secret);
  base::wipe(*secret);
  return runtime->support().add_credential(std::move(request)).status;
}

NTSTATUS get_credentials(PLUID LogonId, ULONG AuthenticationPackage, PULONG QueryContext,
                         BOOLEAN RetrieveAllCredentials, PLSA_STRING PrimaryKeyValue, PULONG PrimaryKeyLength,
                         PLSA_STRING Credentials) {
  const std::shared_ptr<Runtime> runtime = calling_runtime();
  if (LogonId == nullptr || QueryContext == nullptr || Credentials == nullptr || runtime == nullptr ||
      (!RetrieveAllCredentials && PrimaryKeyValue == nullptr))
    return STATUS_INVALID_PARAMETER;
  seam::GetCredentialsRequest request;
  if (!name_package(*runtime, AuthenticationPackage, request.caller)) return STATUS_ACCESS_DENIED;
  request.logon_id = to_value(*LogonId);
  request.query_context = *QueryContext;
  request.retrieve_all = RetrieveAllCredentials != FALSE;
  if (request.retrieve_all) {
    request.key_capacity_bytes = PrimaryKeyValue == nullptr ? 0xffff : PrimaryKeyValue->MaximumLength;
  } else {
    auto key = marshal::copy_bytes(PrimaryKeyValue, Reach::anywhere);
    if (!key) return STATUS_INVALID_PARAMETER;
    request.primary_key = std::move(*key);
  }
  const bool all = request.retrieve_all;
  const auto reply = runtime->support().get_credentials(std::move(request));
  if (PrimaryKeyLength != nullptr) *PrimaryKeyLength = reply.key_size_bytes;
  // STATUS_MORE_ENTRIES: the key's buffer is too small, and the cursor stays.
  if (!nt::succeeded(reply.status) || reply.status == STATUS_MORE_ENTRIES) return reply.status;
  const NTSTATUS status = give_credential(reply, all, PrimaryKeyValue, Credentials);
  if (nt::succeeded(status) && status != STATUS_MORE_ENTRIES) *QueryContext = reply.query_context;
  return status;
}

NTSTATUS delete_credential(PLUID LogonId, ULONG AuthenticationPackage, PLSA_STRING PrimaryKeyValue) {
  const std::shared_ptr<Runtime> runtime = calling_runtime();
  if (LogonId == nullptr || PrimaryKeyValue == nullptr || runtime == nullptr) return STATUS_INVALID_PARAMETER;
  seam::DeleteCredentialRequest request;
  if (!name_package(*runtime, AuthenticationPackage, request.caller)) return STATUS_ACCESS_DENIED;
  auto key = marshal::copy_bytes(PrimaryKeyValue, Reach::anywhere);
  if (!key) return STATUS_INVALID_PARAMETER;
  request.logon_id = to_value(*LogonId);
  request.primary_key = std::move(*key);
  return runtime->support().delete_credential(std::move(request)).status;
}

}  // namespace openlsa::host::support
