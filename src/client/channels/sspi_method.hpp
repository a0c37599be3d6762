// The number and the reply of each call on a direct channel, by the type of its request.
#pragma once

#include "seam/sspi_calls.hpp"

namespace openlsa::client {

template <class Request>
struct SspiMethod;

#define OPENLSA_SSPI_METHOD(method, function, Message, permission, duration) \
  template <>                                                                \
  struct SspiMethod<seam::Message##Request> {                                \
    using Reply = seam::Message##Reply;                                      \
    static constexpr std::uint16_t number = method;                          \
  };
OPENLSA_SSPI_CALLS(OPENLSA_SSPI_METHOD)
#undef OPENLSA_SSPI_METHOD

}  // namespace openlsa::client
