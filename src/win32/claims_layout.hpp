// CLAIM_SECURITY_ATTRIBUTES_INFORMATION (winnt.h) in an InformationBlock, in the form with pointers: what
// TokenUserClaimAttributes answers, and what LSA_TOKEN_INFORMATION_V3 holds.
#pragma once

#include <openlsa/windows.h>

#include <algorithm>
#include <cstddef>
#include <string>

#include "nt/token_data.hpp"
#include "win32/information_block.hpp"

namespace openlsa::win32 {

inline std::size_t append_wide_text(InformationBlock& block, const std::u16string& text) {
  return block.append(base::as_bytes(text.c_str(), (text.size() + 1) * sizeof(char16_t)), alignof(WCHAR));
}

// The array of values; its offset.
inline std::size_t append_claim_values(InformationBlock& block, const nt::Claim& claim) {
  switch (claim.type) {
    case CLAIM_SECURITY_ATTRIBUTE_TYPE_STRING: {
      const std::size_t array = block.reserve(claim.texts.size() * sizeof(PWSTR), alignof(PWSTR));
      for (std::size_t i = 0; i < claim.texts.size(); ++i)
        block.point(array + i * sizeof(PWSTR), append_wide_text(block, claim.texts[i]));
      return array;
    }
    case CLAIM_SECURITY_ATTRIBUTE_TYPE_FQBN: {
      using Value = CLAIM_SECURITY_ATTRIBUTE_FQBN_VALUE;
      const std::size_t count = std::min(claim.texts.size(), claim.numbers.size());
      const std::size_t array = block.reserve(count * sizeof(Value), alignof(Value));
      for (std::size_t i = 0; i < count; ++i) {
        block.write(array + i * sizeof(Value) + offsetof(Value, Version), DWORD64{claim.numbers[i]});
        block.point(array + i * sizeof(Value) + offsetof(Value, Name), append_wide_text(block, claim.texts[i]));
      }
      return array;
    }
    case CLAIM_SECURITY_ATTRIBUTE_TYPE_SID:
    case CLAIM_SECURITY_ATTRIBUTE_TYPE_OCTET_STRING: {
      using Value = CLAIM_SECURITY_ATTRIBUTE_OCTET_STRING_VALUE;
      const std::size_t array = block.reserve(claim.octets.size() * sizeof(Value), alignof(Value));
      for (std::size_t i = 0; i < claim.octets.size(); ++i) {
        block.write(array + i * sizeof(Value) + offsetof(Value, ValueLength),
                    static_cast<DWORD>(claim.octets[i].size()));
        block.point(array + i * sizeof(Value) + offsetof(Value, pValue),
                    block.append(claim.octets[i], alignof(DWORD64)));
      }
      return array;
    }
    default:
      return block.append(base::as_bytes(claim.numbers.data(), claim.numbers.size() * sizeof(DWORD64)),
                          alignof(DWORD64));
  }
}

inline std::size_t append_claims(InformationBlock& block, const std::vector<nt::Claim>& claims) {
  using Attribute = CLAIM_SECURITY_ATTRIBUTE_V1;
  CLAIM_SECURITY_ATTRIBUTES_INFORMATION head{};
  head.Version = CLAIM_SECURITY_ATTRIBUTES_INFORMATION_VERSION;
  head.AttributeCount = static_cast<DWORD>(claims.size());
  const std::size_t at = block.reserve(sizeof head, alignof(CLAIM_SECURITY_ATTRIBUTES_INFORMATION));
  block.write(at, head);
  if (claims.empty()) return at;  // the array is NULL
  const std::size_t array = block.reserve(claims.size() * sizeof(Attribute), alignof(Attribute));
  block.point(at + offsetof(CLAIM_SECURITY_ATTRIBUTES_INFORMATION, Attribute), array);
  for (std::size_t i = 0; i < claims.size(); ++i) {
    const nt::Claim& claim = claims[i];
    Attribute attribute{};
    attribute.ValueType = claim.type;
    attribute.Flags = claim.flags;
    attribute.ValueCount =
        static_cast<DWORD>(std::max({claim.numbers.size(), claim.texts.size(), claim.octets.size()}));
    const std::size_t place = array + i * sizeof attribute;
    block.write(place, attribute);
    block.point(place + offsetof(Attribute, Name), append_wide_text(block, claim.name));
    if (attribute.ValueCount != 0) block.point(place + offsetof(Attribute, Values), append_claim_values(block, claim));
  }
  return at;
}

}  // namespace openlsa::win32
