// MsV1_0Lm20ChallengeRequest: eight random bytes. Whoever relays a network logon keeps them until the response is here.
#include <sys/random.h>

#include "lsa_mode/call_package.hpp"

namespace msv1_0 {

NTSTATUS lm20_challenge_request(const ProtocolCall& call) {
  MSV1_0_LM20_CHALLENGE_RESPONSE response{};
  response.MessageType = MsV1_0Lm20ChallengeRequest;
  if (::getrandom(response.ChallengeToClient, sizeof response.ChallengeToClient, 0) !=
      static_cast<ssize_t>(sizeof response.ChallengeToClient))
    return STATUS_UNSUCCESSFUL;
  ClientBlock block(*call.package.setting.lsa, call.request, sizeof response);
  if (const NTSTATUS status = block.allocate(); status < 0) return status;
  block.put(&response, sizeof response);
  return call.give(block);
}

}  // namespace msv1_0
