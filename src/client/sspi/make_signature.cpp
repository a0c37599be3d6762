#include "client/bare/bare_message_call.hpp"
#include "client/sspi/user_mode_call.hpp"

using namespace openlsa::client;

SECURITY_STATUS MakeSignature(PCtxtHandle phContext, ULONG fQOP, PSecBufferDesc pMessage, ULONG MessageSeqNo) {
  if (BareContextTable::is_kind(phContext))
    return bare_message_call(phContext, pMessage, &SecurityFunctionTableW::MakeSignature, fQOP, pMessage, MessageSeqNo);
  return message_call(phContext, pMessage, [&](UserHalf& half, LSA_SEC_HANDLE context) {
    return half.call(half.table().MakeSignature, context, fQOP, pMessage, MessageSeqNo);
  });
}
