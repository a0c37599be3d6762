// The five interfaces whose requests arrive as bytes, each with an implementation that answers with nothing.
#pragma once

#include "seam/authority_calls.hpp"
#include "seam/package_calls.hpp"
#include "seam/sspi_calls.hpp"
#include "seam/support_calls.hpp"

namespace openlsa::fuzz {

#define OPENLSA_ANSWER(number, function, Message, permission, duration) \
  seam::Message##Reply function(seam::Message##Request) override { return {}; }

struct Authority final : seam::AuthorityCalls {
  OPENLSA_AUTHORITY_CALLS(OPENLSA_ANSWER)
};
struct Sspi final : seam::SspiCalls {
  OPENLSA_SSPI_CALLS(OPENLSA_ANSWER)
};
struct Package final : seam::PackageCalls {
  OPENLSA_PACKAGE_CALLS(OPENLSA_ANSWER)
};
struct Support final : seam::SupportCalls {
  OPENLSA_SUPPORT_CALLS(OPENLSA_ANSWER)
};
struct Client final : seam::ClientCalls {
  OPENLSA_CLIENT_CALLS(OPENLSA_ANSWER)
};
#undef OPENLSA_ANSWER

// X-lists by interface, for what is made for each request or reply of all of them.
#define OPENLSA_ALL_CALLS(X) \
  OPENLSA_AUTHORITY_CALLS(X) \
  OPENLSA_SSPI_CALLS(X)      \
  OPENLSA_PACKAGE_CALLS(X)   \
  OPENLSA_SUPPORT_CALLS(X)   \
  OPENLSA_CLIENT_CALLS(X)

}  // namespace openlsa::fuzz
