// The challenge of a logon, and the statement that the key signs.
#pragma once

#include "common/logon.hpp"
#include "common/lsa_connection.hpp"
#include "protocol/statement.hpp"

namespace sshkey::programs {

// SshKeyChallenge.
OrFailure<SSHKEY_CHALLENGE_RESPONSE> ask_for_challenge(const LsaConnection& lsa, const std::u16string& account,
                                                       const LogonOptions& options);

// The statement for `user_key`, from the fields of the answer. Only fields, never bytes that somebody handed to us, and
// only when each is what this logon asked for: the authority is the one that we are connected to, and purpose, logon
// type and life are no more than was asked.
OrFailure<Statement> make_statement(const SSHKEY_CHALLENGE_RESPONSE& answer, const LogonOptions& options,
                                    const Fixed32& connected_authority, View user_key);

}  // namespace sshkey::programs
