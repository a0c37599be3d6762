#include "bridges/pam/logon.hpp"

#include <security/pam_modules.h>
#include <unistd.h>

#include <cstring>

#include "bridges/pam/messages.hpp"
#include "bridges/pam/statuses.hpp"

namespace openlsa::pam {
namespace {

STRING as_string(const std::string& text) {
  STRING string;
  string.Length = string.MaximumLength = static_cast<USHORT>(text.size());
  string.Buffer = const_cast<PCHAR>(text.data());
  return string;
}

// A connection with the package looked up. Programs that are not root ask as any program may: a screen locker.
class Authority {
 public:
  Authority(const Options& options, std::string_view service) : name_("pam_openlsa(" + std::string(service) + ")") {
    constexpr std::size_t max_name_bytes = 127;
    if (name_.size() > max_name_bytes) name_.resize(max_name_bytes);
    STRING name = as_string(name_);
    LSA_OPERATIONAL_MODE mode;
    status_ = ::geteuid() == 0 ? LsaRegisterLogonProcess(&name, &handle_, &mode) : LsaConnectUntrusted(&handle_);
    if (status_ != STATUS_SUCCESS) {
      handle_ = nullptr;
      return;
    }
    STRING package = as_string(options.package);
    status_ = LsaLookupAuthenticationPackage(handle_, &package, &package_);
  }
  ~Authority() {
    if (handle_ != nullptr) LsaDeregisterLogonProcess(handle_);
  }
  Authority(const Authority&) = delete;
  Authority& operator=(const Authority&) = delete;

  NTSTATUS status() const { return status_; }
  HANDLE handle() const { return handle_; }
  ULONG package() const { return package_; }
  STRING origin() { return as_string(name_); }

 private:
  std::string name_;
  HANDLE handle_ = nullptr;
  ULONG package_ = 0;
  NTSTATUS status_ = STATUS_UNSUCCESSFUL;
};

TOKEN_SOURCE source() {
  TOKEN_SOURCE source{};
  std::memcpy(source.SourceName, "pam", 3);
  AllocateLocallyUniqueId(&source.SourceIdentifier);
  return source;
}

}  // namespace

AccountName split_name(std::string_view name, const Options& options) {
  const std::size_t separator = name.find('\\');
  if (separator == name.npos) return {options.domain, std::string(name)};
  return {std::string(name.substr(0, separator)), std::string(name.substr(separator + 1))};
}

Logon log_on(const Options& options, std::string_view service, const AccountName& name, std::string_view password) {
  Logon logon;
  logon.code = PAM_AUTH_ERR;
  auto message = interactive_logon_message(name.domain, name.user, password);
  if (!message) return logon;
  Authority authority(options, service);
  logon.code = PAM_AUTHINFO_UNAVAIL;
  if ((logon.status = authority.status()) != STATUS_SUCCESS) return logon;
  STRING origin = authority.origin();
  TOKEN_SOURCE from = source();
  PVOID profile = nullptr;
  ULONG profile_size = 0;
  LUID session{};
  HANDLE token = nullptr;
  QUOTA_LIMITS quotas{};
  logon.sub_status = STATUS_SUCCESS;
  logon.status = LsaLogonUser(authority.handle(), &origin, options.logon_type, authority.package(),
                              message->reveal_mutable().data(), static_cast<ULONG>(message->size()), nullptr, &from,
                              &profile, &profile_size, &session, &token, &quotas, &logon.sub_status);
  if (NT_SUCCESS(logon.status)) logon.token = Token(token);
  if (NT_SUCCESS(logon.status) && profile != nullptr) LsaFreeReturnBuffer(profile);
  logon.code = code_of_logon(logon.status, logon.sub_status);
  if (logon.code == PAM_SUCCESS && !logon.token) logon.code = PAM_AUTHINFO_UNAVAIL;
  return logon;
}

PasswordChange change_password(const Options& options, std::string_view service, const AccountName& name,
                               std::string_view old_password, std::string_view new_password) {
  PasswordChange change;
  change.code = PAM_AUTHTOK_ERR;
  auto message = change_password_message(name.domain, name.user, old_password, new_password);
  if (!message) return change;
  Authority authority(options, service);
  change.code = PAM_AUTHINFO_UNAVAIL;
  if ((change.status = authority.status()) != STATUS_SUCCESS) return change;
  PVOID answer = nullptr;
  ULONG size = 0;
  NTSTATUS protocol = STATUS_UNSUCCESSFUL;
  change.status =
      LsaCallAuthenticationPackage(authority.handle(), authority.package(), message->reveal_mutable().data(),
                                   static_cast<ULONG>(message->size()), &answer, &size, &protocol);
  if (!NT_SUCCESS(change.status)) return change;
  if (answer != nullptr) LsaFreeReturnBuffer(answer);
  change.status = protocol;
  change.code = code_of_change(protocol);
  return change;
}

}  // namespace openlsa::pam
