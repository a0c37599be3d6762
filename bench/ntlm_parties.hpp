// NTLM between two sides in this process, over the public functions, with an account of the authority.
#pragma once

#include <openlsa/sspi.h>

#include <string>
#include <vector>

#include "private_authority.hpp"

namespace openlsa::bench {

inline constexpr char ntlm_domain[] = "BENCH", ntlm_user[] = "user", ntlm_password[] = "Passw0rd for measuring";

// An authority of that composition with that account. This process becomes its client.
class NtlmAuthority {
 public:
  explicit NtlmAuthority(const std::string& composition);
  const PrivateAuthority& authority() const { return authority_; }

 private:
  PrivateAuthority authority_;
};

// Credentials, acquired once: the client's with a name and a password, the server's as it is.
class NtlmParties {
 public:
  NtlmParties();
  ~NtlmParties();
  NtlmParties(const NtlmParties&) = delete;
  NtlmParties& operator=(const NtlmParties&) = delete;
  CredHandle* client() { return &client_; }
  CredHandle* server() { return &server_; }

 private:
  CredHandle client_{}, server_{};
};

// A finished handshake; the contexts are deleted at the end.
class NtlmConversation {
 public:
  explicit NtlmConversation(NtlmParties& parties);
  ~NtlmConversation();
  NtlmConversation(const NtlmConversation&) = delete;
  NtlmConversation& operator=(const NtlmConversation&) = delete;
  CtxtHandle* client() { return &client_; }

 private:
  CtxtHandle client_{}, server_{};
};

}  // namespace openlsa::bench
