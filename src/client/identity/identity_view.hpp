// Credentials that an application supplies, in any of the three layouts that Windows documents: the one place that
// takes their lengths, offsets and flags on trust, after it has looked at all of them.
#pragma once

#include <openlsa/sspi.h>

#include <cstddef>
#include <optional>

#include "base/bytes.hpp"

namespace openlsa::client {

enum class IdentityForm { plain, ex, ex2 };

// Flags that say who can read what follows the header of an EX2 block.
inline constexpr ULONG identity_protection_flags =
    SEC_WINNT_AUTH_IDENTITY_FLAGS_PROCESS_ENCRYPTED | SEC_WINNT_AUTH_IDENTITY_FLAGS_SYSTEM_PROTECTED |
    SEC_WINNT_AUTH_IDENTITY_FLAGS_USER_PROTECTED | SEC_WINNT_AUTH_IDENTITY_FLAGS_SYSTEM_ENCRYPTED;

// Bytes behind an EX2 block that SEC_WINNT_AUTH_IDENTITY_FLAGS_RESERVED promises, for encryption in place (the page
// SEC_WINNT_AUTH_IDENTITY_EX2).
inline constexpr std::size_t identity_padding_bytes = 8;

// Where everything lies in the application's memory. A part without address is NULL, one of no bytes is empty.
struct IdentityView {
  IdentityForm form = IdentityForm::plain;
  ULONG flags = 0;
  base::ByteView structure;  // the structure alone; of EX2 the whole block, without padding
  std::size_t padding_bytes = 0;
  base::ByteView user;
  base::ByteView domain;
  base::ByteView credentials;  // a password; of EX2 the packed credentials
  base::ByteView packages;

  bool ansi() const { return (flags & SEC_WINNT_AUTH_IDENTITY_ANSI) != 0; }
  // Then the parts are ciphertext.
  bool is_protected() const { return (flags & identity_protection_flags) != 0; }
};

// An identity at an address that the application gave: one of this library's own blocks, whose size is known, or
// memory of which only the identity itself tells the size. Nothing when it is not a valid identity.
std::optional<IdentityView> view_identity(const void* address);

// A block of this size, which is EX2 or nothing.
std::optional<IdentityView> view_identity_block(base::ByteView block);

}  // namespace openlsa::client
