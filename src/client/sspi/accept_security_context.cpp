#include "client/bare/bare_legs.hpp"
#include "client/sspi/context_leg.hpp"
#include "client/sspi/sspi_edge.hpp"

using namespace openlsa::client;
namespace nt = openlsa::nt;
namespace seam = openlsa::seam;

SECURITY_STATUS AcceptSecurityContext(PCredHandle phCredential, PCtxtHandle phContext, PSecBufferDesc pInput,
                                      ULONG fContextReq, ULONG TargetDataRep, PCtxtHandle phNewContext,
                                      PSecBufferDesc pOutput, ULONG* pfContextAttr, PTimeStamp ptsExpiry) {
  return sspi_edge([&]() -> nt::Status {
    if (is_bare_leg(phCredential, phContext))
      return accept_in_bare({phCredential, phContext, pInput, fContextReq, TargetDataRep, phNewContext, pOutput,
                             pfContextAttr, ptsExpiry});
    LegParameters parameters{.inbound = true,
                             .credential = phCredential,
                             .context = phContext,
                             .input = pInput,
                             .new_context = phNewContext,
                             .output = pOutput,
                             .allocate = (fContextReq & ASC_REQ_ALLOCATE_MEMORY) != 0,
                             .attributes = pfContextAttr,
                             .expiry = ptsExpiry};
    LegObjects objects;
    if (const nt::Status status = find_objects(parameters, objects); status != SEC_E_OK) return status;
    parameters.ansi = objects.credential ? objects.credential->ansi : objects.context->ansi();
    seam::AcceptContextRequest request;
    ClientWindow window;
    if (const nt::Status status = prepare_leg(parameters, objects, window, request); status != SEC_E_OK) return status;
    request.requirements = fContextReq;
    request.data_representation = TargetDataRep;
    return run_leg(parameters, objects, window, std::move(request));
  });
}
