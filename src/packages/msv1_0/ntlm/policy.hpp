// What an administrator decides of NTLM, as input of the two state machines.
#pragma once

#include <string>
#include <vector>

#include "ntlm/flags.hpp"

namespace msv1_0 {

// How a server takes a statement that a client may make: channel bindings, the target name.
enum class Demand {
  ignore,
  if_present,  // ASC_REQ_ALLOW_MISSING_BINDINGS: a statement must be right, none is no fault
  require,
};

struct Policy {
  // LmCompatibilityLevel. Clients: 0 LM and NTLM, 1 the same with extended session security when the server has it,
  // 2 NTLM alone, 3 to 5 NTLMv2 alone. Servers: 0 to 3 take all, 4 refuses LM, 5 refuses LM and NTLM.
  unsigned lm_compatibility_level = 5;

  // NtlmMinClientSec, NtlmMinServerSec: flags without which there is no session security at all;
  // SEC_E_UNSUPPORTED_FUNCTION when one of them is not negotiated while signing or sealing is. A context without either
  // needs none.
  std::uint32_t minimum_session_security = flag::extended_session_security | flag::key_128;

  bool allow_anonymous = false;
  bool allow_guest = false;

  // Servers. A client that sends no MIC although the challenge carried a timestamp (old ones, curl) is refused.
  bool require_mic = false;
  Demand channel_bindings = Demand::if_present;
  Demand target_name = Demand::ignore;
  std::vector<std::u16string> own_target_names;  // SPNs that are this server's

  // SuppressExtendedProtection: the client adds neither channel bindings nor target name.
  bool suppress_extended_protection = false;
};

}  // namespace msv1_0
