// The body of a proxy's methods.
#pragma once

#include <utility>

#include "wire/codec.hpp"
#include "wire/proxy.hpp"

namespace openlsa::wire::detail {

// The call chain that a request belongs to, so that a nested call finds the thread that waits for it.
template <class Request>
std::uint64_t chain_of(const Request& request) {
  if constexpr (requires { request.waiting.value; })
    return request.waiting.value;
  else if constexpr (requires { request.origin.chain.value; })
    return request.origin.chain.value;
  else if constexpr (requires { request.caller.chain.value; })
    return request.caller.chain.value;
  else
    return 0;
}

template <class Reply, class Request>
Reply call(Transport& transport, std::uint16_t method, Request request, const FailureStatus& failure) {
  const std::uint64_t chain = chain_of(request);
  Message message = encode(request);
  auto answer = transport.call(method, message, chain);
  if (answer)
    if (auto reply = decode<Reply>(*answer)) return std::move(*reply);
  Reply failed{};
  failed.status = !answer && answer.error() == NoReply::unsent ? failure.unsent : failure.lost;
  return failed;
}

}  // namespace openlsa::wire::detail

// For X of a list of calls; OPENLSA_PROXY_CLASS names the class.
#define OPENLSA_PROXY_BODY(number, function, MessageName, permission, duration)                         \
  seam::MessageName##Reply OPENLSA_PROXY_CLASS::function(seam::MessageName##Request request) {          \
    return detail::call<seam::MessageName##Reply>(transport_, number, std::move(request), on_failure_); \
  }
