// GetAuthDataForUser and ConvertAuthDataToToken: authorization data is opaque to the package, and sealed.
#include "host/lsa_heap.hpp"
#include "host/marshal/strings.hpp"
#include "host/support/calling_thread.hpp"
#include "host/support/functions.hpp"

namespace openlsa::host::support {
namespace {

using marshal::Reach;

// A string whose buffer the package frees with FreeLsaHeap.
bool give_text(const seam::OptionalText& text, PUNICODE_STRING out) {
  *out = {};
  if (!text || text->empty()) return true;
  const std::size_t size = text->size() * sizeof(char16_t);
  if (size > 0xfffe) return false;
  out->Buffer = static_cast<PWSTR>(lsa_heap::copy_in(base::as_bytes(text->data(), size)));
  out->Length = out->MaximumLength = static_cast<USHORT>(size);
  return out->Buffer != nullptr;
}

}  // namespace

NTSTATUS get_auth_data_for_user(PSECURITY_STRING Name, SECPKG_NAME_TYPE NameType, PSECURITY_STRING Prefix,
                                PUCHAR* UserAuthData, PULONG UserAuthDataSize, PUNICODE_STRING UserFlatName) {
  Runtime* runtime = calling_runtime();
  if (runtime == nullptr || UserAuthData == nullptr || UserAuthDataSize == nullptr) return STATUS_INVALID_PARAMETER;
  auto name = marshal::copy_text(Name, Reach::anywhere);
  auto prefix = marshal::copy_text(Prefix, Reach::anywhere);
  if (!name || !*name || !prefix) return STATUS_INVALID_PARAMETER;
  const auto reply = runtime->support().get_auth_data_for_user(
      {calling_package(*runtime), std::move(**name), static_cast<std::uint32_t>(NameType), std::move(*prefix)});
  if (!nt::succeeded(reply.status)) return reply.status;
  *UserAuthData = static_cast<PUCHAR>(lsa_heap::copy_in(reply.auth_data.reveal()));
  *UserAuthDataSize = static_cast<ULONG>(reply.auth_data.size());
  if (*UserAuthData == nullptr) return STATUS_NO_MEMORY;
  if (UserFlatName != nullptr && !give_text(reply.user_flat_name, UserFlatName)) {
    lsa_heap::free(*UserAuthData);
    *UserAuthData = nullptr;
    *UserAuthDataSize = 0;
    return STATUS_NO_MEMORY;
  }
  return reply.status;
}

NTSTATUS convert_auth_data_to_token(PVOID UserAuthData, ULONG UserAuthDataSize,
                                    SECURITY_IMPERSONATION_LEVEL ImpersonationLevel, PTOKEN_SOURCE TokenSource,
                                    SECURITY_LOGON_TYPE LogonType, PUNICODE_STRING AuthorityName, PHANDLE Token,
                                    PLUID LogonId, PUNICODE_STRING AccountName, PNTSTATUS SubStatus) {
  Runtime* runtime = calling_runtime();
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
  *Token = to_handle(reply.token);
  *LogonId = from_value(reply.logon_id);
  return reply.status;
}

}  // namespace openlsa::host::support
