#include "client/bare/bare_message_call.hpp"
#include "client/sspi/user_mode_call.hpp"

using namespace openlsa::client;

// After SEC_I_COMPLETE_NEEDED and SEC_I_COMPLETE_AND_CONTINUE.
SECURITY_STATUS CompleteAuthToken(PCtxtHandle phContext, PSecBufferDesc pToken) {
  if (BareContextTable::is_kind(phContext))
    return bare_message_call(phContext, pToken, &SecurityFunctionTableW::CompleteAuthToken, pToken);
  return message_call(phContext, pToken, [&](UserHalf& half, LSA_SEC_HANDLE context) {
    return half.call(half.table().CompleteAuthToken, context, pToken);
  });
}
