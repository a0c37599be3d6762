#include "client/sspi/user_mode_call.hpp"

using namespace openlsa::client;

SECURITY_STATUS DecryptMessage(PCtxtHandle phContext, PSecBufferDesc pMessage, ULONG MessageSeqNo, ULONG* pfQOP) {
  ULONG unwanted = 0;
  ULONG* quality = pfQOP != nullptr ? pfQOP : &unwanted;
  return message_call(phContext, pMessage, [&](UserHalf& half, LSA_SEC_HANDLE context) {
    return half.call(half.table().UnsealMessage, context, pMessage, MessageSeqNo, quality);
  });
}
