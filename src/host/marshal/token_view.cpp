#include "host/marshal/token_view.hpp"

#include <cstddef>

#include "win32/claims_layout.hpp"
#include "win32/structure_layout.hpp"

namespace openlsa::host::marshal {
namespace {

using win32::InformationBlock;
using V3 = LSA_TOKEN_INFORMATION_V3;  // V1 and V2 are its first members

void lay_out_null(InformationBlock& block, const nt::TokenInformation& value) {
  LSA_TOKEN_INFORMATION_NULL head{};
  head.ExpirationTime.QuadPart = value.expiration.ticks;
  block.write(block.reserve(sizeof head, alignof(LSA_TOKEN_INFORMATION_NULL)), head);
  if (!value.groups.empty())
    block.point(offsetof(LSA_TOKEN_INFORMATION_NULL, Groups), win32::append_groups(block, value.groups));
}

void lay_out_v3_members(InformationBlock& block, const nt::TokenInformation& value) {
  if (!value.user_claims.empty()) block.point(offsetof(V3, UserClaims), win32::append_claims(block, value.user_claims));
  if (!value.device_claims.empty())
    block.point(offsetof(V3, DeviceClaims), win32::append_claims(block, value.device_claims));
  if (!value.device_groups.empty())
    block.point(offsetof(V3, DeviceGroups), win32::append_groups(block, value.device_groups));
}

void lay_out_members(InformationBlock& block, const nt::TokenInformation& value) {
  static_assert(offsetof(V3, UserClaims) == sizeof(LSA_TOKEN_INFORMATION_V1));
  LSA_TOKEN_INFORMATION_V1 head{};
  head.ExpirationTime.QuadPart = value.expiration.ticks;
  const bool v3 = value.type == LsaTokenInformationV3;
  block.reserve(v3 ? sizeof(V3) : sizeof head, alignof(V3));
  block.write(0, head);
  win32::fill_sid_and_attributes(block, offsetof(V3, User), value.user);
  if (!value.groups.empty()) block.point(offsetof(V3, Groups), win32::append_groups(block, value.groups));
  win32::point_to_sid(block, offsetof(V3, PrimaryGroup), value.primary_group);
  if (!value.privileges.empty())
    block.point(offsetof(V3, Privileges), win32::append_privilege_list(block, value.privileges));
  if (value.owner) win32::point_to_sid(block, offsetof(V3, Owner), *value.owner);
  if (!value.default_dacl.empty())
    block.point(offsetof(V3, DefaultDacl), block.append(value.default_dacl, alignof(DWORD)));
  if (v3) lay_out_v3_members(block, value);
}

}  // namespace

TokenInformationView::TokenInformationView(const nt::TokenInformation& value)
    : type_(static_cast<LSA_TOKEN_INFORMATION_TYPE>(value.type)) {
  InformationBlock block;
  if (type_ == LsaTokenInformationNull)
    lay_out_null(block, value);
  else
    lay_out_members(block, value);
  storage_.resize(block.size());
  block.copy_to(storage_.data());
}

}  // namespace openlsa::host::marshal
