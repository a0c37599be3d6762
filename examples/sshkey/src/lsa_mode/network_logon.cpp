#include "lsa_mode/network_logon.hpp"

#include "lsa_mode/accounts.hpp"
#include "lsa_mode/logon_session.hpp"

namespace sshkey {
namespace {

struct TokenCloser {
  HANDLE token;
  ~TokenCloser() { CloseHandle(token); }
};

UNICODE_STRING string_over(std::u16string& text) {
  UNICODE_STRING string{};
  string.Length = string.MaximumLength = static_cast<USHORT>(text.size() * sizeof(char16_t));
  string.Buffer = text.data();
  return string;
}

// The authority says why a token cannot be; towards the network there is one answer.
NTSTATUS status_of_refused_token(NTSTATUS status) {
  const bool memory = status == STATUS_NO_MEMORY || status == STATUS_INSUFFICIENT_RESOURCES;
  return memory ? SEC_E_INSUFFICIENT_MEMORY : SEC_E_LOGON_DENIED;
}

}  // namespace

std::expected<HANDLE, NTSTATUS> log_on_peer(Package& package, const Peer& peer, SECURITY_IMPERSONATION_LEVEL level,
                                            std::int64_t not_after) {
  const LSA_SECPKG_FUNCTION_TABLE& lsa = *package.setting.lsa;
  auto account = find_account_by_sid(package, peer.account_sid);
  if (!account) return std::unexpected(SEC_E_LOGON_DENIED);
  AccountNames names = names_of(package, *account);
  UNICODE_STRING name = string_over(names.account);
  UNICODE_STRING domain = string_over(names.domain);
  TOKEN_SOURCE source = package.setting.source;
  LSA_TOKEN_INFORMATION_V1 information{};
  information.ExpirationTime = file_time_of(not_after);
  information.User.User.Sid = account->sid.data();
  information.PrimaryGroup.PrimaryGroup = account->primary_group.data();

  NewLogonSession session(package);
  HANDLE token = nullptr;
  NTSTATUS sub_status = STATUS_SUCCESS;
  NTSTATUS status = session.create();
  if (status >= 0)
    status = lsa.CreateToken(&session.id(), &source, Network, level, LsaTokenInformationV1, &information, nullptr,
                             &name, &domain, nullptr, nullptr, &token, &sub_status);
  lsa.AuditLogon(status, sub_status, &name, &domain, nullptr, account->sid.data(), Network, &source, &session.id());
  if (status < 0) return std::unexpected(status_of_refused_token(status));
  session.hand_over();  // from here on it lives as long as its tokens
  const TokenCloser ours{token};
  HANDLE in_client = nullptr;
  status = lsa.DuplicateHandle(token, &in_client);
  if (status < 0) return std::unexpected(status == STATUS_NO_MEMORY ? SEC_E_INSUFFICIENT_MEMORY : SEC_E_INTERNAL_ERROR);
  return in_client;
}

}  // namespace sshkey
