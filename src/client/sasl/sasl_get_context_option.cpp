#include <cstring>

#include "client/sasl/sasl_context.hpp"
#include "client/sspi/sspi_edge.hpp"

using namespace openlsa::client;
namespace base = openlsa::base;
namespace nt = openlsa::nt;

namespace {

// "Needed: ... receives a value if the buffer specified by the Value parameter is not large enough".
nt::Status give(base::ByteView found, void* value, ULONG size_bytes, ULONG* needed) {
  const bool fits = size_bytes >= found.size();
  if (fits && value == nullptr && !found.empty()) return SEC_E_INVALID_PARAMETER;
  if (needed != nullptr) *needed = static_cast<ULONG>(found.size());
  if (!fits) return SEC_E_BUFFER_TOO_SMALL;
  if (!found.empty()) std::memcpy(value, found.data(), found.size());
  return SEC_E_OK;
}

nt::Status get(PCtxtHandle handle, ULONG option, void* value, ULONG size_bytes, ULONG* needed) {
  const SaslContext sasl = find_sasl_context(handle);
  if (!sasl.state || sasl.state->phase() == SaslPhase::none) return SEC_E_INVALID_HANDLE;
  const SaslOptions options = sasl.state->options();
  switch (option) {
    case SASL_OPTION_SEND_SIZE:
      return give(base::as_bytes(&options.send_size, sizeof options.send_size), value, size_bytes, needed);
    case SASL_OPTION_RECV_SIZE:
      return give(base::as_bytes(&options.receive_size, sizeof options.receive_size), value, size_bytes, needed);
    case SASL_OPTION_AUTHZ_STRING:
      if (options.authorization == Sasl_AuthZIDForbidden) return SEC_E_UNSUPPORTED_FUNCTION;
      return give(options.authorization_id, value, size_bytes, needed);
    case SASL_OPTION_AUTHZ_PROCESSING:
      return give(base::as_bytes(&options.authorization, sizeof options.authorization), value, size_bytes, needed);
    default:
      return SEC_E_UNSUPPORTED_FUNCTION;
  }
}

}  // namespace

SECURITY_STATUS SaslGetContextOption(PCtxtHandle ContextHandle, ULONG Option, void* Value, ULONG Size, ULONG* Needed) {
  return sspi_edge([&] { return get(ContextHandle, Option, Value, Size, Needed); });
}
