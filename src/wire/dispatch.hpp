// The other end of a proxy: verifies a request completely, then makes the call. The one place where bytes from outside
// become values.
#pragma once

#include "seam/authority_calls.hpp"
#include "seam/package_calls.hpp"
#include "seam/sspi_calls.hpp"
#include "seam/support_calls.hpp"
#include "wire/transport.hpp"

namespace openlsa::wire {

// Anything but `answered` closes the connection and is audited.
enum class DispatchResult { answered, malformed, unknown_method, not_permitted };
const char* describe(DispatchResult result);

// What is declared beside a method's schema (the X-lists of seam/).
struct MethodFacts {
  const char* name = nullptr;
  seam::Permission permission = seam::Permission::anyone;
  seam::Duration duration = seam::Duration::inline_;
};
// nullptr for a method that does not exist.
const MethodFacts* authority_method(std::uint16_t method);
const MethodFacts* sspi_method(std::uint16_t method);

DispatchResult dispatch(seam::AuthorityCalls& calls, bool caller_has_tcb, std::uint16_t method, Message& request,
                        Message& reply);
DispatchResult dispatch(seam::SspiCalls& calls, std::uint16_t method, Message& request, Message& reply);
DispatchResult dispatch(seam::PackageCalls& calls, std::uint16_t method, Message& request, Message& reply);
DispatchResult dispatch(seam::SupportCalls& calls, std::uint16_t method, Message& request, Message& reply);
DispatchResult dispatch(seam::ClientCalls& calls, std::uint16_t method, Message& request, Message& reply);

}  // namespace openlsa::wire
