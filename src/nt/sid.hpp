// SID as a value ([MS-DTYP] 2.4.2): revision 1, a 48-bit identifier authority, up to 15 sub-authorities.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"

namespace openlsa::nt {

class Sid {
 public:
  static constexpr std::size_t max_sub_authorities = 15;
  static constexpr std::size_t max_size_bytes = 8 + 4 * max_sub_authorities;

  constexpr Sid() = default;
  constexpr Sid(std::uint64_t authority, std::initializer_list<std::uint32_t> sub_authorities) : authority_(authority) {
    for (std::uint32_t value : sub_authorities)
      if (count_ < max_sub_authorities) sub_authorities_[count_++] = value;
  }

  // From the binary form; the view must hold exactly one valid SID.
  static std::optional<Sid> from_bytes(base::ByteView bytes);
  // From S-1-5-21-...; decimal, or hexadecimal for authorities of 2^32 and more ([MS-DTYP] 2.4.2.1).
  static std::optional<Sid> parse(std::string_view text);

  std::size_t size_bytes() const { return 8 + 4 * std::size_t{count_}; }
  void append_to(base::Bytes& out) const;
  base::Bytes to_bytes() const;
  std::string to_string() const;

  bool empty() const { return count_ == 0 && authority_ == 0; }
  std::uint64_t authority() const { return authority_; }
  std::uint8_t count() const { return count_; }
  std::uint32_t sub_authority(std::size_t index) const { return index < count_ ? sub_authorities_[index] : 0; }
  std::uint32_t rid() const { return count_ == 0 ? 0 : sub_authorities_[count_ - 1]; }
  // This SID with one more sub-authority; the same SID when there is no room.
  Sid with_rid(std::uint32_t rid) const;
  // Everything but the last sub-authority.
  Sid domain() const;

  auto operator<=>(const Sid&) const = default;

 private:
  std::uint64_t authority_ = 0;
  std::uint8_t count_ = 0;
  std::array<std::uint32_t, max_sub_authorities> sub_authorities_{};
};

// Well-known SIDs ([MS-DTYP] 2.4.2.4).
namespace well_known {
inline constexpr Sid null_sid{0, {0}};
inline constexpr Sid world{1, {0}};
inline constexpr Sid local{2, {0}};
inline constexpr Sid network{5, {2}};
inline constexpr Sid batch{5, {3}};
inline constexpr Sid interactive{5, {4}};
inline constexpr Sid service{5, {6}};
inline constexpr Sid anonymous{5, {7}};
inline constexpr Sid authenticated_users{5, {11}};
inline constexpr Sid remote_interactive{5, {14}};
inline constexpr Sid local_system{5, {18}};
inline constexpr Sid administrators{5, {32, 544}};
inline constexpr Sid users{5, {32, 545}};
// S-1-22-1-uid and S-1-22-2-gid name Unix users and groups without an account row (the convention that Samba set).
inline constexpr Sid unix_users{22, {1}};
inline constexpr Sid unix_groups{22, {2}};
}  // namespace well_known

}  // namespace openlsa::nt
