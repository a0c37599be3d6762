// The calls of a seam interface as calls of a transport: encode, send, wait, decode. When the transport fails or the
// answer is not one, the reply holds nothing but the status that was given at construction.
#pragma once

#include "seam/authority_calls.hpp"
#include "seam/package_calls.hpp"
#include "seam/sspi_calls.hpp"
#include "seam/support_calls.hpp"
#include "wire/codec.hpp"
#include "wire/transport.hpp"

namespace openlsa::wire {

namespace detail {
// The call chain that a request belongs to, so that a nested call finds the thread that waits for it.
template <class Request>
std::uint64_t chain_of(const Request& request) {
  if constexpr (requires { request.origin.chain.value; })
    return request.origin.chain.value;
  else if constexpr (requires { request.caller.chain.value; })
    return request.caller.chain.value;
  else
    return 0;
}

template <class Reply, class Request>
Reply call(Transport& transport, std::uint16_t method, Request request, nt::Status on_failure) {
  const std::uint64_t chain = chain_of(request);
  if (auto answer = transport.call(method, encode(request), chain))
    if (auto reply = decode<Reply>(*answer)) return std::move(*reply);
  Reply failed{};
  failed.status = on_failure;
  return failed;
}
}  // namespace detail

#define OPENLSA_PROXY_METHOD(number, function, MessageName, permission, duration)                       \
  seam::MessageName##Reply function(seam::MessageName##Request request) override {                      \
    return detail::call<seam::MessageName##Reply>(transport_, number, std::move(request), on_failure_); \
  }
#define OPENLSA_PROXY(Proxy, Interface, LIST)                                          \
  class Proxy final : public Interface {                                               \
   public:                                                                             \
    explicit Proxy(Transport& transport, nt::Status on_failure = SEC_E_INTERNAL_ERROR) \
        : transport_(transport), on_failure_(on_failure) {}                            \
    LIST(OPENLSA_PROXY_METHOD)                                                         \
                                                                                       \
   private:                                                                            \
    Transport& transport_;                                                             \
    nt::Status on_failure_;                                                            \
  };

OPENLSA_PROXY(AuthorityProxy, seam::AuthorityCalls, OPENLSA_AUTHORITY_CALLS)
OPENLSA_PROXY(SspiProxy, seam::SspiCalls, OPENLSA_SSPI_CALLS)
OPENLSA_PROXY(PackageProxy, seam::PackageCalls, OPENLSA_PACKAGE_CALLS)
OPENLSA_PROXY(SupportProxy, seam::SupportCalls, OPENLSA_SUPPORT_CALLS)
OPENLSA_PROXY(ClientProxy, seam::ClientCalls, OPENLSA_CLIENT_CALLS)

#undef OPENLSA_PROXY
#undef OPENLSA_PROXY_METHOD

}  // namespace openlsa::wire
