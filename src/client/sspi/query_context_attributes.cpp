#include "client/sspi/attribute_query.hpp"
#include "client/sspi/sspi_edge.hpp"

using namespace openlsa::client;

SECURITY_STATUS QueryContextAttributesA(PCtxtHandle phContext, ULONG ulAttribute, void* pBuffer) {
  return sspi_edge([&] { return query_context(phContext, {true, ulAttribute, pBuffer, {}, nullptr}); });
}

SECURITY_STATUS QueryContextAttributesW(PCtxtHandle phContext, ULONG ulAttribute, void* pBuffer) {
  return sspi_edge([&] { return query_context(phContext, {false, ulAttribute, pBuffer, {}, nullptr}); });
}

SECURITY_STATUS QueryContextAttributesExA(PCtxtHandle phContext, ULONG ulAttribute, void* pBuffer, ULONG cbBuffer) {
  return sspi_edge([&] { return query_context(phContext, {true, ulAttribute, pBuffer, cbBuffer, nullptr}); });
}

SECURITY_STATUS QueryContextAttributesExW(PCtxtHandle phContext, ULONG ulAttribute, void* pBuffer, ULONG cbBuffer) {
  return sspi_edge([&] { return query_context(phContext, {false, ulAttribute, pBuffer, cbBuffer, nullptr}); });
}
