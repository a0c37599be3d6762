// An identity taken apart, and put together as one EX2 block: the form of every identity that this library makes.
#pragma once

#include "base/secret.hpp"
#include "client/identity/identity_view.hpp"
#include "client/identity/packed_credentials.hpp"
#include "nt/status.hpp"
#include "seam/values.hpp"

namespace openlsa::client {

struct IdentityValues {
  seam::OptionalText user;
  seam::OptionalText domain;
  std::optional<Credentials> credentials;
  seam::Text packages;  // names with commas between them; a name after "!" is excluded
  ULONG flags = 0;      // those that say what the identity is, not how its block is laid out
};

// SEC_E_INVALID_TOKEN when a string is not UTF-8 (ANSI) or the packed credentials are not sound, and
// STATUS_INVALID_PARAMETER for a protected identity, as SspiEncodeAuthIdentityAsStrings documents it.
nt::Status take_apart(const IdentityView& view, IdentityValues& values);
// The same from an address: SEC_E_INVALID_PARAMETER for NULL, SEC_E_INVALID_TOKEN for what is no identity.
nt::Status take_apart(const void* identity, IdentityValues& values);

// A new block for SspiFreeAuthIdentity, with room to be encrypted in place. SEC_E_INVALID_PARAMETER when a part is
// longer than the form can say.
nt::Status make_identity(const IdentityValues& values, void*& block);
// A new block with the same bytes, and that room.
nt::Status copy_identity_block(const IdentityView& view, void*& block);

}  // namespace openlsa::client
