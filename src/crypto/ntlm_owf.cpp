#include "crypto/ntlm_owf.hpp"

#include "crypto/des.hpp"
#include "crypto/hmac_md5.hpp"
#include "crypto/md4.hpp"

namespace openlsa::crypto {
namespace {

// In pieces, so that no second copy of a password of any length is left behind.
template <class Hash>
void update_utf16(Hash& hash, std::u16string_view text, bool upper) {
  std::array<std::uint8_t, 128> piece;
  std::size_t filled = 0;
  for (const char16_t given : text) {
    const char16_t unit = upper ? to_upper(given) : given;
    piece[filled++] = static_cast<std::uint8_t>(unit);
    piece[filled++] = static_cast<std::uint8_t>(unit >> 8);
    if (filled == piece.size()) {
      hash.update(piece);
      filled = 0;
    }
  }
  hash.update(ByteView(piece).first(filled));
  wipe(piece);
}

}  // namespace

Owf nt_owf(std::u16string_view password) {
  Md4 hash;
  update_utf16(hash, password, false);
  Digest digest = hash.finish();
  const Owf owf{digest};
  wipe(digest);
  return owf;
}

Owf nt_owf_v2(const Owf& nt, std::u16string_view user, std::u16string_view domain) {
  const HmacMd5Key key(nt.reveal());
  Md5 inner = key.begin();
  update_utf16(inner, user, true);
  update_utf16(inner, domain, false);
  Digest digest = key.finish(inner);
  const Owf owf{digest};
  wipe(digest);
  return owf;
}

std::optional<Owf> lm_owf(std::u16string_view password) {
  constexpr DesBlock text = {'K', 'G', 'S', '!', '@', '#', '$', '%'};
  constexpr std::size_t most_characters = 14;
  if (password.size() > most_characters) return std::nullopt;
  Wiped<most_characters> upper;
  for (std::size_t i = 0; i < password.size(); ++i) {
    if (password[i] > 0x7f) return std::nullopt;
    upper.reveal_mutable()[i] = static_cast<std::uint8_t>(to_upper(password[i]));
  }
  Owf owf;
  const DesBlock first = des_of_7_bytes(upper.reveal().subspan<0, 7>(), text);
  const DesBlock second = des_of_7_bytes(upper.reveal().subspan<7, 7>(), text);
  std::memcpy(owf.reveal_mutable().data(), first.data(), 8);
  std::memcpy(owf.reveal_mutable().data() + 8, second.data(), 8);
  return owf;
}

}  // namespace openlsa::crypto
