// An attempt to log on (openlsa_accounts.h) as it was asked for: what of it is sound, and what it names.
#pragma once

#include <openlsa/openlsa.h>

#include <string>

#include "authority/accounts/ntlm_response.hpp"
#include "authority/policy/configuration.hpp"

namespace openlsa::authority {

inline bool has(const seam::LogOnAccountRequest& request, std::uint32_t flag) { return (request.flags & flag) != 0; }

// Flags that contradict each other, and what is wrong with the token that is wanted.
nt::Status check_sound(const seam::LogOnAccountRequest& request);

// The responses that this machine's policy takes, whatever the package does.
NtlmResponse response_of(const seam::LogOnAccountRequest& request, const Configuration& configuration);

// Which account of this machine is meant. A domain that is not known here says nothing: clients send the name of their
// own machine there, or none ([MS-NLMP] 3.2.5.1.2).
struct NamedAccount {
  std::string user;
  std::string domain;
};
NamedAccount named_account(const seam::LogOnAccountRequest& request, const std::string& own_domain);

inline seam::LogOnAccountReply refused_attempt(nt::Status status) {
  seam::LogOnAccountReply reply;
  reply.status = status;
  return reply;
}

}  // namespace openlsa::authority
