#include <openlsa/sspi.h>

#include <cstring>

#include "base/bytes.hpp"
#include "client/memory/client_buffers.hpp"
#include "client/sspi/sspi_edge.hpp"

using namespace openlsa::client;
namespace base = openlsa::base;
namespace nt = openlsa::nt;

namespace {

constexpr ULONG growth = sizeof(SEC_CHANNEL_BINDINGS_EX) - sizeof(SEC_CHANNEL_BINDINGS);
// Bindings are a hash or a certificate and two addresses.
constexpr ULONG max_bindings = 0x10000;

bool inside(ULONG offset, ULONG length, ULONG header, ULONG size) {
  return length == 0 || (offset >= header && offset <= size && length <= size - offset);
}

// Each part behind the header and inside the bindings.
template <class Bindings>
bool is_sound(const Bindings& bindings, ULONG size) {
  return inside(bindings.dwInitiatorOffset, bindings.cbInitiatorLength, sizeof bindings, size) &&
         inside(bindings.dwAcceptorOffset, bindings.cbAcceptorLength, sizeof bindings, size) &&
         inside(bindings.dwApplicationDataOffset, bindings.cbApplicationDataLength, sizeof bindings, size);
}

// Bindings that have flags already: only those change.
nt::Status set_flags(const SecPkgContext_Bindings& named, ULONG flags) {
  SEC_CHANNEL_BINDINGS_EX bindings;
  if (named.BindingsLength < sizeof bindings) return SEC_E_INVALID_PARAMETER;
  std::memcpy(&bindings, named.Bindings, sizeof bindings);
  if (bindings.cbHeaderLength != sizeof bindings || bindings.cbStructureLength != named.BindingsLength ||
      !is_sound(bindings, named.BindingsLength))
    return SEC_E_INVALID_PARAMETER;
  bindings.flags = flags;
  std::memcpy(static_cast<void*>(named.Bindings), &bindings, sizeof bindings);
  return SEC_E_OK;
}

// The same bindings behind a longer header; the data keep their order.
nt::Status convert(SecPkgContext_Bindings& named, ULONG flags) {
  SEC_CHANNEL_BINDINGS old;
  std::memcpy(&old, named.Bindings, sizeof old);
  if (!is_sound(old, named.BindingsLength)) return SEC_E_INVALID_PARAMETER;
  const auto moved = [](ULONG offset, ULONG length) { return length == 0 ? 0 : offset + growth; };
  SEC_CHANNEL_BINDINGS_EX fresh{};
  fresh.magicNumber = SEC_CHANNEL_BINDINGS_EX_MAGIC;
  fresh.flags = flags;
  fresh.cbHeaderLength = sizeof fresh;
  fresh.cbStructureLength = named.BindingsLength + growth;
  fresh.dwInitiatorAddrType = old.dwInitiatorAddrType;
  fresh.cbInitiatorLength = old.cbInitiatorLength;
  fresh.dwInitiatorOffset = moved(old.dwInitiatorOffset, old.cbInitiatorLength);
  fresh.dwAcceptorAddrType = old.dwAcceptorAddrType;
  fresh.cbAcceptorLength = old.cbAcceptorLength;
  fresh.dwAcceptorOffset = moved(old.dwAcceptorOffset, old.cbAcceptorLength);
  fresh.cbApplicationDataLength = old.cbApplicationDataLength;
  fresh.dwApplicationDataOffset = moved(old.dwApplicationDataOffset, old.cbApplicationDataLength);

  auto* const block =
      static_cast<std::uint8_t*>(allocate_buffer(fresh.cbStructureLength, FreedBy::free_context_buffer));
  if (block == nullptr) return SEC_E_INSUFFICIENT_MEMORY;
  std::memcpy(block, &fresh, sizeof fresh);
  std::memcpy(block + sizeof fresh, reinterpret_cast<const std::uint8_t*>(named.Bindings) + sizeof old,
              named.BindingsLength - sizeof old);
  free_if_buffer(named.Bindings,
                 FreedBy::free_context_buffer);  // when it was such a block; else it is the application's
  named.Bindings = reinterpret_cast<SEC_CHANNEL_BINDINGS*>(block);
  named.BindingsLength = fresh.cbStructureLength;
  return SEC_E_OK;
}

nt::Status set(SecPkgContext_Bindings* named, ULONG flags) {
  if (named == nullptr || named->Bindings == nullptr || (flags & ~ULONG{SEC_CHANNEL_BINDINGS_VALID_FLAGS}) != 0)
    return SEC_E_INVALID_PARAMETER;
  if (named->BindingsLength < sizeof(SEC_CHANNEL_BINDINGS) || named->BindingsLength > max_bindings)
    return SEC_E_INVALID_PARAMETER;
  const auto size = buffer_size(named->Bindings);
  if (size && *size < named->BindingsLength) return SEC_E_INVALID_PARAMETER;
  ULONG magic;
  std::memcpy(&magic, named->Bindings, sizeof magic);
  return magic == SEC_CHANNEL_BINDINGS_EX_MAGIC ? set_flags(*named, flags) : convert(*named, flags);
}

}  // namespace

SECURITY_STATUS SspiSetChannelBindingFlags(PSecPkgContext_Bindings pBindings, ULONG flags) {
  return sspi_edge([&] { return set(pBindings, flags); });
}
