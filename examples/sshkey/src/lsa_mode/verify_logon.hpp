// Whether an SSHKEY_LOGON proves what it claims: the part of a logon that touches no session.
#pragma once

#include "lsa_mode/accounts.hpp"
#include "lsa_mode/caller.hpp"
#include "lsa_mode/submit_buffer.hpp"
#include "sshkey_protocol.h"

namespace sshkey {

struct LogonRequest {
  Fixed32 challenge{};
  std::string account;  // as the caller wrote it
  Bytes user_key;
  Bytes signature;
};
// Nothing when the buffer is not an SSHKEY_LOGON.
std::optional<LogonRequest> read_logon(const SubmitBuffer& buffer);

struct VerifiedLogon {
  LocalAccount account;
  std::shared_ptr<Credential> credential;
};
// Uses up the pending challenge, right or wrong. Nothing when anything does not hold: the caller learns no more than
// that.
std::optional<VerifiedLogon> verify_logon(Package& package, const Caller& caller, ULONG logon_type,
                                          LogonRequest request);

}  // namespace sshkey
