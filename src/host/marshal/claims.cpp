#include "host/marshal/claims.hpp"

#include <algorithm>
#include <cstddef>

#include "host/lsa_heap.hpp"

namespace openlsa::host::marshal {
namespace {

// More than any token holds; the authority's own limits are lower (authority/tokens/check_claims.cpp).
constexpr std::size_t max_claims = 1024;
constexpr std::size_t max_values = 4096;
constexpr std::size_t max_text_units = 32 * 1024;

using Information = CLAIM_SECURITY_ATTRIBUTES_INFORMATION;
using Attribute = CLAIM_SECURITY_ATTRIBUTE_V1;
using Fqbn = CLAIM_SECURITY_ATTRIBUTE_FQBN_VALUE;
using Octets = CLAIM_SECURITY_ATTRIBUTE_OCTET_STRING_VALUE;

constexpr Refusal leaves_its_block{"claims that leave their block"};

// A text up to its NUL, which must come before the block ends.
Copied<std::u16string> copy_terminated(const WCHAR* text, Reach reach) {
  std::size_t limit = max_text_units;
  if (reach == Reach::heap_only) limit = std::min(limit, lsa_heap::readable_bytes(text) / sizeof(WCHAR));
  if (text == nullptr) return std::unexpected(leaves_its_block);
  const auto* units = reinterpret_cast<const char16_t*>(text);
  for (std::size_t i = 0; i < limit; ++i)
    if (units[i] == 0) return std::u16string(units, i);
  return std::unexpected(Refusal{"a claim with a text without an end"});
}

template <class Value, class Take>
Copied<void> for_each_value(const Value* values, std::size_t count, Reach reach, Take&& take) {
  if (!reachable(values, count * sizeof(Value), reach)) return std::unexpected(leaves_its_block);
  for (std::size_t i = 0; i < count; ++i)
    if (Copied<void> taken = take(values[i]); !taken) return taken;
  return {};
}

Copied<void> copy_values(const Attribute& source, Reach reach, nt::Claim& claim) {
  const std::size_t count = source.ValueCount;
  const auto text = [&](const WCHAR* value) -> Copied<void> {
    auto copied = copy_terminated(value, reach);
    if (!copied) return std::unexpected(copied.error());
    claim.texts.push_back(std::move(*copied));
    return {};
  };
  switch (source.ValueType) {
    case CLAIM_SECURITY_ATTRIBUTE_TYPE_INT64:
    case CLAIM_SECURITY_ATTRIBUTE_TYPE_UINT64:
    case CLAIM_SECURITY_ATTRIBUTE_TYPE_BOOLEAN:
      return for_each_value(source.Values.pUint64, count, reach, [&](DWORD64 value) -> Copied<void> {
        claim.numbers.push_back(value);
        return {};
      });
    case CLAIM_SECURITY_ATTRIBUTE_TYPE_STRING:
      return for_each_value(source.Values.ppString, count, reach, text);
    case CLAIM_SECURITY_ATTRIBUTE_TYPE_FQBN:
      return for_each_value(source.Values.pFqbn, count, reach, [&](const Fqbn& value) -> Copied<void> {
        claim.numbers.push_back(value.Version);
        return text(value.Name);
      });
    case CLAIM_SECURITY_ATTRIBUTE_TYPE_SID:
    case CLAIM_SECURITY_ATTRIBUTE_TYPE_OCTET_STRING:
      return for_each_value(source.Values.pOctetString, count, reach, [&](const Octets& value) -> Copied<void> {
        if (!reachable(value.pValue, value.ValueLength, reach)) return std::unexpected(leaves_its_block);
        claim.octets.push_back(base::to_bytes(base::as_bytes(value.pValue, value.ValueLength)));
        return {};
      });
    default:
      return std::unexpected(Refusal{"a claim of a type that there is not"});
  }
}

Copied<nt::Claim> copy_claim(const Attribute& source, Reach reach) {
  nt::Claim claim;
  auto name = copy_terminated(source.Name, reach);
  if (!name) return std::unexpected(name.error());
  claim.name = std::move(*name);
  claim.type = source.ValueType;
  claim.flags = source.Flags;
  if (source.ValueCount > max_values) return std::unexpected(Refusal{"a claim of too many values"});
  if (auto copied = copy_values(source, reach, claim); !copied) return std::unexpected(copied.error());
  return claim;
}

// The values of an attribute that lie in blocks of their own.
void collect_values(const Attribute& attribute, std::set<const void*>& blocks) {
  const void* const values = attribute.Values.pUint64;
  blocks.insert(values);
  const std::size_t readable = lsa_heap::readable_bytes(values);
  const auto fitting = [&](std::size_t size) { return std::min<std::size_t>(attribute.ValueCount, readable / size); };
  switch (attribute.ValueType) {
    case CLAIM_SECURITY_ATTRIBUTE_TYPE_STRING:
      for (std::size_t i = 0; i < fitting(sizeof(PWSTR)); ++i) blocks.insert(attribute.Values.ppString[i]);
      break;
    case CLAIM_SECURITY_ATTRIBUTE_TYPE_FQBN:
      for (std::size_t i = 0; i < fitting(sizeof(Fqbn)); ++i) blocks.insert(attribute.Values.pFqbn[i].Name);
      break;
    case CLAIM_SECURITY_ATTRIBUTE_TYPE_SID:
    case CLAIM_SECURITY_ATTRIBUTE_TYPE_OCTET_STRING:
      for (std::size_t i = 0; i < fitting(sizeof(Octets)); ++i) blocks.insert(attribute.Values.pOctetString[i].pValue);
      break;
    default:
      break;
  }
}

}  // namespace

Copied<std::vector<nt::Claim>> copy_claims(const void* information, Reach reach) {
  std::vector<nt::Claim> result;
  if (information == nullptr) return result;
  if (!reachable(information, sizeof(Information), reach)) return std::unexpected(Refusal{"claims outside the heap"});
  const auto& head = *static_cast<const Information*>(information);
  if (head.Version != CLAIM_SECURITY_ATTRIBUTES_INFORMATION_VERSION)
    return std::unexpected(Refusal{"claims of a version that there is not"});
  const std::size_t count = head.AttributeCount;
  if (count > max_claims || !reachable(head.Attribute.pAttributeV1, count * sizeof(Attribute), reach))
    return std::unexpected(leaves_its_block);
  for (std::size_t i = 0; i < count; ++i) {
    auto claim = copy_claim(head.Attribute.pAttributeV1[i], reach);
    if (!claim) return std::unexpected(claim.error());
    result.push_back(std::move(*claim));
  }
  return result;
}

void collect_claims(const void* information, std::set<const void*>& blocks) {
  if (lsa_heap::readable_bytes(information) < sizeof(Information)) return;
  blocks.insert(information);
  const auto& head = *static_cast<const Information*>(information);
  const Attribute* const attributes = head.Attribute.pAttributeV1;
  blocks.insert(attributes);
  const std::size_t fitting =
      std::min<std::size_t>(head.AttributeCount, lsa_heap::readable_bytes(attributes) / sizeof(Attribute));
  for (std::size_t i = 0; i < fitting; ++i) {
    blocks.insert(attributes[i].Name);
    collect_values(attributes[i], blocks);
  }
}

}  // namespace openlsa::host::marshal
