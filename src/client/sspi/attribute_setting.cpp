#include "client/sspi/attribute_setting.hpp"

#include <openlsa/ntsecpkg.h>

#include <cstring>

#include "client/bare/bare_attributes.hpp"
#include "client/connection/process_client.hpp"
#include "client/handles/context.hpp"
#include "client/handles/credential.hpp"
#include "client/memory/client_window.hpp"
#include "client/sspi/buffers.hpp"
#include "client/sspi/text.hpp"

namespace openlsa::client {
namespace {

constexpr ULONG max_structure_bytes = 64u << 10;  // as for the queries

std::uint64_t number_at(const base::Secret& structure, std::size_t offset, std::size_t size_bytes) {
  std::uint64_t value = 0;  // little-endian
  std::memcpy(&value, structure.reveal().data() + offset, size_bytes);
  return value;
}

// What both requests have.
template <class Request>
nt::Status send(DirectChannel& channel, bool ansi, ULONG attribute, const void* buffer, AttributeSetting& setting,
                Request request) {
  const ClientWindow window;
  if (!window.valid()) return SEC_E_INSUFFICIENT_MEMORY;
  request.frame = call_frame(window.view(), ansi ? SECPKG_CALL_ANSI : 0);
  request.attribute = attribute;
  request.buffer = setting.structure.duplicate();
  request.buffer_address = reinterpret_cast<std::uintptr_t>(buffer);
  request.submitted = std::move(setting.pieces);
  return channel.call(std::move(request)).status;
}

}  // namespace

AttributeSetting::~AttributeSetting() {
  for (seam::ClientMemory& piece : pieces) base::wipe(piece.bytes);
}

nt::Status AttributeSetting::collect(const AttributeLayout* layout, bool ansi, const void* buffer, ULONG size_bytes) {
  if (buffer == nullptr || size_bytes == 0 || size_bytes > max_structure_bytes) return SEC_E_INVALID_PARAMETER;
  if (layout != nullptr && size_bytes < layout->size_bytes) return SEC_E_BUFFER_TOO_SMALL;
  structure = base::Secret(base::as_bytes(buffer, size_bytes));
  if (layout == nullptr) return SEC_E_OK;
  std::size_t left = max_input_bytes;
  for (const AttributePointer& pointer : layout->pointers)
    if (const nt::Status status = add(pointer, ansi, left); status != SEC_E_OK) return status;
  return SEC_E_OK;
}

// What a package's SecPkgInfo or a block without a size name is for the package to give, not for a caller to set: such
// pointers travel as numbers.
nt::Status AttributeSetting::add(const AttributePointer& pointer, bool ansi, std::size_t& left) {
  if (pointer.kind != PointerKind::text && pointer.kind != PointerKind::bytes) return SEC_E_OK;
  const std::uint64_t address = number_at(structure, pointer.offset, sizeof address);
  if (pointer.kind == PointerKind::text) return add_text(pointer, address, ansi, left);
  const std::uint64_t count = number_at(structure, pointer.count_offset, pointer.count_bytes);
  if (address == 0 && count != 0) return SEC_E_INVALID_PARAMETER;
  return add_piece(address, count * pointer.element_bytes, left);
}

nt::Status AttributeSetting::add_text(const AttributePointer& pointer, std::uint64_t address, bool ansi,
                                      std::size_t& left) {
  if (address == 0) return SEC_E_OK;
  if (!ansi) {
    const auto text = bounded_text(reinterpret_cast<const void*>(address));
    return text ? add_piece(address, (text->size() + 1) * sizeof(char16_t), left) : SEC_E_INVALID_PARAMETER;
  }
  base::Secret wide;
  if (!copy_secret_text(reinterpret_cast<const SEC_CHAR*>(address), true, wide)) return SEC_E_INVALID_PARAMETER;
  address = reinterpret_cast<std::uintptr_t>(wide.reveal().data());
  std::memcpy(structure.reveal_mutable().data() + pointer.offset, &address, sizeof address);
  const std::size_t size = wide.size();
  wide_.push_back(std::move(wide));
  return add_piece(address, size, left);
}

nt::Status AttributeSetting::add_piece(std::uint64_t address, std::size_t size_bytes, std::size_t& left) {
  if (size_bytes == 0) return SEC_E_OK;
  if (size_bytes > left) return SEC_E_INVALID_PARAMETER;
  left -= size_bytes;
  pieces.push_back({address, base::to_bytes(base::as_bytes(reinterpret_cast<const void*>(address), size_bytes))});
  return SEC_E_OK;
}

nt::Status set_credential(PCredHandle handle, bool ansi, ULONG attribute, void* buffer, ULONG size_bytes) {
  if (BareCredentialTable::is_kind(handle)) return set_bare_credential(handle, ansi, attribute, buffer, size_bytes);
  const auto credential = CredentialTable::of_process().find(handle);
  if (!credential || !credential->channel->alive()) return SEC_E_INVALID_HANDLE;
  AttributeSetting setting;
  if (const nt::Status status = setting.collect(credential_attribute(attribute), ansi, buffer, size_bytes);
      status != SEC_E_OK)
    return status;
  seam::SetCredentialsAttributesRequest request;
  request.credential = credential->name;
  return send(*credential->channel, ansi, attribute, buffer, setting, std::move(request));
}

nt::Status set_context(PCtxtHandle handle, bool ansi, ULONG attribute, void* buffer, ULONG size_bytes) {
  if (BareContextTable::is_kind(handle)) return set_bare_context(handle, ansi, attribute, buffer, size_bytes);
  const auto context = ContextTable::of_process().find(handle);
  if (!context) return SEC_E_INVALID_HANDLE;
  AttributeSetting setting;
  if (const nt::Status status = setting.collect(context_attribute(attribute), ansi, buffer, size_bytes);
      status != SEC_E_OK)
    return status;
  if (const nt::Status status = context->lsa_mode(); status != SEC_E_OK) return status;
  seam::SetContextAttributesRequest request;
  request.context = context->name();
  return send(context->channel(), ansi, attribute, buffer, setting, std::move(request));
}

}  // namespace openlsa::client
