// An AUTHENTICATE_MESSAGE as a server gets it: whole, and behind a response that was proven right.
#include "fuzz/ntlm.hpp"
#include "ntlm/negotiate_message.hpp"

using namespace openlsa;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  msv1_0::AcceptorConfig config;
  config.policy.lm_compatibility_level = 0;
  config.policy.allow_anonymous = config.policy.allow_guest = true;
  config.policy.minimum_session_security = 0;
  config.policy.target_name = msv1_0::Demand::if_present;
  config.channel_bindings.emplace();
  fuzz::NtlmAccount account;
  msv1_0::NegotiateMessage negotiate;
  negotiate.flags = ~msv1_0::flag::datagram;
  msv1_0::Acceptor acceptor(std::move(config));
  msv1_0::Bytes output;
  fuzz::require(acceptor.step(negotiate.build(), fuzz::ntlm_inputs(), account, output) == SEC_I_CONTINUE_NEEDED);
  const bool malformed = !msv1_0::AuthenticateMessage::parse({data, size});
  const SECURITY_STATUS status = acceptor.step({data, size}, fuzz::ntlm_inputs(), account, output);
  fuzz::require(output.empty() && acceptor.established() == (status == SEC_E_OK));
  fuzz::require(!malformed || status == SEC_E_INVALID_TOKEN || status == SEC_E_OUT_OF_SEQUENCE);
  return 0;
}
