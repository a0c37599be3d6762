// A CHALLENGE_MESSAGE as a client gets it from a server that it does not know.
#include "fuzz/ntlm.hpp"

using namespace openlsa;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (const auto message = msv1_0::ChallengeMessage::parse({data, size})) {
    const auto built = message->build();
    fuzz::require(built.has_value());
    const auto again = msv1_0::ChallengeMessage::parse(*built);
    fuzz::require(again && again->flags == message->flags && again->target_name == message->target_name &&
                  again->server_challenge == message->server_challenge);
  }
  for (const std::uint32_t wanted : {0u, msv1_0::flag::sign | msv1_0::flag::seal}) {
    msv1_0::InitiatorConfig config;
    config.user = u"User";
    config.wanted = wanted;
    config.policy.minimum_session_security = 0;
    fuzz::NtlmAccount account;
    msv1_0::Initiator initiator(std::move(config));
    msv1_0::Bytes output;
    fuzz::require(initiator.step({}, fuzz::ntlm_inputs(), account, output) == SEC_I_CONTINUE_NEEDED);
    const SECURITY_STATUS status = initiator.step({data, size}, fuzz::ntlm_inputs(), account, output);
    fuzz::require((status == SEC_E_OK) != output.empty());
    fuzz::require(status != SEC_E_OK || msv1_0::AuthenticateMessage::parse(output).has_value());
  }
  return 0;
}
