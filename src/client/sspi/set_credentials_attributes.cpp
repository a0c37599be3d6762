#include "client/sspi/attribute_setting.hpp"
#include "client/sspi/sspi_edge.hpp"

using namespace openlsa::client;

SECURITY_STATUS SetCredentialsAttributesA(PCredHandle phCredential, ULONG ulAttribute, void* pBuffer, ULONG cbBuffer) {
  return sspi_edge([&] { return set_credential(phCredential, true, ulAttribute, pBuffer, cbBuffer); });
}

SECURITY_STATUS SetCredentialsAttributesW(PCredHandle phCredential, ULONG ulAttribute, void* pBuffer, ULONG cbBuffer) {
  return sspi_edge([&] { return set_credential(phCredential, false, ulAttribute, pBuffer, cbBuffer); });
}
