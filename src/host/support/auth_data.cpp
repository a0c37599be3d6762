// GetAuthDataForUser, ExpandAuthDataForDomain and ConvertAuthDataToToken: authorization data is opaque to the package,
// and sealed.
#include "host/lsa_heap.hpp"
#include "host/marshal/strings.hpp"
#include "host/support/calling_thread.hpp"
#include "host/support/functions.hpp"
#include "host/support/give_text.hpp"

namespace openlsa::host::support {
namespace {

using marshal::Reach;

}  // namespace

NTSTATUS get_auth_data_for_user(PSECURITY_STRING Name, SECPKG_NAME_TYPE NameType, PSECURITY_STRING Prefix,
                                PUCHAR* UserAuthData, PULONG UserAuthDataSize, PUNICODE_STRING UserFlatName) {
  const std::shared_ptr<Runtime> runtime = calling_runtime();
  if (runtime == nullptr || UserAuthData == nullptr || UserAuthDataSize == nullptr) return STATUS_INVALID_PARAMETER;
  auto name = marshal::copy_text(Name, Reach::anywhere);
  auto prefix = marshal::copy_text(Prefix, Reach::anywhere);
  if (!name || !*name || !prefix) return STATUS_INVALID_PARAMETER;
  const auto reply = runtime->support().get_auth_data_for_user(
      {calling_package(*runtime), std::move(**name), static_cast<std::uint32_t>(NameType), std::move(*prefix)});
  if (!nt::succeeded(reply.status)) return reply.status;
  UNICODE_STRING flat_name{};
  if (!give_text(reply.user_flat_name, &flat_name)) return STATUS_NO_MEMORY;
  if (!give_auth_data(reply.auth_data, UserAuthData, UserAuthDataSize)) {
    lsa_heap::free(flat_name.Buffer);
    return STATUS_NO_MEMORY;
  }
  if (UserFlatName == nullptr) {
    lsa_heap::free(flat_name.Buffer);
    return reply.status;
  }
  lsa_heap::give(flat_name.Buffer);
  *UserFlatName = flat_name;
  return reply.status;
}

NTSTATUS expand_auth_data_for_domain(PUCHAR UserAuthData, ULONG UserAuthDataSize, PVOID Reserved,
                                     PUCHAR* ExpandedAuthData, PULONG ExpandedAuthDataSize) {
  const std::shared_ptr<Runtime> runtime = calling_runtime();
  // "Reserved. This parameter must be set to NULL."
  if (runtime == nullptr || UserAuthData == nullptr || Reserved != nullptr || ExpandedAuthData == nullptr ||
      ExpandedAuthDataSize == nullptr)
    return STATUS_INVALID_PARAMETER;
  const auto reply = runtime->support().expand_auth_data(
      {calling_package(*runtime), base::Secret(base::as_bytes(UserAuthData, UserAuthDataSize))});
  if (!nt::succeeded(reply.status)) return reply.status;
  return give_auth_data(reply.auth_data, ExpandedAuthData, ExpandedAuthDataSize) ? reply.status : STATUS_NO_MEMORY;
}

NTSTATUS convert_auth_data_to_token(PVOID UserAuthData, ULONG UserAuthDataSize,
                                    SECURITY_IMPERSONATION_LEVEL ImpersonationLevel, PTOKEN_SOURCE TokenSource,
                                    SECURITY_LOGON_TYPE LogonType, PUNICODE_STRING AuthorityName, PHANDLE Token,
                                    PLUID LogonId, PUNICODE_STRING AccountName, PNTSTATUS SubStatus) {
  const std::shared_ptr<Runtime> runtime = calling_runtime();
  if (runtime == nullptr || UserAuthData == nullptr || TokenSource == nullptr || Token == nullptr || LogonId == nullptr)
    return STATUS_INVALID_PARAMETER;
  auto authority = marshal::copy_text(AuthorityName, Reach::anywhere);
  if (!authority) return STATUS_INVALID_PARAMETER;
  seam::ConvertAuthDataToTokenRequest request;
  request.caller = calling_package(*runtime);
  request.auth_data = base::Secret(base::as_bytes(UserAuthData, UserAuthDataSize));
  request.level = static_cast<nt::ImpersonationLevel>(ImpersonationLevel);
  request.source = to_value(TokenSource);
  request.logon_type = static_cast<std::uint32_t>(LogonType);
  request.authority_name = std::move(*authority);
  const auto reply = runtime->support().convert_auth_data_to_token(std::move(request));
  if (SubStatus != nullptr) *SubStatus = reply.sub_status;
  if (!nt::succeeded(reply.status)) return reply.status;
  if (AccountName != nullptr && !give_text(reply.account_name, AccountName)) {
    runtime->support().close_host_token({reply.token});
    return STATUS_NO_MEMORY;
  }
  if (AccountName != nullptr) lsa_heap::give(AccountName->Buffer);
  *Token = to_handle(reply.token);
  *LogonId = from_value(reply.logon_id);
  return reply.status;
}

}  // namespace openlsa::host::support
