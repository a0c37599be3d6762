#include <cstring>

#include "client/sasl/sasl_context.hpp"
#include "client/sasl/sasl_cookie.hpp"
#include "client/sspi/sspi_edge.hpp"

using namespace openlsa::client;
namespace base = openlsa::base;
namespace nt = openlsa::nt;

namespace {

nt::Status set_number(SaslState& state, ULONG option, ULONG value) {
  if (option == SASL_OPTION_AUTHZ_PROCESSING) {
    if (value != Sasl_AuthZIDForbidden && value != Sasl_AuthZIDProcessed) return SEC_E_INVALID_PARAMETER;
  } else if (value == 0 || value > max_sasl_size) {
    return SEC_E_INVALID_PARAMETER;  // three octets say it to the peer
  }
  const bool changed = state.change_options([&](SaslOptions& options) {
    ULONG& place = option == SASL_OPTION_SEND_SIZE   ? options.send_size
                   : option == SASL_OPTION_RECV_SIZE ? options.receive_size
                                                     : options.authorization;
    place = value;
  });
  return changed ? SEC_E_OK : SEC_E_OUT_OF_SEQUENCE;
}

nt::Status set_authorization_id(SaslState& state, const void* value, ULONG size_bytes) {
  if (state.options().authorization == Sasl_AuthZIDForbidden) return SEC_E_UNSUPPORTED_FUNCTION;
  if (size_bytes > max_authorization_id_bytes) return SEC_E_INVALID_PARAMETER;
  base::Bytes id = base::to_bytes(base::as_bytes(value, size_bytes));
  const bool changed = state.change_options([&](SaslOptions& options) { options.authorization_id = std::move(id); });
  return changed ? SEC_E_OK : SEC_E_OUT_OF_SEQUENCE;
}

nt::Status set(PCtxtHandle handle, ULONG option, const void* value, ULONG size_bytes) {
  const SaslContext sasl = find_sasl_context(handle);
  if (!sasl.state || sasl.state->phase() == SaslPhase::none) return SEC_E_INVALID_HANDLE;
  if (option < SASL_OPTION_SEND_SIZE || option > SASL_OPTION_AUTHZ_PROCESSING) return SEC_E_UNSUPPORTED_FUNCTION;
  if (value == nullptr && size_bytes != 0) return SEC_E_INVALID_PARAMETER;
  if (option == SASL_OPTION_AUTHZ_STRING) return set_authorization_id(*sasl.state, value, size_bytes);
  ULONG number = 0;
  if (size_bytes < sizeof number) return SEC_E_BUFFER_TOO_SMALL;
  std::memcpy(&number, value, sizeof number);
  return set_number(*sasl.state, option, number);
}

}  // namespace

SECURITY_STATUS SaslSetContextOption(PCtxtHandle ContextHandle, ULONG Option, void* Value, ULONG Size) {
  return sspi_edge([&] { return set(ContextHandle, Option, Value, Size); });
}
