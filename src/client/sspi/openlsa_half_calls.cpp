// OpenLsaFormatCredentials, OpenLsaMarshalSupplementalCredentials, OpenLsaMarshalAttributeData: functions of the
// user-mode half that no SSPI function reaches. Nothing crosses to another process.
#include <openlsa/openlsa.h>

#include "client/handles/context.hpp"
#include "client/handles/credential.hpp"
#include "client/memory/client_buffers.hpp"
#include "client/sspi/buffers.hpp"
#include "client/sspi/sspi_edge.hpp"
#include "client/user_mode/user_halves.hpp"

using namespace openlsa::client;
namespace nt = openlsa::nt;

namespace {

// The half of the credential's package; no context is needed for it.
template <class Call>
nt::Status with_half(PCredHandle handle, Call&& call) {
  const auto credential = CredentialTable::of_process().find(handle);
  if (!credential || !credential->channel->alive()) return SEC_E_INVALID_HANDLE;
  if (!credential->channel->package().has_user_half) return SEC_E_UNSUPPORTED_FUNCTION;
  UserHalf* const half = UserHalves::of_process().load(*credential->channel);
  return half == nullptr ? SEC_E_INTERNAL_ERROR : call(*half);
}

// What the half returned must be a whole block of AllocateHeap, for the caller frees it with FreeContextBuffer.
nt::Status checked(nt::Status status, const void* block, ULONG size_bytes) {
  if (!nt::succeeded(status)) return status;
  const auto size = block == nullptr ? std::nullopt : buffer_size(block);
  if (size && size_bytes <= *size) return status;
  if (size) discard_buffer(block);
  return block == nullptr && size_bytes == 0 ? status : nt::Status{SEC_E_INTERNAL_ERROR};
}

bool is_input(const void* bytes, ULONG size_bytes) {
  return (bytes != nullptr || size_bytes == 0) && size_bytes <= max_input_bytes;
}

}  // namespace

SECURITY_STATUS OpenLsaFormatCredentials(PCredHandle Credential, PSecBuffer Credentials, PSecBuffer Formatted) {
  return sspi_edge([&]() -> nt::Status {
    return with_half(Credential, [&](UserHalf& half) -> nt::Status {
      if (Credentials == nullptr || !is_input(Credentials->pvBuffer, Credentials->cbBuffer) || Formatted == nullptr)
        return SEC_E_INVALID_PARAMETER;
      SecBuffer made{0, SECBUFFER_EMPTY, nullptr};
      nt::Status status = half.call(half.table().FormatCredentials, Credentials, &made);
      status = checked(status, made.pvBuffer, made.cbBuffer);
      if (nt::succeeded(status)) *Formatted = made;
      return status;
    });
  });
}

SECURITY_STATUS OpenLsaMarshalSupplementalCredentials(PCredHandle Credential, ULONG Size, PUCHAR Credentials,
                                                      ULONG* MarshaledSize, PVOID* Marshaled) {
  return sspi_edge([&]() -> nt::Status {
    return with_half(Credential, [&](UserHalf& half) -> nt::Status {
      if (!is_input(Credentials, Size) || MarshaledSize == nullptr || Marshaled == nullptr)
        return SEC_E_INVALID_PARAMETER;
      ULONG size = 0;
      PVOID block = nullptr;
      nt::Status status = half.call(half.table().MarshallSupplementalCreds, Size, Credentials, &size, &block);
      status = checked(status, block, size);
      if (!nt::succeeded(status)) return status;
      *MarshaledSize = size;
      *Marshaled = block;
      return status;
    });
  });
}

SECURITY_STATUS OpenLsaMarshalAttributeData(PCredHandle Credential, ULONG AttributeInfo, ULONG Attribute, ULONG Size,
                                            PUCHAR Data, ULONG* MarshaledSize, PUCHAR* Marshaled) {
  return sspi_edge([&]() -> nt::Status {
    return with_half(Credential, [&](UserHalf& half) -> nt::Status {
      if (!is_input(Data, Size) || MarshaledSize == nullptr || Marshaled == nullptr) return SEC_E_INVALID_PARAMETER;
      ULONG size = 0;
      PBYTE block = nullptr;
      nt::Status status =
          half.call(half.table().MarshalAttributeData, AttributeInfo, Attribute, Size, PBYTE{Data}, &size, &block);
      status = checked(status, block, size);
      if (!nt::succeeded(status)) return status;
      *MarshaledSize = size;
      *Marshaled = block;
      return status;
    });
  });
}
