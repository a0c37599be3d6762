#include "client/bare/bare_legs.hpp"
#include "client/sspi/context_leg.hpp"
#include "client/sspi/sspi_edge.hpp"
#include "client/sspi/text.hpp"

using namespace openlsa::client;
namespace nt = openlsa::nt;
namespace seam = openlsa::seam;

namespace {

template <class Char>
nt::Status initialize(LegParameters parameters, const Char* target, ULONG requirements, ULONG data_representation) {
  parameters.ansi = std::is_same_v<Char, SEC_CHAR>;
  parameters.allocate = (requirements & ISC_REQ_ALLOCATE_MEMORY) != 0;
  LegObjects objects;
  if (const nt::Status status = find_objects(parameters, objects); status != SEC_E_OK) return status;
  seam::InitializeContextRequest request;
  if (!copy_text(target, request.target_name)) return SEC_E_TARGET_UNKNOWN;
  ClientWindow window;
  if (const nt::Status status = prepare_leg(parameters, objects, window, request); status != SEC_E_OK) return status;
  request.requirements = requirements;
  request.data_representation = data_representation;
  return run_leg(parameters, objects, window, std::move(request));
}

}  // namespace

SECURITY_STATUS InitializeSecurityContextA(PCredHandle phCredential, PCtxtHandle phContext, SEC_CHAR* pszTargetName,
                                           ULONG fContextReq, ULONG, ULONG TargetDataRep, PSecBufferDesc pInput, ULONG,
                                           PCtxtHandle phNewContext, PSecBufferDesc pOutput, ULONG* pfContextAttr,
                                           PTimeStamp ptsExpiry) {
  return sspi_edge([&] {
    if (is_bare_leg(phCredential, phContext))
      return initialize_in_bare({phCredential, phContext, pInput, fContextReq, TargetDataRep, phNewContext, pOutput,
                                 pfContextAttr, ptsExpiry},
                                pszTargetName);
    return initialize({.credential = phCredential,
                       .context = phContext,
                       .input = pInput,
                       .new_context = phNewContext,
                       .output = pOutput,
                       .attributes = pfContextAttr,
                       .expiry = ptsExpiry},
                      pszTargetName, fContextReq, TargetDataRep);
  });
}

SECURITY_STATUS InitializeSecurityContextW(PCredHandle phCredential, PCtxtHandle phContext, SEC_WCHAR* pszTargetName,
                                           ULONG fContextReq, ULONG, ULONG TargetDataRep, PSecBufferDesc pInput, ULONG,
                                           PCtxtHandle phNewContext, PSecBufferDesc pOutput, ULONG* pfContextAttr,
                                           PTimeStamp ptsExpiry) {
  return sspi_edge([&] {
    if (is_bare_leg(phCredential, phContext))
      return initialize_in_bare({phCredential, phContext, pInput, fContextReq, TargetDataRep, phNewContext, pOutput,
                                 pfContextAttr, ptsExpiry},
                                pszTargetName);
    return initialize({.credential = phCredential,
                       .context = phContext,
                       .input = pInput,
                       .new_context = phNewContext,
                       .output = pOutput,
                       .attributes = pfContextAttr,
                       .expiry = ptsExpiry},
                      pszTargetName, fContextReq, TargetDataRep);
  });
}
