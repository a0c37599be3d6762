#include "client/identity/packed_credentials.hpp"

#include <algorithm>
#include <cstring>

#include "base/utf8.hpp"
#include "client/identity/hexadecimal.hpp"

namespace openlsa::client {
namespace {

constexpr std::size_t header_bytes = sizeof(SEC_WINNT_AUTH_PACKED_CREDENTIALS);
// No password begins so; if one does, it is encoded like the rest.
constexpr std::u16string_view prefix = u"@@openlsa-packed-credentials:";

// A string must not end inside the password.
bool has_null(base::ByteView password) {
  for (std::size_t i = 0; i + 1 < password.size(); i += sizeof(char16_t))
    if (password[i] == 0 && password[i + 1] == 0) return true;
  return false;
}

bool begins_as_encoded(base::ByteView password) {
  const auto mark = base::as_bytes(prefix.data(), prefix.size() * sizeof(char16_t));
  return password.size() >= mark.size() && base::equal(password.first(mark.size()), mark);
}

// How many units of UTF-16, written to `out` when there is one.
std::optional<std::size_t> widen(std::string_view utf8, char16_t* out) {
  std::size_t units = 0;
  const auto add = [&](std::uint32_t unit) {
    if (out != nullptr) out[units] = static_cast<char16_t>(unit);
    ++units;
  };
  for (std::size_t at = 0; at < utf8.size();) {
    const auto point = base::next_utf8(utf8, at);
    if (!point) return std::nullopt;
    if (*point < 0x10000) {
      add(*point);
    } else {
      add(0xd800 + ((*point - 0x10000) >> 10));
      add(0xdc00 + ((*point - 0x10000) & 0x3ff));
    }
  }
  return units;
}

}  // namespace

std::optional<Credentials> unpack_credentials(base::ByteView packed) {
  SEC_WINNT_AUTH_PACKED_CREDENTIALS header;
  if (packed.size() < sizeof header) return std::nullopt;
  std::memcpy(&header, packed.data(), sizeof header);
  const auto& data = header.AuthData.CredData;
  const ULONG size = header.cbStructureLength;
  if (header.cbHeaderLength != sizeof header || size < sizeof header || size > packed.size()) return std::nullopt;
  if (data.ByteArrayLength != 0 && (data.ByteArrayOffset < sizeof header || data.ByteArrayOffset > size ||
                                    data.ByteArrayLength > size - data.ByteArrayOffset))
    return std::nullopt;
  Credentials credentials;
  credentials.type = header.AuthData.CredType;
  if (data.ByteArrayLength != 0)
    credentials.data = base::Secret(packed.subspan(data.ByteArrayOffset, data.ByteArrayLength));
  if (credentials.is_password() && credentials.data.size() % sizeof(char16_t) != 0) return std::nullopt;
  return credentials;
}

std::optional<base::Secret> pack_credentials(const Credentials& credentials) {
  const std::size_t size = header_bytes + credentials.data.size();
  if (size > 0xffff) return std::nullopt;
  SEC_WINNT_AUTH_PACKED_CREDENTIALS header{};
  header.cbHeaderLength = sizeof header;
  header.cbStructureLength = static_cast<USHORT>(size);
  header.AuthData.CredType = credentials.type;
  header.AuthData.CredData.ByteArrayOffset = sizeof header;
  header.AuthData.CredData.ByteArrayLength = static_cast<USHORT>(credentials.data.size());
  base::Secret packed(size);
  std::memcpy(packed.reveal_mutable().data(), &header, sizeof header);
  std::ranges::copy(credentials.data.reveal(), packed.reveal_mutable().data() + sizeof header);
  return packed;
}

std::optional<base::Secret> password_from_utf8(base::ByteView password) {
  const std::string_view utf8(reinterpret_cast<const char*>(password.data()), password.size());
  const auto units = widen(utf8, nullptr);
  if (!units) return std::nullopt;
  base::Secret wide(*units * sizeof(char16_t));
  // The heap's blocks are aligned for any type.
  widen(utf8, reinterpret_cast<char16_t*>(wide.reveal_mutable().data()));
  return wide;
}

std::optional<base::Secret> encode_credentials(const Credentials& credentials) {
  const base::ByteView data = credentials.data.reveal();
  if (credentials.is_password() && !has_null(data) && !begins_as_encoded(data)) {
    base::Secret text(data.size() + sizeof(char16_t));
    std::ranges::copy(data, text.reveal_mutable().data());
    return text;
  }
  const auto packed = pack_credentials(credentials);
  if (!packed) return std::nullopt;
  base::Secret text((prefix.size() + 2 * packed->size() + 1) * sizeof(char16_t));
  auto* const out = reinterpret_cast<char16_t*>(text.reveal_mutable().data());
  std::ranges::copy(prefix, out);
  write_hexadecimal(packed->reveal(), out + prefix.size());
  return text;
}

std::optional<Credentials> decode_credentials(std::u16string_view text) {
  if (!text.starts_with(prefix))
    return Credentials{SEC_WINNT_AUTH_DATA_TYPE_PASSWORD,
                       base::Secret(base::as_bytes(text.data(), text.size() * sizeof(char16_t)))};
  text.remove_prefix(prefix.size());
  base::Secret packed(text.size() / 2);
  if (!read_hexadecimal(text, packed.reveal_mutable())) return std::nullopt;
  return unpack_credentials(packed.reveal());
}

}  // namespace openlsa::client
