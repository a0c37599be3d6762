#include "client/sasl/sasl_leg.hpp"
#include "client/sspi/sspi_edge.hpp"

using namespace openlsa::client;

SECURITY_STATUS SaslAcceptSecurityContext(PCredHandle phCredential, PCtxtHandle phContext, PSecBufferDesc pInput,
                                          ULONG fContextReq, ULONG TargetDataRep, PCtxtHandle phNewContext,
                                          PSecBufferDesc pOutput, ULONG* pfContextAttr, PTimeStamp ptsExpiry) {
  return sspi_edge([&] {
    return run_sasl_leg({true, phContext, pInput, fContextReq, phNewContext, pOutput, pfContextAttr,
                         [&](PCtxtHandle context, PCtxtHandle fresh, ULONG* attributes) {
                           return AcceptSecurityContext(phCredential, context, pInput, fContextReq, TargetDataRep,
                                                        fresh, pOutput, attributes, ptsExpiry);
                         }});
  });
}
