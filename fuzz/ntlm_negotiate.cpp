// A NEGOTIATE_MESSAGE as a server gets it from anybody.
#include "fuzz/ntlm.hpp"
#include "ntlm/negotiate_message.hpp"

using namespace openlsa;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto message = msv1_0::NegotiateMessage::parse({data, size});
  if (message) {
    const msv1_0::Bytes built = message->build();
    const auto again = msv1_0::NegotiateMessage::parse(built);
    fuzz::require(again && again->flags == message->flags);
    // What is built has room for a version; one that the flags announce and the input had no room for is zeros there.
    fuzz::require(!message->version || again->version == message->version);
  }
  fuzz::NtlmAccount account;
  msv1_0::Acceptor acceptor({});
  msv1_0::Bytes challenge;
  const SECURITY_STATUS status = acceptor.step({data, size}, fuzz::ntlm_inputs(), account, challenge);
  fuzz::require(status == SEC_I_CONTINUE_NEEDED || challenge.empty());
  fuzz::require(status != SEC_I_CONTINUE_NEEDED || msv1_0::ChallengeMessage::parse(challenge).has_value());
  return 0;
}
