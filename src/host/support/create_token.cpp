// CreateToken and CreateTokenEx: the token information stays the package's, who frees it.
#include "host/marshal/primary_credentials.hpp"
#include "host/marshal/token_information.hpp"
#include "host/support/functions.hpp"
#include "host/support/token_creation.hpp"

namespace openlsa::host::support {
namespace {

using marshal::Reach;

// False when a string or structure is not valid.
bool copy_arguments(const TokenArguments& arguments, seam::CreateTokenRequest& request) {
  auto information = marshal::copy_token_information(static_cast<std::uint32_t>(arguments.information_type),
                                                     arguments.information, Reach::anywhere);
  auto groups = marshal::copy_groups(arguments.groups, Reach::anywhere);
  auto account = marshal::copy_text(arguments.account_name, Reach::anywhere);
  auto authority = marshal::copy_text(arguments.authority_name, Reach::anywhere);
  auto workstation = marshal::copy_text(arguments.workstation, Reach::anywhere);
  auto profile = marshal::copy_text(arguments.profile_path, Reach::anywhere);
  if (!information || !groups || !account || !authority || !workstation || !profile) return false;
  request.information = std::move(*information);
  request.token_groups = std::move(*groups);
  request.account_name = std::move(*account);
  request.authority_name = std::move(*authority);
  request.workstation = std::move(*workstation);
  request.profile_path = std::move(*profile);
  return true;
}

}  // namespace

NTSTATUS make_token(const TokenArguments& arguments, std::optional<seam::PrimaryCredentials> session_credentials) {
  const std::shared_ptr<Runtime> runtime = calling_runtime();
  if (arguments.logon_id == nullptr || arguments.source == nullptr || arguments.token == nullptr || runtime == nullptr)
    return STATUS_INVALID_PARAMETER;
  seam::CreateTokenRequest request;
  request.caller = calling_package(*runtime);
  request.logon_id = to_value(*arguments.logon_id);
  request.source = to_value(arguments.source);
  request.logon_type = static_cast<std::uint32_t>(arguments.logon_type);
  request.level = static_cast<nt::ImpersonationLevel>(arguments.level);
  if (!copy_arguments(arguments, request)) return STATUS_INVALID_PARAMETER;
  request.session_credentials = std::move(session_credentials);
  const auto reply = runtime->support().create_token(std::move(request));
  if (arguments.sub_status != nullptr) *arguments.sub_status = reply.sub_status;
  *arguments.token = nt::succeeded(reply.status) ? to_handle(reply.token) : nullptr;
  return reply.status;
}

NTSTATUS create_token(PLUID LogonId, PTOKEN_SOURCE TokenSource, SECURITY_LOGON_TYPE LogonType,
                      SECURITY_IMPERSONATION_LEVEL ImpersonationLevel, LSA_TOKEN_INFORMATION_TYPE TokenInformationType,
                      PVOID TokenInformation, PTOKEN_GROUPS TokenGroups, PUNICODE_STRING AccountName,
                      PUNICODE_STRING AuthorityName, PUNICODE_STRING Workstation, PUNICODE_STRING ProfilePath,
                      PHANDLE Token, PNTSTATUS SubStatus) {
  return make_token({LogonId, TokenSource, LogonType, ImpersonationLevel, TokenInformationType, TokenInformation,
                     TokenGroups, AccountName, AuthorityName, Workstation, ProfilePath, Token, SubStatus},
                    std::nullopt);
}

NTSTATUS create_token_ex(PLUID LogonId, PTOKEN_SOURCE TokenSource, SECURITY_LOGON_TYPE LogonType,
                         SECURITY_IMPERSONATION_LEVEL ImpersonationLevel,
                         LSA_TOKEN_INFORMATION_TYPE TokenInformationType, PVOID TokenInformation,
                         PTOKEN_GROUPS TokenGroups, PUNICODE_STRING Workstation, PUNICODE_STRING ProfilePath,
                         PVOID SessionInformation, SECPKG_SESSIONINFO_TYPE SessionInformationType, PHANDLE Token,
                         PNTSTATUS SubStatus) {
  std::optional<seam::PrimaryCredentials> credentials;
  if (SessionInformation != nullptr) {
    if (SessionInformationType != SecSessionPrimaryCred) return STATUS_INVALID_PARAMETER;
    auto copied = marshal::copy_primary(*static_cast<const SECPKG_PRIMARY_CRED*>(SessionInformation), Reach::anywhere);
    if (!copied) return STATUS_INVALID_PARAMETER;
    credentials = std::move(*copied);
  }
  return make_token({LogonId, TokenSource, LogonType, ImpersonationLevel, TokenInformationType, TokenInformation,
                     TokenGroups, nullptr, nullptr, Workstation, ProfilePath, Token, SubStatus},
                    std::move(credentials));
}

}  // namespace openlsa::host::support
