#include "authority/support/logon_attempt.hpp"

#include "authority/support/token_arguments.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

constexpr std::uint32_t known_flags = OPENLSA_ATTEMPT_PASSWORD | OPENLSA_ATTEMPT_NO_PROOF | OPENLSA_ATTEMPT_TOKEN |
                                      OPENLSA_ATTEMPT_IN_CLIENT | OPENLSA_ATTEMPT_SKIP_HOURS;

// LmCompatibilityLevel, servers: up to 3 they take all, 4 refuses LM, 5 refuses NTLM as well. LM itself is never taken:
// there is no LM hash of an account, and LMv2 alone gives no key (verify_response).
std::uint32_t accepted_at(std::uint32_t level) {
  return OPENLSA_RESPONSE_NTLM_V2 | (level < 5 ? OPENLSA_RESPONSE_NTLM_V1 : 0);
}

// A domain that no machine has, so that a name that cannot be one goes the way of unknown users.
constexpr std::string_view no_domain = "\x01";

}  // namespace

NamedAccount named_account(const seam::LogOnAccountRequest& request, const std::string& own_domain) {
  const std::string user = nt::to_utf8(request.user_name).value_or("");
  const std::size_t at = user.rfind('@');
  if (user.empty() || user.find('\\') != user.npos) return {user, std::string(no_domain)};
  if (at == user.npos) return {user, ""};
  const auto suffix = nt::to_utf16(std::string_view(user).substr(at + 1));
  const bool own = suffix && nt::equal_names(*suffix, nt::to_utf16(own_domain).value_or(u""));
  return request.domain_name.empty() && own ? NamedAccount{user.substr(0, at), ""}
                                            : NamedAccount{user, std::string(no_domain)};
}

nt::Status check_sound(const seam::LogOnAccountRequest& request) {
  const bool password = has(request, OPENLSA_ATTEMPT_PASSWORD), none = has(request, OPENLSA_ATTEMPT_NO_PROOF);
  const bool in_client_alone = has(request, OPENLSA_ATTEMPT_IN_CLIENT) && !has(request, OPENLSA_ATTEMPT_TOKEN);
  const bool skips_unasked = has(request, OPENLSA_ATTEMPT_SKIP_HOURS) && !none;
  if ((request.flags & ~known_flags) != 0 || (password && none) || in_client_alone || skips_unasked ||
      password != request.password.has_value())
    return STATUS_INVALID_PARAMETER;
  if (!has(request, OPENLSA_ATTEMPT_TOKEN)) return STATUS_SUCCESS;
  return check_token_arguments(request.logon_type, request.level, request.source);
}

NtlmResponse response_of(const seam::LogOnAccountRequest& request, const Configuration& configuration) {
  return {request.user_name, request.domain_name, request.challenge,
          request.accepted_responses & accepted_at(configuration.lm_compatibility_level), request.nt_response};
}

}  // namespace openlsa::authority
