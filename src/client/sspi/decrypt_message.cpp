#include "client/bare/bare_message_call.hpp"
#include "client/sspi/user_mode_call.hpp"

using namespace openlsa::client;

SECURITY_STATUS DecryptMessage(PCtxtHandle phContext, PSecBufferDesc pMessage, ULONG MessageSeqNo, ULONG* pfQOP) {
  ULONG quality = 0;  // what a package that does not say has applied
  const auto answer = [&](SECURITY_STATUS status) {
    if (status >= 0 && pfQOP != nullptr) *pfQOP = quality;
    return status;
  };
  if (BareContextTable::is_kind(phContext))
    return answer(bare_message_call(phContext, pMessage, &SecurityFunctionTableW::DecryptMessage, pMessage,
                                    MessageSeqNo, &quality));
  return answer(message_call(phContext, pMessage, [&](UserHalf& half, LSA_SEC_HANDLE context) {
    return half.call(half.table().UnsealMessage, context, pMessage, MessageSeqNo, &quality);
  }));
}
