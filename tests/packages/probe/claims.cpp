// LSA_TOKEN_INFORMATION_V3: claims of each type, and a device's groups. Every piece is a block of its own.
#include <cstring>

#include "probe.hpp"

namespace probe {
namespace {

using Attribute = CLAIM_SECURITY_ATTRIBUTE_V1;

template <class T>
T* block_of(std::initializer_list<T> values) {
  return static_cast<T*>(heap_copy(values.begin(), values.size() * sizeof(T)));
}

PWSTR text_block(std::string_view text) {
  const std::u16string wide = widen(text);
  return static_cast<PWSTR>(heap_copy(wide.c_str(), (wide.size() + 1) * sizeof(char16_t)));
}

Attribute attribute(std::string_view name, WORD type, DWORD count, void* values) {
  Attribute result{};
  result.Name = text_block(name);
  result.ValueType = type;
  result.Flags = CLAIM_SECURITY_ATTRIBUTE_MANDATORY;
  result.ValueCount = count;
  result.Values.pUint64 = static_cast<PDWORD64>(values);
  return result;
}

PVOID information_of(std::initializer_list<Attribute> attributes) {
  CLAIM_SECURITY_ATTRIBUTES_INFORMATION head{};
  head.Version = CLAIM_SECURITY_ATTRIBUTES_INFORMATION_VERSION;
  head.AttributeCount = static_cast<DWORD>(attributes.size());
  head.Attribute.pAttributeV1 = block_of(attributes);
  return heap_copy(&head, sizeof head);
}

PVOID user_claims(const std::string& kind) {
  static const UCHAR everyone[] = {1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0};
  static WCHAR astray[] = {'x', 0};  // not in the heap
  Attribute strings = attribute("title", CLAIM_SECURITY_ATTRIBUTE_TYPE_STRING, 2,
                                block_of<PWSTR>({text_block("chief"), text_block("cook")}));
  if (kind == "wild") strings.Name = astray;
  if (kind == "count") strings.ValueCount = 1000;
  if (kind == "type") strings.ValueType = 0x77;
  if (kind == "flags") strings.Flags = 0x8000;
  return information_of(
      {strings, attribute("level", CLAIM_SECURITY_ATTRIBUTE_TYPE_INT64, 1, block_of<LONG64>({-7})),
       attribute("badge", CLAIM_SECURITY_ATTRIBUTE_TYPE_UINT64, 1, block_of<DWORD64>({0xffffffffffffffff})),
       attribute("sober", CLAIM_SECURITY_ATTRIBUTE_TYPE_BOOLEAN, 1, block_of<DWORD64>({kind == "boolean" ? 2u : 1u})),
       attribute("app", CLAIM_SECURITY_ATTRIBUTE_TYPE_FQBN, 1,
                 block_of<CLAIM_SECURITY_ATTRIBUTE_FQBN_VALUE>({{0x1000200030004, text_block("O=probe")}})),
       attribute("group", CLAIM_SECURITY_ATTRIBUTE_TYPE_SID, 1,
                 block_of<CLAIM_SECURITY_ATTRIBUTE_OCTET_STRING_VALUE>(
                     {{heap_copy(everyone, sizeof everyone), sizeof everyone}})),
       attribute("raw", CLAIM_SECURITY_ATTRIBUTE_TYPE_OCTET_STRING, 1,
                 block_of<CLAIM_SECURITY_ATTRIBUTE_OCTET_STRING_VALUE>({{heap_copy("\1\2\3", 3), 3}}))});
}

}  // namespace

// `kind` says what of it is wrong; empty: nothing.
void fill_claims(PLSA_TOKEN_INFORMATION_V3 v3, const std::string& kind) {
  static const UCHAR device_group[] = {1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 0x43, 2, 0, 0};  // S-1-5-32-579
  v3->UserClaims.UserClaims = user_claims(kind);
  v3->DeviceClaims.DeviceClaims = information_of(
      {attribute("zone", CLAIM_SECURITY_ATTRIBUTE_TYPE_STRING, 1, block_of<PWSTR>({text_block("lab")}))});
  v3->DeviceGroups = static_cast<PTOKEN_GROUPS>(lsa->AllocatePrivateHeap(sizeof(TOKEN_GROUPS)));
  v3->DeviceGroups->GroupCount = 1;
  v3->DeviceGroups->Groups[0] = {heap_copy(device_group, sizeof device_group), SE_GROUP_ENABLED};
}

// ":title=chief,cook:..." of the first claims, and how many groups the device has.
std::string claims_text(PLSA_TOKEN_INFORMATION_V3 v3) {
  const auto* claims = static_cast<PCLAIM_SECURITY_ATTRIBUTES_INFORMATION>(v3->UserClaims.UserClaims);
  if (claims == nullptr || claims->AttributeCount == 0) return ":(no claims)";
  const Attribute& first = claims->Attribute.pAttributeV1[0];
  std::string text = ":" + std::to_string(claims->AttributeCount) + ":" + narrow_terminated(first.Name) + "=";
  for (DWORD i = 0; first.ValueType == CLAIM_SECURITY_ATTRIBUTE_TYPE_STRING && i < first.ValueCount; ++i)
    text += (i == 0 ? "" : ",") + narrow_terminated(first.Values.ppString[i]);
  return text + ":" + std::to_string(v3->DeviceGroups == nullptr ? 0 : v3->DeviceGroups->GroupCount);
}

}  // namespace probe
