// OpenSamUser, GetUserAuthData, CloseSamUser: accounts of this machine by a handle of the host. GetUserCredentials,
// which would give their secrets, "is not yet implemented" in Windows and answers so.
#include "host/marshal/strings.hpp"
#include "host/support/calling_thread.hpp"
#include "host/support/functions.hpp"
#include "host/support/give_text.hpp"

namespace openlsa::host::support {

using marshal::Reach;

NTSTATUS open_sam_user(PSECURITY_STRING Name, SECPKG_NAME_TYPE NameType, PSECURITY_STRING Prefix, BOOLEAN AllowGuest,
                       ULONG Reserved, PVOID* UserHandle) {
  const std::shared_ptr<Runtime> runtime = calling_runtime();
  if (runtime == nullptr || UserHandle == nullptr || Reserved != 0) return STATUS_INVALID_PARAMETER;
  auto name = marshal::copy_text(Name, Reach::anywhere);
  auto prefix = marshal::copy_text(Prefix, Reach::anywhere);
  if (!name || !*name || !prefix) return STATUS_INVALID_PARAMETER;
  const auto reply =
      runtime->support().open_sam_user({calling_package(*runtime), std::move(**name),
                                        static_cast<std::uint32_t>(NameType), std::move(*prefix), AllowGuest != FALSE});
  if (nt::succeeded(reply.status)) *UserHandle = to_handle(reply.user);
  return reply.status;
}

NTSTATUS get_user_auth_data(PVOID UserHandle, PUCHAR* UserAuthData, PULONG UserAuthDataSize) {
  const std::shared_ptr<Runtime> runtime = calling_runtime();
  if (runtime == nullptr || UserAuthData == nullptr || UserAuthDataSize == nullptr) return STATUS_INVALID_PARAMETER;
  const auto reply = runtime->support().get_user_auth_data({calling_package(*runtime), from_handle(UserHandle)});
  if (!nt::succeeded(reply.status)) return reply.status;
  return give_auth_data(reply.auth_data, UserAuthData, UserAuthDataSize) ? reply.status : STATUS_NO_MEMORY;
}

NTSTATUS close_sam_user(PVOID UserHandle) {
  const std::shared_ptr<Runtime> runtime = calling_runtime();
  if (runtime == nullptr) return STATUS_INVALID_PARAMETER;
  return runtime->support().close_sam_user({calling_package(*runtime), from_handle(UserHandle)}).status;
}

NTSTATUS get_user_credentials(PVOID, PVOID*, PULONG, PVOID*, PULONG) { return STATUS_NOT_IMPLEMENTED; }

}  // namespace openlsa::host::support
