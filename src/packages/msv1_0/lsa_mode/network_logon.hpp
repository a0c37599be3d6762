// The acceptor's question to the authority: check, session and token in one support call.
#pragma once

#include "lsa_mode/account_logon.hpp"
#include "ntlm/acceptor.hpp"

namespace msv1_0 {

class NetworkLogon final : public CredentialVerifier {
 public:
  NetworkLogon(const Package& package, bool identify_only)
      : package_(package), logon_(package), identify_only_(identify_only) {}

  SECURITY_STATUS verify(const CredentialQuestion& question, CredentialAnswer& answer) override;

  // The authority knows of the attempt, and has recorded what came of it.
  bool asked() const { return asked_; }
  // After verify() has succeeded: the account's own names, and its token in the client.
  bool done() const { return logon_.facts().Token != nullptr; }
  const AccountLogon& logon() const { return logon_; }

 private:
  const Package& package_;
  AccountLogon logon_;
  const bool identify_only_;
  bool asked_ = false;
};

}  // namespace msv1_0
