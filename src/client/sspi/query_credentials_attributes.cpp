#include "client/sspi/attribute_query.hpp"
#include "client/sspi/sspi_edge.hpp"

using namespace openlsa::client;

SECURITY_STATUS QueryCredentialsAttributesA(PCredHandle phCredential, ULONG ulAttribute, void* pBuffer) {
  return sspi_edge([&] { return query_credential(phCredential, {true, ulAttribute, pBuffer, {}, nullptr}); });
}

SECURITY_STATUS QueryCredentialsAttributesW(PCredHandle phCredential, ULONG ulAttribute, void* pBuffer) {
  return sspi_edge([&] { return query_credential(phCredential, {false, ulAttribute, pBuffer, {}, nullptr}); });
}

SECURITY_STATUS QueryCredentialsAttributesExA(PCredHandle phCredential, ULONG ulAttribute, void* pBuffer,
                                              ULONG cbBuffer) {
  return sspi_edge([&] { return query_credential(phCredential, {true, ulAttribute, pBuffer, cbBuffer, nullptr}); });
}

SECURITY_STATUS QueryCredentialsAttributesExW(PCredHandle phCredential, ULONG ulAttribute, void* pBuffer,
                                              ULONG cbBuffer) {
  return sspi_edge([&] { return query_credential(phCredential, {false, ulAttribute, pBuffer, cbBuffer, nullptr}); });
}
