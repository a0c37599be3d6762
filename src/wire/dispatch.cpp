#include "wire/dispatch.hpp"

#include "wire/codec.hpp"

namespace openlsa::wire {

const char* describe(DispatchResult result) {
  switch (result) {
    case DispatchResult::answered:
      return "answered";
    case DispatchResult::malformed:
      return "malformed message";
    case DispatchResult::unknown_method:
      return "unknown method";
    case DispatchResult::not_permitted:
      return "method not permitted";
  }
  return "unknown";
}

#define OPENLSA_FACTS(number, function, MessageName, permission, duration)                                 \
  case number: {                                                                                           \
    static constexpr MethodFacts facts{#function, seam::Permission::permission, seam::Duration::duration}; \
    return &facts;                                                                                         \
  }
const MethodFacts* authority_method(std::uint16_t method) {
  switch (method) {
    OPENLSA_AUTHORITY_CALLS(OPENLSA_FACTS)
    default:
      return nullptr;
  }
}
const MethodFacts* sspi_method(std::uint16_t method) {
  switch (method) {
    OPENLSA_SSPI_CALLS(OPENLSA_FACTS)
    default:
      return nullptr;
  }
}
#undef OPENLSA_FACTS

#define OPENLSA_CALL(number, function, MessageName, permission, duration) \
  case number: {                                                          \
    auto value = decode<seam::MessageName##Request>(request);             \
    if (!value) return DispatchResult::malformed;                         \
    encode_into(reply, calls.function(std::move(*value)));                \
    return DispatchResult::answered;                                      \
  }

DispatchResult dispatch(seam::AuthorityCalls& calls, bool caller_has_tcb, std::uint16_t method, Message& request,
                        Message& reply) {
  const MethodFacts* facts = authority_method(method);
  if (facts == nullptr) return DispatchResult::unknown_method;
  if (facts->permission == seam::Permission::tcb && !caller_has_tcb) return DispatchResult::not_permitted;
  switch (method) {
    OPENLSA_AUTHORITY_CALLS(OPENLSA_CALL)
    default:
      return DispatchResult::unknown_method;
  }
}
DispatchResult dispatch(seam::SspiCalls& calls, std::uint16_t method, Message& request, Message& reply) {
  switch (method) {
    OPENLSA_SSPI_CALLS(OPENLSA_CALL)
    default:
      return DispatchResult::unknown_method;
  }
}
DispatchResult dispatch(seam::PackageCalls& calls, std::uint16_t method, Message& request, Message& reply) {
  switch (method) {
    OPENLSA_PACKAGE_CALLS(OPENLSA_CALL)
    default:
      return DispatchResult::unknown_method;
  }
}
DispatchResult dispatch(seam::SupportCalls& calls, std::uint16_t method, Message& request, Message& reply) {
  switch (method) {
    OPENLSA_SUPPORT_CALLS(OPENLSA_CALL)
    default:
      return DispatchResult::unknown_method;
  }
}
DispatchResult dispatch(seam::ClientCalls& calls, std::uint16_t method, Message& request, Message& reply) {
  switch (method) {
    OPENLSA_CLIENT_CALLS(OPENLSA_CALL)
    default:
      return DispatchResult::unknown_method;
  }
}
#undef OPENLSA_CALL

}  // namespace openlsa::wire
