// The messages of LsaCallAuthenticationPackage (include/sshkey_protocol.h), one function each.
#pragma once

#include "lsa_mode/caller.hpp"
#include "lsa_mode/submit_buffer.hpp"

namespace sshkey {

struct Answer {
  NTSTATUS status = STATUS_SUCCESS;  // ProtocolStatus
  Bytes response;                    // empty for none
};
// Nothing: the request cannot be read.
using AnswerOrMalformed = std::optional<Answer>;

AnswerOrMalformed enrol(Package& package, const Caller& caller, const SubmitBuffer& request);
AnswerOrMalformed make_challenge(Package& package, const Caller& caller, const SubmitBuffer& request);
AnswerOrMalformed list_keys(Package& package, const Caller& caller, const SubmitBuffer& request);
AnswerOrMalformed remove_key(Package& package, const Caller& caller, const SubmitBuffer& request);
AnswerOrMalformed query_authority(Package& package, const Caller& caller, const SubmitBuffer& request);

}  // namespace sshkey
