#include "client/identity/identity_protection.hpp"
#include "client/identity/identity_values.hpp"
#include "client/memory/client_buffers.hpp"
#include "client/sspi/sspi_edge.hpp"

using namespace openlsa::client;
namespace base = openlsa::base;
namespace nt = openlsa::nt;

namespace {

// The bytes are an EX2 block with its padding, so that an encrypted one can be decrypted where it arrives.
nt::Status marshal(PSEC_WINNT_AUTH_IDENTITY_OPAQUE identity, ULONG* length, char** bytes) {
  if (length == nullptr || bytes == nullptr) return SEC_E_INVALID_PARAMETER;
  void* block = nullptr;
  if (const nt::Status status = SspiCopyAuthIdentity(identity, &block); status != SEC_E_OK) return status;
  const auto size = buffer_size(block);
  *length = static_cast<ULONG>(*size);
  *bytes = static_cast<char*>(block);
  return SEC_E_OK;
}

nt::Status unmarshal(ULONG length, const char* bytes, PSEC_WINNT_AUTH_IDENTITY_OPAQUE* identity) {
  if (bytes == nullptr || identity == nullptr) return SEC_E_INVALID_PARAMETER;
  const auto view = view_identity_block(base::as_bytes(bytes, length));
  if (!view) return SEC_E_INVALID_TOKEN;
  IdentityValues values;
  if (!view->is_protected())
    if (const nt::Status status = take_apart(*view, values); status != SEC_E_OK) return status;
  void* block = nullptr;
  const nt::Status status = copy_identity_block(*view, block);
  if (status == SEC_E_OK) *identity = block;
  return status;
}

}  // namespace

SECURITY_STATUS SspiMarshalAuthIdentity(PSEC_WINNT_AUTH_IDENTITY_OPAQUE AuthIdentity, ULONG* AuthIdentityLength,
                                        char** AuthIdentityByteArray) {
  return sspi_edge([&] { return marshal(AuthIdentity, AuthIdentityLength, AuthIdentityByteArray); });
}

SECURITY_STATUS SspiUnmarshalAuthIdentity(ULONG AuthIdentityLength, char* AuthIdentityByteArray,
                                          PSEC_WINNT_AUTH_IDENTITY_OPAQUE* ppAuthIdentity) {
  return sspi_edge([&] { return unmarshal(AuthIdentityLength, AuthIdentityByteArray, ppAuthIdentity); });
}
