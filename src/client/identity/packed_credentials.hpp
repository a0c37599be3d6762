// SEC_WINNT_AUTH_PACKED_CREDENTIALS: the credentials inside an EX2 identity, with their type.
#pragma once

#ifndef _SEC_WINNT_AUTH_TYPES
#define _SEC_WINNT_AUTH_TYPES
#endif
#include <openlsa/sspi.h>
// Again: sspi.h may have been included before the types were asked for.
#include <openlsa/sspi/packed_credentials.h>

#include <optional>
#include <string_view>

#include "base/bytes.hpp"
#include "base/secret.hpp"

namespace openlsa::client {

struct Credentials {
  GUID type{};
  base::Secret data;  // of a password its UTF-16 characters

  bool is_password() const { return IsEqualGUID(type, SEC_WINNT_AUTH_DATA_TYPE_PASSWORD); }
};

// Nothing when the structure is not sound, or its password not UTF-16.
std::optional<Credentials> unpack_credentials(base::ByteView packed);
// Nothing when they are longer than the structure can say.
std::optional<base::Secret> pack_credentials(const Credentials& credentials);

// A password that an application gave as ANSI (UTF-8 here); nothing when it is not UTF-8.
std::optional<base::Secret> password_from_utf8(base::ByteView password);

// Credentials as the one string of SspiEncodeAuthIdentityAsStrings: a password as it is, for that is what applications
// pass on as one; all else as text that the way back knows by its beginning. With its terminator. Nothing when they are
// longer than their structure can say.
std::optional<base::Secret> encode_credentials(const Credentials& credentials);
// The way back; nothing when a string begins as encoded credentials and is not.
std::optional<Credentials> decode_credentials(std::u16string_view text);
// The longest string that the way back can be given, in characters.
inline constexpr std::size_t max_encoded_credentials = 0x20040;

}  // namespace openlsa::client
