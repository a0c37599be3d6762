#include "client/sasl/sasl_leg.hpp"
#include "client/sspi/sspi_edge.hpp"

using namespace openlsa::client;

SECURITY_STATUS SaslInitializeSecurityContextA(PCredHandle phCredential, PCtxtHandle phContext, SEC_CHAR* pszTargetName,
                                               ULONG fContextReq, ULONG, ULONG TargetDataRep, PSecBufferDesc pInput,
                                               ULONG, PCtxtHandle phNewContext, PSecBufferDesc pOutput,
                                               ULONG* pfContextAttr, PTimeStamp ptsExpiry) {
  return sspi_edge([&] {
    return run_sasl_leg({false, phContext, pInput, fContextReq, phNewContext, pOutput, pfContextAttr,
                         [&](PCtxtHandle context, PCtxtHandle fresh, ULONG* attributes) {
                           return InitializeSecurityContextA(phCredential, context, pszTargetName, fContextReq, 0,
                                                             TargetDataRep, pInput, 0, fresh, pOutput, attributes,
                                                             ptsExpiry);
                         }});
  });
}

SECURITY_STATUS SaslInitializeSecurityContextW(PCredHandle phCredential, PCtxtHandle phContext,
                                               SEC_WCHAR* pszTargetName, ULONG fContextReq, ULONG, ULONG TargetDataRep,
                                               PSecBufferDesc pInput, ULONG, PCtxtHandle phNewContext,
                                               PSecBufferDesc pOutput, ULONG* pfContextAttr, PTimeStamp ptsExpiry) {
  return sspi_edge([&] {
    return run_sasl_leg({false, phContext, pInput, fContextReq, phNewContext, pOutput, pfContextAttr,
                         [&](PCtxtHandle context, PCtxtHandle fresh, ULONG* attributes) {
                           return InitializeSecurityContextW(phCredential, context, pszTargetName, fContextReq, 0,
                                                             TargetDataRep, pInput, 0, fresh, pOutput, attributes,
                                                             ptsExpiry);
                         }});
  });
}
