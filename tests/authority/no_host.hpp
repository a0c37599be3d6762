// A host that does nothing: what a test needs of one it overrides.
#pragma once

#include "nt/status.hpp"
#include "seam/host_starter.hpp"

namespace openlsa::authority {

class NoHost : public seam::PackageHost {
 public:
#define OPENLSA_REFUSE(number, function, Message, permission, duration) \
  seam::Message##Reply function(seam::Message##Request) override {      \
    seam::Message##Reply reply;                                         \
    reply.status = STATUS_NOT_SUPPORTED;                                \
    return reply;                                                       \
  }
  OPENLSA_PACKAGE_CALLS(OPENLSA_REFUSE)
#undef OPENLSA_REFUSE
};

}  // namespace openlsa::authority
