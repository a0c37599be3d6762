// The structures of SECPKG_ATTR_... and SECPKG_CRED_ATTR_...: how large they are, and what they point to.
#pragma once

#include <openlsa/ntsecpkg.h>

#include <array>
#include <cstdint>

namespace openlsa::client {

// One pointer of a structure. `text` and `package` have an A and a W form.
enum class PointerKind : std::uint8_t { none, text, bytes, package, block };
struct AttributePointer {
  PointerKind kind = PointerKind::none;
  std::uint16_t offset = 0;
  // bytes: where their count is, and how wide it is.
  std::uint16_t count_offset = 0;
  std::uint8_t count_bytes = 0;
  std::uint8_t element_bytes = 1;
};

struct AttributeLayout {
  std::uint32_t size_bytes = 0;
  std::array<AttributePointer, 2> pointers{};
  // Whether A and W callers get different things behind the pointers.
  constexpr bool has_two_forms() const {
    for (const AttributePointer& pointer : pointers)
      if (pointer.kind == PointerKind::text || pointer.kind == PointerKind::package) return true;
    return false;
  }
};

// nullptr for an attribute whose structure sspi.h does not have.
const AttributeLayout* context_attribute(std::uint32_t attribute);
const AttributeLayout* credential_attribute(std::uint32_t attribute);

}  // namespace openlsa::client
