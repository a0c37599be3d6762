// The calls of a seam interface as calls of a transport: encode, send, wait, decode. When the transport fails or the
// answer is not one, the reply holds nothing but the status that was given at construction. The methods are in a file
// of each interface (authority_proxy.cpp ...): the codec of every message is too much to compile for one call.
#pragma once

#include "seam/authority_calls.hpp"
#include "seam/package_calls.hpp"
#include "seam/sspi_calls.hpp"
#include "seam/support_calls.hpp"
#include "wire/transport.hpp"

namespace openlsa::wire {

// The status of a reply that did not come. One status for both stands where nobody tells them apart.
struct FailureStatus {
  constexpr FailureStatus(nt::Status both) : lost(both), unsent(both) {}
  constexpr FailureStatus(nt::Status when_lost, nt::Status when_unsent) : lost(when_lost), unsent(when_unsent) {}
  nt::Status lost, unsent;  // NoReply
};

#define OPENLSA_PROXY_METHOD(number, function, MessageName, permission, duration) \
  seam::MessageName##Reply function(seam::MessageName##Request request) override;
#define OPENLSA_PROXY(Proxy, Interface, LIST)                                             \
  class Proxy final : public Interface {                                                  \
   public:                                                                                \
    explicit Proxy(Transport& transport, FailureStatus on_failure = SEC_E_INTERNAL_ERROR) \
        : transport_(transport), on_failure_(on_failure) {}                               \
    LIST(OPENLSA_PROXY_METHOD)                                                            \
                                                                                          \
   private:                                                                               \
    Transport& transport_;                                                                \
    FailureStatus on_failure_;                                                            \
  };

OPENLSA_PROXY(AuthorityProxy, seam::AuthorityCalls, OPENLSA_AUTHORITY_CALLS)
OPENLSA_PROXY(SspiProxy, seam::SspiCalls, OPENLSA_SSPI_CALLS)
OPENLSA_PROXY(PackageProxy, seam::PackageCalls, OPENLSA_PACKAGE_CALLS)
OPENLSA_PROXY(SupportProxy, seam::SupportCalls, OPENLSA_SUPPORT_CALLS)
OPENLSA_PROXY(ClientProxy, seam::ClientCalls, OPENLSA_CLIENT_CALLS)

#undef OPENLSA_PROXY
#undef OPENLSA_PROXY_METHOD

}  // namespace openlsa::wire
