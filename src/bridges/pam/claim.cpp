// The claim travels in the PAM environment, for that is all that a program such as sshd brings from the child that asks
// for the password to the process that opens the session. It is worth nothing to anybody else: only the authority's own
// trusted processes can redeem it, once, within a minute, for the account that it was left for; and it is taken off the
// environment before the user's programs see that.
#include <security/pam_modules.h>
#include <syslog.h>
#include <unistd.h>

#include <cstring>

#include "bridges/pam/call.hpp"
#include "client/logon/private_logon.h"

namespace openlsa::pam {
namespace {

constexpr const char* variable = "OPENLSA_LOGON_CLAIM";

int value_of(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

bool parse(const char* text, std::uint8_t (&claim)[OPENLSA_LOGON_CLAIM_BYTES]) {
  if (::strnlen(text, 2 * sizeof claim + 1) != 2 * sizeof claim) return false;
  for (std::size_t i = 0; i < sizeof claim; ++i) {
    const int high = value_of(text[2 * i]), low = value_of(text[2 * i + 1]);
    if (high < 0 || low < 0) return false;
    claim[i] = static_cast<std::uint8_t>(high << 4 | low);
  }
  return true;
}

}  // namespace

void leave_claim(const Call& call, const Token& token) {
  pam_putenv(call.handle, variable);
  if (::geteuid() != 0) return;  // whoever is not root opens no session
  std::uint8_t claim[OPENLSA_LOGON_CLAIM_BYTES];
  const NTSTATUS status = openlsa_private_leave_claim(token.get(), claim);
  if (!NT_SUCCESS(status)) {
    report(call, LOG_WARNING,
           "no claim could be left (" + hexadecimal(status) + "); another process gets a session without credentials");
    return;
  }
  std::string assignment = std::string(variable) + "=";
  for (const std::uint8_t byte : claim) {
    assignment += "0123456789abcdef"[byte >> 4];
    assignment += "0123456789abcdef"[byte & 15];
  }
  pam_putenv(call.handle, assignment.c_str());
}

bool has_claim(const Call& call) { return pam_getenv(call.handle, variable) != nullptr; }

Token redeem_claim(const Call& call, std::uint32_t uid) {
  const char* const text = pam_getenv(call.handle, variable);
  if (text == nullptr) return {};
  std::uint8_t claim[OPENLSA_LOGON_CLAIM_BYTES];
  const bool good = parse(text, claim);
  pam_putenv(call.handle, variable);
  if (!good || ::geteuid() != 0) return {};
  HANDLE token = nullptr;
  const NTSTATUS status = openlsa_private_redeem_claim(claim, uid, &token);
  if (NT_SUCCESS(status)) return Token(token);
  report(call, LOG_NOTICE, "the claim on the logon of " + call.user + " is not good (" + hexadecimal(status) + ")");
  return {};
}

}  // namespace openlsa::pam
