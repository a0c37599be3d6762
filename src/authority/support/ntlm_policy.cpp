// GetNtlmPolicy of openlsa_accounts.h: [ntlm] of lsa.toml.
#include "authority/authority.hpp"
#include "authority/support/host_support.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {

seam::NtlmPolicyReply HostSupport::ntlm_policy(seam::NtlmPolicyRequest request) {
  seam::NtlmPolicyReply reply;
  if (const auto caller = check(request.caller, "GetNtlmPolicy"); !caller) {
    reply.status = caller.error();
    return reply;
  }
  const Configuration& configuration = authority_.configuration();
  reply.lm_compatibility_level = configuration.lm_compatibility_level;
  reply.min_client_security = configuration.ntlm_minimum_client_security;
  reply.min_server_security = configuration.ntlm_minimum_server_security;
  reply.restrict_sending = configuration.restrict_sending_ntlm;
  reply.restrict_receiving = configuration.restrict_receiving_ntlm;
  reply.allow_anonymous = configuration.ntlm_allow_anonymous;
  for (const std::string& server : configuration.ntlm_sending_exceptions)
    reply.sending_exceptions.push_back(nt::to_utf16(server).value_or(u""));
  return reply;
}

}  // namespace openlsa::authority
