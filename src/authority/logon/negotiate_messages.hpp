// LsaCallAuthenticationPackage with Negotiate (NEGOTIATE_MESSAGES of ntsecapi.h). Negotiate is no host's package, so
// the authority answers.
#pragma once

#include "authority/authority.hpp"
#include "authority/logon/routed_call.hpp"

namespace openlsa::authority {

seam::LsaCallPackageReply call_negotiate(Authority& authority, const EffectiveCaller& caller,
                                         const seam::ClientWindow& window, base::ByteView message);

}  // namespace openlsa::authority
