// The statuses that the functions used here answer, in words. Each text is advice for the place where it can occur.
#include <openlsa/ntstatus.h>
#include <openlsa/security.h>

#include <cstdio>

#include "common/result.hpp"

namespace sshkey::programs {
namespace {

struct StatusText {
  NTSTATUS status;
  const char* name;
  const char* advice;
};

#define SSHKEY_STATUS(name, advice) {static_cast<NTSTATUS>(name), #name, advice}
constexpr StatusText texts[] = {
    SSHKEY_STATUS(STATUS_LOGON_FAILURE,
                  "Is a key of this agent enrolled for the account (sshkey-logon --enrol), and has it not expired?"),
    SSHKEY_STATUS(STATUS_NO_SUCH_PACKAGE,
                  "The authority has no package named sshkey; an administrator adds it with: lsactl package add FILE"),
    SSHKEY_STATUS(STATUS_ACCESS_DENIED, "Only the account itself, or root, may do this, and not from a network logon."),
    SSHKEY_STATUS(STATUS_QUOTA_EXCEEDED, "Too many logons of this user are under way; each ends after 60 seconds."),
    SSHKEY_STATUS(STATUS_INVALID_PARAMETER, "The package does not accept the request."),
    SSHKEY_STATUS(STATUS_NONE_MAPPED, "There is no such account; lsactl account list shows them."),
    SSHKEY_STATUS(STATUS_NO_SUCH_USER, "There is no such account; lsactl account list shows them."),
    SSHKEY_STATUS(STATUS_LOGON_TYPE_NOT_GRANTED, "The account may not log on in this way."),
    SSHKEY_STATUS(STATUS_INVALID_LOGON_TYPE, "The package does not know this logon type."),
    SSHKEY_STATUS(STATUS_ACCOUNT_RESTRICTION, "The key is right, but the account may not log on."),
    SSHKEY_STATUS(STATUS_ACCOUNT_DISABLED, "An administrator has to enable the account."),
    SSHKEY_STATUS(STATUS_NOT_SUPPORTED, "The authority or the package does not offer this."),
    SSHKEY_STATUS(
        STATUS_PORT_DISCONNECTED,
        "No authority answers. Does lsad run (systemctl status lsad), and is OPENLSA_AUTHORITY, if set, right?"),
    SSHKEY_STATUS(STATUS_INTERNAL_ERROR, "The package's host has ended or is starting; lsactl package list says why."),
    SSHKEY_STATUS(STATUS_PRIVILEGE_NOT_HELD, "The caller lacks a privilege that this needs."),
    SSHKEY_STATUS(STATUS_INVALID_HANDLE, "The logon session or the descriptor of the token is gone."),
    SSHKEY_STATUS(STATUS_BAD_IMPERSONATION_LEVEL, "The token only identifies; nobody may act with it."),
    SSHKEY_STATUS(STATUS_BUFFER_OVERFLOW, "The account has more groups than the structure holds."),
    SSHKEY_STATUS(STATUS_SOME_NOT_MAPPED, "Some lines were refused."),
    SSHKEY_STATUS(SEC_E_SECPKG_NOT_FOUND,
                  "The authority has no package named sshkey; an administrator adds it with: lsactl package add FILE"),
    SSHKEY_STATUS(SEC_E_NO_CREDENTIALS,
                  "The logon session holds no session key: it expired, serves another purpose, or its host has ended."),
    SSHKEY_STATUS(SEC_E_UNKNOWN_CREDENTIALS, "The session does not hold credentials of this package."),
    SSHKEY_STATUS(SEC_E_NOT_OWNER, "The caller does not own these credentials."),
    SSHKEY_STATUS(
        SEC_E_TARGET_UNKNOWN,
        "The peer is not one that this side trusts: is the target account@authority-id right, is the server's "
        "key enrolled here, has its statement expired?"),
    SSHKEY_STATUS(SEC_E_WRONG_PRINCIPAL,
                  "The server proved to be somebody else than the target: do not send it anything."),
    SSHKEY_STATUS(
        SEC_E_LOGON_DENIED,
        "Either the client's target is not this account and authority, or its proof does not hold: its key is "
        "not enrolled here, or it has expired."),
    SSHKEY_STATUS(SEC_E_BAD_BINDINGS,
                  "The channel bindings of the two sides differ: give both the same --channel-binding."),
    SSHKEY_STATUS(SEC_E_INVALID_TOKEN, "The peer sent something that is not the next message of this protocol."),
    SSHKEY_STATUS(SEC_E_MESSAGE_ALTERED, "Somebody changed a message, or it belongs to another conversation."),
    SSHKEY_STATUS(SEC_E_OUT_OF_SEQUENCE, "A message is missing, came twice, or came in another order."),
    SSHKEY_STATUS(SEC_E_CONTEXT_EXPIRED, "The context has expired; start a new one."),
    SSHKEY_STATUS(SEC_E_INVALID_HANDLE, "The credential or context is gone, as after the end of the package's host."),
    SSHKEY_STATUS(SEC_E_NO_IMPERSONATION,
                  "This process may not change its thread's uid (it needs root), or the context gives no such token."),
    SSHKEY_STATUS(SEC_E_UNSUPPORTED_FUNCTION, "The package does not offer this."),
    SSHKEY_STATUS(SEC_E_INTERNAL_ERROR, "The package's host has ended or is starting; lsactl package list says why."),
    SSHKEY_STATUS(SEC_E_INSUFFICIENT_MEMORY, "There is not enough memory, or a limit of the authority is reached."),
};
#undef SSHKEY_STATUS

const StatusText* find(NTSTATUS status) {
  for (const StatusText& text : texts)
    if (text.status == status) return &text;
  return nullptr;
}

}  // namespace

std::string status_text(NTSTATUS status) {
  char number[16];
  std::snprintf(number, sizeof number, "0x%08X", static_cast<unsigned>(status));
  const StatusText* text = find(status);
  return text == nullptr ? std::string("status ") + number : std::string(text->name) + " (" + number + ")";
}

std::unexpected<Failure> fail_with_status(const std::string& where, NTSTATUS status) {
  const StatusText* text = find(status);
  const std::string advice = text == nullptr ? "The authority's log may say more." : text->advice;
  return fail(where + ": " + status_text(status) + ". " + advice, status);
}

}  // namespace sshkey::programs
