#include "client/sspi/user_mode_call.hpp"

using namespace openlsa::client;

SECURITY_STATUS EncryptMessage(PCtxtHandle phContext, ULONG fQOP, PSecBufferDesc pMessage, ULONG MessageSeqNo) {
  return message_call(phContext, pMessage, [&](UserHalf& half, LSA_SEC_HANDLE context) {
    return half.call(half.table().SealMessage, context, fQOP, pMessage, MessageSeqNo);
  });
}
