// MsV1_0ChangePassword, and SpChangeAccountPassword behind SSPI's ChangeAccountPassword: the old password is the proof.
#include "lsa_mode/call_package.hpp"
#include "lsa_mode/functions.hpp"

namespace msv1_0 {
namespace {

// Towards one who does not know the password, an account that is not there is as one that is.
NTSTATUS as_told(NTSTATUS status) { return status == STATUS_NO_SUCH_USER ? STATUS_WRONG_PASSWORD : status; }

}  // namespace

NTSTATUS change_password(const ProtocolCall& call) {
  MSV1_0_CHANGEPASSWORD_REQUEST request{};
  if (!call.submitted.read(request)) return STATUS_INVALID_PARAMETER;
  const auto user = call.submitted.text(request.AccountName), domain = call.submitted.text(request.DomainName);
  const auto old_password = call.submitted.secret(request.OldPassword),
             new_password = call.submitted.secret(request.NewPassword);
  if (!user || !domain || !old_password || !new_password) return STATUS_INVALID_PARAMETER;
  const UNICODE_STRING name = string_over(*user), domain_name = string_over(*domain),
                       from = string_over(old_password->reveal()), to = string_over(new_password->reveal());
  return as_told(call.package.setting.accounts->ChangePassword(&name, &domain_name, &from, &to));
}

NTSTATUS NTAPI change_account_password(PUNICODE_STRING domain_name, PUNICODE_STRING account_name,
                                       PUNICODE_STRING old_password, PUNICODE_STRING new_password, BOOLEAN,
                                       PSecBufferDesc) noexcept {
  return guarded(STATUS_NO_MEMORY, [&]() -> NTSTATUS {
    const auto package = msv1_0::package();
    if (!package) return SEC_E_INTERNAL_ERROR;
    if (account_name == nullptr || old_password == nullptr || new_password == nullptr) return STATUS_INVALID_PARAMETER;
    const UNICODE_STRING none{};
    return as_told(package->setting.accounts->ChangePassword(account_name, domain_name == nullptr ? &none : domain_name,
                                                             old_password, new_password));
  });
}

}  // namespace msv1_0
