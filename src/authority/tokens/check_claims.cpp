#include "authority/tokens/check_claims.hpp"

#include <algorithm>

#include "authority/tokens/check_information.hpp"

namespace openlsa::authority {
namespace {

constexpr std::uint32_t information_v3 = 3;  // LsaTokenInformationV3
// A token lives as long as its session, and a machine has many: what one says of its user fits a page or two.
constexpr std::size_t max_claims = 256;
constexpr std::size_t max_values = 1024;  // of one claim
constexpr std::size_t max_name_units = 256;
constexpr std::size_t max_claims_bytes = 64 * 1024;

// CLAIM_SECURITY_ATTRIBUTE_TYPE_* (winnt.h)
enum ClaimType : std::uint16_t { int64 = 1, uint64 = 2, string = 3, fqbn = 4, sid = 5, boolean = 6, octet_string = 16 };
// CLAIM_SECURITY_ATTRIBUTE_VALID_FLAGS and _CUSTOM_FLAGS; [MS-DTYP] 2.4.10.1 has the others as reserved.
constexpr std::uint32_t valid_flags = 0xffff003f;

// The lists that the type does not use are empty.
bool has_values_of_its_type(const nt::Claim& claim) {
  switch (claim.type) {
    case int64:
    case uint64:
      return claim.texts.empty() && claim.octets.empty();
    case boolean:
      return claim.texts.empty() && claim.octets.empty() &&
             std::all_of(claim.numbers.begin(), claim.numbers.end(), [](std::uint64_t value) { return value <= 1; });
    case string:
      return claim.numbers.empty() && claim.octets.empty();
    case fqbn:
      return claim.numbers.size() == claim.texts.size() && claim.octets.empty();
    case sid:
      return claim.numbers.empty() && claim.texts.empty() &&
             std::all_of(claim.octets.begin(), claim.octets.end(),
                         [](const base::Bytes& value) { return nt::Sid::from_bytes(value).has_value(); });
    case octet_string:
      return claim.numbers.empty() && claim.texts.empty();
    default:
      return false;
  }
}

// Texts are counted here and end with a NUL where they are laid out: none may have one inside.
bool is_text(const std::u16string& text) { return text.find(u'\0') == std::u16string::npos; }

bool is_sound(const nt::Claim& claim) {
  return !claim.name.empty() && claim.name.size() <= max_name_units && is_text(claim.name) &&
         (claim.flags & ~valid_flags) == 0 &&
         std::max({claim.numbers.size(), claim.texts.size(), claim.octets.size()}) <= max_values &&
         std::all_of(claim.texts.begin(), claim.texts.end(), is_text) && has_values_of_its_type(claim);
}

std::size_t size_of(const nt::Claim& claim) {
  std::size_t size = sizeof(nt::Claim) + 2 * claim.name.size() + 8 * claim.numbers.size();
  for (const std::u16string& text : claim.texts) size += 16 + 2 * text.size();
  for (const base::Bytes& octets : claim.octets) size += 16 + octets.size();
  return size;
}

bool are_sound(const std::vector<nt::Claim>& claims) {
  if (claims.size() > max_claims || !std::all_of(claims.begin(), claims.end(), is_sound)) return false;
  std::size_t size = 0;
  for (const nt::Claim& claim : claims) size += size_of(claim);
  return size <= max_claims_bytes;
}

}  // namespace

nt::Status check_claims(const nt::TokenInformation& information) {
  if (information.type != information_v3) {
    const bool none =
        information.user_claims.empty() && information.device_claims.empty() && information.device_groups.empty();
    return none ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
  }
  if (!are_sound(information.user_claims) || !are_sound(information.device_claims)) return STATUS_INVALID_PARAMETER;
  return check_groups(information.device_groups);
}

}  // namespace openlsa::authority
