// Encryption of an identity in place, with a key that only this process has and its children do not inherit.
#pragma once

#include "base/bytes.hpp"
#include "client/identity/identity_view.hpp"

namespace openlsa::client {

// `block`: a valid clear EX2 block with its padding. Encrypts all behind the header and sets the flag. False, and
// nothing changed, without the cipher.
bool protect_identity(base::MutableByteView block);
// `block`: a valid EX2 block with its padding that protect_identity made here. False, and nothing changed, when it was
// altered or is another process's.
bool unprotect_identity(base::MutableByteView block);

// The block of a view with its padding, to be changed in place.
inline base::MutableByteView whole_block(const IdentityView& view) {
  return {const_cast<std::uint8_t*>(view.structure.data()), view.structure.size() + view.padding_bytes};
}

}  // namespace openlsa::client
