#include "functions.hpp"
#include "guarded.hpp"
#include "names.hpp"
#include "statuses.hpp"
#include "text.hpp"

namespace winbind {

NTSTATUS change_password(PCUNICODE_STRING UserName, PCUNICODE_STRING DomainName, PCUNICODE_STRING OldPassword,
                         PCUNICODE_STRING NewPassword) {
  return guarded([&]() -> NTSTATUS {
    const Connection connection;
    if (!connection) return STATUS_NO_MEMORY;
    char separator = '\\';
    if (const wbc::Error result = separator_of(connection, separator); result != wbc::success)
      return status_of(result, nullptr);
    const auto asked = asked_name(*UserName, *DomainName, separator);
    WipedText old_password, new_password;
    if (!asked) return STATUS_NO_SUCH_USER;
    if (!old_password.assign(OldPassword)) return STATUS_WRONG_PASSWORD;  // nobody could have set it through winbindd
    if (!new_password.assign(NewPassword)) return STATUS_ILL_FORMED_PASSWORD;
    // libwbclient hands on a domain's name with responses alone; winbindd takes it from the user's.
    const std::string account = asked->domain.empty() ? asked->user : asked->domain + separator + asked->user;
    wbc::ChangeParameters parameters{};
    parameters.account_name = account.c_str();
    parameters.domain_name = asked->domain.c_str();
    parameters.level = wbc::change_plain;
    parameters.old_password.plaintext = old_password.c_str();
    parameters.new_password.plaintext = new_password.c_str();
    Given<wbc::AuthError> error;
    Given<void> policy;
    int reject_reason = 0;
    const wbc::Error result =
        library().wbcCtxChangeUserPasswordEx(connection.get(), &parameters, error.out(), &reject_reason, policy.out());
    if (result == wbc::success) {
      note_winbind_answers();
      return STATUS_SUCCESS;
    }
    // Here it is the domain's word about the change, and says nothing of the trust.
    if (error && error->nt_status == static_cast<std::uint32_t>(STATUS_ACCESS_DENIED)) return STATUS_ACCESS_DENIED;
    if (result == wbc::password_change_failed && (!error || error->nt_status == 0)) return STATUS_PASSWORD_RESTRICTION;
    return status_of(result, error.get());
  });
}

}  // namespace winbind
