// A client and a server of the handshake, with the account of [MS-NLMP] 4.2.1 behind them.
#pragma once

#include "crypto/hex.hpp"
#include "ntlm/acceptor.hpp"
#include "ntlm/initiator.hpp"

namespace msv1_0::test {

using openlsa::test::array;
using openlsa::test::hex;

// FILETIME of a day in 2026.
inline constexpr std::uint64_t now = 134'400'000'000'000'000;

// The client's NT key, and the account database: one user.
struct Account : ResponseSource, CredentialVerifier {
  std::u16string user = u"User", domain = u"Domain", password = u"Password";
  unsigned questions = 0;
  bool has_lm = true, is_reflection = false, let_in_as_guest = false;
  SECURITY_STATUS refusal = SEC_E_OK;
  CredentialQuestion last;

  SECURITY_STATUS ntlmv2(const crypto::Challenge& server, ByteView blob, crypto::Ntlmv2Proof& proof) override;
  SECURITY_STATUS ntlmv1(const crypto::Challenge& server, const crypto::Challenge& nt_challenge, bool want_lm,
                         V1& out) override;
  bool reflected(const crypto::Challenge&, std::u16string_view) override { return is_reflection; }
  SECURITY_STATUS verify(const CredentialQuestion& question, CredentialAnswer& answer) override;
};

InitiatorConfig client_config(std::uint32_t wanted = flag::sign | flag::seal);
AcceptorConfig server_config();
LegInputs client_inputs();
LegInputs server_inputs();

// The three legs; each message can be changed on its way.
struct Handshake {
  Account account;
  InitiatorConfig client = client_config();
  AcceptorConfig server = server_config();
  LegInputs client_leg = client_inputs(), server_leg = server_inputs();
  std::uint64_t server_late = 0;  // how much later the server's last leg is

  std::optional<Initiator> initiator;
  std::optional<Acceptor> acceptor;
  Bytes negotiate, challenge, authenticate;
  SECURITY_STATUS client_status = SEC_E_OK, server_status = SEC_E_OK;

  // Up to and including the message that the next one answers. False when a side has refused.
  bool send_negotiate();
  bool send_challenge();
  bool send_authenticate();
  SECURITY_STATUS finish();
  // All of it: the server's status, or the client's if it has refused.
  SECURITY_STATUS run();
};

}  // namespace msv1_0::test
