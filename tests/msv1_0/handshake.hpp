// NTLM over SSPI between two sides of this process, with supplied identities.
#pragma once

#include <openlsa/security.h>

#include <string>

#include "support/sspi_client.hpp"

namespace openlsa::test {

struct Identity {
  std::u16string user, domain, password;
};
Credential ntlm_client(const Identity& identity, const char* package = "NTLM");
Credential ntlm_server(const char* package = "NTLM");

struct NtlmConversation {
  // Driven to its end or to the first failure.
  NtlmConversation(Credential client, ULONG requirements, const char* target = "test/localhost",
                   const char* package = "NTLM");
  Credential client;
  Credential server;
  Context initiator;
  Context acceptor;
  Leg initiator_leg;
  Leg acceptor_leg;
  bool complete() const { return initiator_leg.status == SEC_E_OK && acceptor_leg.status == SEC_E_OK; }
};

std::string session_key(Context& context);
std::string user_name(Context& context);

}  // namespace openlsa::test
