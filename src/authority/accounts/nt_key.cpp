#include "authority/accounts/nt_key.hpp"

#include "crypto/md4.hpp"

namespace openlsa::authority {

NtKey nt_key_of(base::ByteView password) {
  crypto::Digest digest = crypto::Md4::of(password);
  NtKey key(digest);
  base::wipe(digest);
  return key;
}

NtKey nt_key_of(const base::Secret& password) { return nt_key_of(password.reveal()); }

bool is_blank(const NtKey& key) { return key == nt_key_of(base::ByteView()); }

std::optional<NtKey> parse_nt_key(std::string_view hexadecimal) {
  if (hexadecimal.size() != 2 * NtKey::size_bytes) return std::nullopt;
  std::array<std::uint8_t, NtKey::size_bytes> bytes{};
  bool good = true;
  for (std::size_t i = 0; i < hexadecimal.size(); ++i) {
    const char c = hexadecimal[i];
    unsigned digit = 0;
    if (c >= '0' && c <= '9')
      digit = static_cast<unsigned>(c - '0');
    else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
      digit = static_cast<unsigned>((c | 0x20) - 'a' + 10);
    else
      good = false;
    bytes[i / 2] = static_cast<std::uint8_t>(bytes[i / 2] << 4 | digit);
  }
  std::optional<NtKey> key;
  if (good) key.emplace(bytes);
  base::wipe(bytes);
  return key;
}

}  // namespace openlsa::authority
