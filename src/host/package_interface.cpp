#include "host/package_interface.hpp"

#include <openlsa/openlsa.h>
#include <unistd.h>

#include <cstring>

#include "host/marshal/strings.hpp"
#include "host/support/calling_thread.hpp"
#include "host/support/client_call.hpp"
#include "host/support/shared_memory.hpp"
#include "win32/interface_registry.hpp"
#include "win32/posix_identity_answer.hpp"

namespace openlsa::host {
namespace {

using support::calling_package;
using support::calling_runtime;

NTSTATUS get_state_directory(char* Buffer, ULONG* SizeBytes) {
  const std::shared_ptr<Runtime> runtime = calling_runtime();
  if (runtime == nullptr || SizeBytes == nullptr || (Buffer == nullptr && *SizeBytes != 0))
    return STATUS_INVALID_PARAMETER;
  const std::string& path = runtime->state_directory();
  if (path.empty()) return STATUS_NOT_SUPPORTED;
  const ULONG capacity = *SizeBytes;
  *SizeBytes = static_cast<ULONG>(path.size() + 1);
  if (capacity < *SizeBytes) return STATUS_BUFFER_TOO_SMALL;
  std::memcpy(Buffer, path.c_str(), *SizeBytes);
  return STATUS_SUCCESS;
}

NTSTATUS get_token_posix_identity(HANDLE Token, OPENLSA_POSIX_IDENTITY* Identity) {
  return OpenLsaGetTokenPosixIdentity(Token, Identity);
}

NTSTATUS get_authority_id(UCHAR* Id) {
  const std::shared_ptr<Runtime> runtime = calling_runtime();
  if (runtime == nullptr || Id == nullptr) return STATUS_INVALID_PARAMETER;
  std::memcpy(Id, runtime->authority_id().data(), runtime->authority_id().size());
  return STATUS_SUCCESS;
}

NTSTATUS lookup_account_name(PCUNICODE_STRING Name, PSID Sid, ULONG* SidSize, OPENLSA_POSIX_IDENTITY* Identity) {
  const std::shared_ptr<Runtime> runtime = calling_runtime();
  auto name = marshal::copy_text(Name, marshal::Reach::anywhere);
  if (runtime == nullptr || !name || !*name || SidSize == nullptr || (Sid == nullptr && *SidSize != 0))
    return STATUS_INVALID_PARAMETER;
  const auto reply = runtime->support().lookup_account({calling_package(*runtime), std::move(**name), std::nullopt});
  if (!nt::succeeded(reply.status)) return reply.status;
  const base::Bytes sid = reply.sid.to_bytes();
  const ULONG capacity = *SidSize;
  *SidSize = static_cast<ULONG>(sid.size());
  if (capacity < sid.size()) return STATUS_BUFFER_TOO_SMALL;
  std::memcpy(Sid, sid.data(), sid.size());
  return Identity == nullptr ? STATUS_SUCCESS : win32::answer_posix_identity(reply.posix, *Identity);
}

NTSTATUS lookup_account_sid(PSID Sid, PUNICODE_STRING Name, OPENLSA_POSIX_IDENTITY* Identity) {
  const std::shared_ptr<Runtime> runtime = calling_runtime();
  auto sid = marshal::copy_sid(Sid, marshal::Reach::anywhere);
  if (runtime == nullptr || !sid || !*sid || Name == nullptr) return STATUS_INVALID_PARAMETER;
  const auto reply = runtime->support().lookup_account({calling_package(*runtime), std::nullopt, **sid});
  if (!nt::succeeded(reply.status)) return reply.status;
  const std::size_t size = reply.name.size() * sizeof(char16_t);
  if (size > 0xfffe) return STATUS_NAME_TOO_LONG;
  Name->Length = static_cast<USHORT>(size);
  if (Name->MaximumLength < size || (Name->Buffer == nullptr && size != 0)) return STATUS_BUFFER_TOO_SMALL;
  std::memcpy(Name->Buffer, reply.name.data(), size);
  return Identity == nullptr ? STATUS_SUCCESS : win32::answer_posix_identity(reply.posix, *Identity);
}

NTSTATUS map_shared_memory(PVOID SharedMem, PVOID* ClientAddress) {
  CurrentCall* call = CurrentCall::current();
  auto share = shared_memory::share(SharedMem);
  if (ClientAddress == nullptr || !share || call == nullptr || call->origin() == nullptr || call->client_gone() ||
      call->origin()->view.in_process)
    return STATUS_INVALID_PARAMETER;
  if (call->origin()->view.process_id == static_cast<std::uint32_t>(::getpid())) {
    *ClientAddress = SharedMem;  // the embedded composition: it has been there all along
    return STATUS_SUCCESS;
  }
  seam::ClientCallbackRequest request;
  request.package = call->package().id;
  request.section = share->id;
  request.memory = std::move(share->memory);
  const seam::ClientCallbackReply reply = support::call_client(*call, std::move(request));
  if (!nt::succeeded(reply.status)) return reply.status;
  if (reply.output.client_address == 0) return STATUS_UNSUCCESSFUL;
  *ClientAddress = reinterpret_cast<PVOID>(static_cast<std::uintptr_t>(reply.output.client_address));
  return reply.status;
}

constexpr OPENLSA_PACKAGE_INTERFACE package_interface{sizeof(OPENLSA_PACKAGE_INTERFACE),
                                                      OPENLSA_PACKAGE_INTERFACE_VERSION,
                                                      get_state_directory,
                                                      get_token_posix_identity,
                                                      get_authority_id,
                                                      lookup_account_name,
                                                      lookup_account_sid,
                                                      map_shared_memory};

}  // namespace

void register_package_interface() {
  openlsa_private_register_interface(win32::Side::host, OPENLSA_PACKAGE_INTERFACE_NAME,
                                     OPENLSA_PACKAGE_INTERFACE_VERSION, &package_interface);
}

}  // namespace openlsa::host
