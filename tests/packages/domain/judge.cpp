// Passwords and NTLMv2 responses ([MS-NLMP] 3.3.2).
#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <mutex>

#include "crypto/ntlm_response.hpp"
#include "domain.hpp"

namespace domain_door {
namespace {

using namespace openlsa::crypto;

constexpr std::size_t proof_bytes = 16;
constexpr std::size_t least_blob_bytes = 28;  // NTLMv2_CLIENT_CHALLENGE without pairs
constexpr std::size_t least_password_units = 7;

std::mutex mutex;
std::map<std::u16string, std::u16string> passwords;  // that were changed

std::u16string password_of(const Account& account) {
  const std::lock_guard lock(mutex);
  const auto changed = passwords.find(account.name);
  return changed == passwords.end() ? u"Pa55w0rd!" : changed->second;
}

// The user and the domain as the message names them: a principal name goes with an empty domain.
bool verify_ntlm_v2(const Account& account, const OPENLSA_DOMAIN_ATTEMPT& attempt, OPENLSA_DOMAIN_ACCOUNT& out) {
  if (attempt.NtResponse == nullptr || attempt.NtResponseSize < proof_bytes + least_blob_bytes) return false;
  const Owf owf = nt_owf_v2(nt_owf(password_of(account)), text_of(&attempt.UserName), text_of(&attempt.DomainName));
  Challenge challenge;
  std::ranges::copy(attempt.Challenge, challenge.begin());
  const ByteView response{attempt.NtResponse, attempt.NtResponseSize};
  const Ntlmv2Proof proof = ntlmv2_proof(owf, challenge, response.subspan(proof_bytes));
  if (!equal_constant_time(proof.proof, response.first(proof_bytes))) return false;
  std::ranges::copy(proof.session_base_key.reveal(), out.SessionBaseKey);
  out.SessionBaseKeySize = sizeof out.SessionBaseKey;
  return true;
}

}  // namespace

NTSTATUS judge(const Account& account, const OPENLSA_DOMAIN_ATTEMPT& attempt, OPENLSA_DOMAIN_ACCOUNT& out) {
  if (account.status_first) return account.status;
  const bool right = attempt.Password != nullptr ? text_of(attempt.Password) == password_of(account)
                                                 : verify_ntlm_v2(account, attempt, out);
  return right ? account.status : STATUS_WRONG_PASSWORD;
}

NTSTATUS change_password(const Account& account, std::u16string_view old_password, std::u16string_view new_password) {
  if (account.status_first) return account.status;
  if (old_password != password_of(account)) return STATUS_WRONG_PASSWORD;
  if (new_password.size() < least_password_units) return STATUS_PASSWORD_RESTRICTION;
  const std::lock_guard lock(mutex);
  passwords[account.name] = new_password;
  return STATUS_SUCCESS;
}

}  // namespace domain_door
