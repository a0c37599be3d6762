#include "client/sspi/attribute_setting.hpp"
#include "client/sspi/sspi_edge.hpp"

using namespace openlsa::client;

// Answered in LSA mode, mapped or not: the user-mode half has no such function.
SECURITY_STATUS SetContextAttributesA(PCtxtHandle phContext, ULONG ulAttribute, void* pBuffer, ULONG cbBuffer) {
  return sspi_edge([&] { return set_context(phContext, true, ulAttribute, pBuffer, cbBuffer); });
}

SECURITY_STATUS SetContextAttributesW(PCtxtHandle phContext, ULONG ulAttribute, void* pBuffer, ULONG cbBuffer) {
  return sspi_edge([&] { return set_context(phContext, false, ulAttribute, pBuffer, cbBuffer); });
}
