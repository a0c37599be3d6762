// Set...Attributes: the caller's structure as bytes, and what its pointers name as pieces of client memory, so that the
// package can read exactly that and nothing else of this process.
#pragma once

#include <openlsa/sspi.h>

#include "base/secret.hpp"
#include "client/sspi/attributes.hpp"
#include "nt/status.hpp"
#include "seam/identity.hpp"

namespace openlsa::client {

class AttributeSetting {
 public:
  AttributeSetting() = default;
  ~AttributeSetting();
  AttributeSetting(const AttributeSetting&) = delete;
  AttributeSetting& operator=(const AttributeSetting&) = delete;

  // `layout` is nullptr for an attribute that our tables do not know: its bytes travel as they are, and pointers in
  // them only lead somewhere when they lead into the structure itself. SEC_E_BUFFER_TOO_SMALL when less than the
  // structure is given; SEC_E_INVALID_PARAMETER without a buffer, or for one that no attribute fills.
  nt::Status collect(const AttributeLayout* layout, bool ansi, const void* buffer, ULONG size_bytes);

  // The structure in its W form; the A strings' W copies live as long as this.
  base::Secret structure;
  std::vector<seam::ClientMemory> pieces;

 private:
  nt::Status add(const AttributePointer& pointer, bool ansi, std::size_t& left);
  nt::Status add_text(const AttributePointer& pointer, std::uint64_t address, bool ansi, std::size_t& left);
  nt::Status add_piece(std::uint64_t address, std::size_t size_bytes, std::size_t& left);

  std::vector<base::Secret> wide_;
};

// SetCredentialsAttributes and SetContextAttributes.
nt::Status set_credential(PCredHandle handle, bool ansi, ULONG attribute, void* buffer, ULONG size_bytes);
nt::Status set_context(PCtxtHandle handle, bool ansi, ULONG attribute, void* buffer, ULONG size_bytes);

}  // namespace openlsa::client
