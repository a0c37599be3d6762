#include "client/sspi/attribute_answer.hpp"

#include <cstring>

#include "client/memory/client_buffers.hpp"
#include "client/sspi/packages.hpp"
#include "client/sspi/text.hpp"

namespace openlsa::client {
namespace {

std::uint64_t pointer_at(const void* structure, std::size_t offset) {
  std::uint64_t value;
  std::memcpy(&value, static_cast<const std::uint8_t*>(structure) + offset, sizeof value);
  return value;
}

std::uint64_t count_at(const void* structure, const AttributePointer& pointer) {
  std::uint64_t value = 0;  // little-endian
  std::memcpy(&value, static_cast<const std::uint8_t*>(structure) + pointer.count_offset, pointer.count_bytes);
  return value * pointer.element_bytes;
}

// A zero-terminated W string that ends within its block.
bool ends_in(const ClientWindow& window, std::uint64_t address) {
  if (address % alignof(char16_t) != 0) return false;
  for (std::size_t i = 0; i <= max_text_units; ++i, address += sizeof(char16_t)) {
    if (!window.readable(address, sizeof(char16_t)) || address == 0) return false;
    char16_t unit;
    std::memcpy(&unit, reinterpret_cast<const void*>(address), sizeof unit);
    if (unit == 0) return true;
  }
  return false;
}

bool is_package(const ClientWindow& window, std::uint64_t address) {
  if (!window.is_block(address, sizeof(SecPkgInfoW))) return false;
  const auto* info = reinterpret_cast<const void*>(address);
  return ends_in(window, pointer_at(info, offsetof(SecPkgInfoW, Name))) &&
         ends_in(window, pointer_at(info, offsetof(SecPkgInfoW, Comment)));
}

// The A form in a block of its own; nullptr for what has none.
void* ansi_copy(PointerKind kind, const void* wide) {
  if (kind == PointerKind::text) {
    const auto text = bounded_text(wide);
    return text ? allocate_text(*text, true, FreedBy::free_context_buffer) : nullptr;
  }
  SecPkgInfoW info;
  std::memcpy(&info, wide, sizeof info);
  const auto name = bounded_text(info.Name), comment = bounded_text(info.Comment);
  if (!name || !comment) return nullptr;
  seam::PackageInfo package;
  package.capabilities = info.fCapabilities;
  package.version = info.wVersion;
  package.rpc_id = info.wRPCID;
  package.max_token = info.cbMaxToken;
  package.name = *name;
  package.comment = *comment;
  SecPkgInfoA* block = nullptr;
  return make_package_block<SecPkgInfoA>({&package, 1}, block) == SEC_E_OK ? block : nullptr;
}

}  // namespace

bool points_into(const ClientWindow& window, const AttributeLayout& layout, const void* structure) {
  for (const AttributePointer& pointer : layout.pointers) {
    if (pointer.kind == PointerKind::none) continue;
    const std::uint64_t address = pointer_at(structure, pointer.offset);
    const std::uint64_t count = pointer.kind == PointerKind::bytes ? count_at(structure, pointer) : 0;
    if (address == 0 && count == 0) continue;
    if (!window.is_block(address, count)) return false;
    if (pointer.kind == PointerKind::text && !ends_in(window, address)) return false;
    if (pointer.kind == PointerKind::package && !is_package(window, address)) return false;
  }
  return true;
}

nt::Status to_ansi(const AttributeLayout& layout, void* structure) {
  std::array<void*, 2> made{};
  for (std::size_t i = 0; i < made.size(); ++i) {
    const AttributePointer& pointer = layout.pointers[i];
    if (pointer.kind != PointerKind::text && pointer.kind != PointerKind::package) continue;
    const std::uint64_t wide = pointer_at(structure, pointer.offset);
    if (wide == 0) continue;
    made[i] = ansi_copy(pointer.kind, reinterpret_cast<const void*>(wide));
    if (made[i] != nullptr) continue;
    if (made[0] != nullptr) discard_buffer(made[0]);
    return SEC_E_INTERNAL_ERROR;
  }
  for (std::size_t i = 0; i < made.size(); ++i) {
    if (made[i] == nullptr) continue;
    free_if_buffer(reinterpret_cast<void*>(pointer_at(structure, layout.pointers[i].offset)),
                   FreedBy::free_context_buffer);
    std::memcpy(static_cast<std::uint8_t*>(structure) + layout.pointers[i].offset, &made[i], sizeof made[i]);
  }
  return SEC_E_OK;
}

}  // namespace openlsa::client
