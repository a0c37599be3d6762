#include "win32/token_layout.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>

#include "win32/claims_layout.hpp"
#include "win32/structure_layout.hpp"

namespace openlsa::win32 {
namespace {

nt::SidAndAttributes user_of(const nt::TokenData& data) {
  // LsaTokenInformationNull: the token of nobody (LSA_TOKEN_INFORMATION_TYPE).
  if (data.information.user.sid.empty()) return {nt::well_known::anonymous, 0};
  return data.information.user;
}

nt::Sid owner_of(const nt::TokenData& data) {
  return data.information.owner ? *data.information.owner : user_of(data).sid;
}

nt::Sid primary_group_of(const nt::TokenData& data) {
  return data.information.primary_group.empty() ? user_of(data).sid : data.information.primary_group;
}

void append_pointer_to_sid(InformationBlock& block, const nt::Sid& sid) {
  point_to_sid(block, block.reserve(sizeof(PSID), alignof(PSID)), sid);
}

template <class T>
void append_value(InformationBlock& block, const T& value) {
  block.write(block.reserve(sizeof value, alignof(T)), value);
}

void lay_out_default_dacl(const nt::TokenData& data, InformationBlock& block) {
  const std::size_t pointer = block.reserve(sizeof(TOKEN_DEFAULT_DACL), alignof(TOKEN_DEFAULT_DACL));
  if (!data.information.default_dacl.empty())  // NULL: the token has none
    block.point(pointer, block.append(data.information.default_dacl, alignof(DWORD)));
}

// The user is the first of the SIDs.
void lay_out_groups_and_privileges(const nt::TokenData& data, InformationBlock& block) {
  std::vector<nt::SidAndAttributes> sids{user_of(data)};
  sids.insert(sids.end(), data.information.groups.begin(), data.information.groups.end());
  TOKEN_GROUPS_AND_PRIVILEGES head{};
  const std::size_t at = block.reserve(sizeof head, alignof(TOKEN_GROUPS_AND_PRIVILEGES));
  block.point(at + offsetof(TOKEN_GROUPS_AND_PRIVILEGES, Sids), append_sids(block, sids));
  head.SidCount = count_of(sids);
  head.SidLength = static_cast<DWORD>(block.size() - at - sizeof head);
  const std::size_t privileges = append_privileges(block, data.information.privileges);
  block.point(at + offsetof(TOKEN_GROUPS_AND_PRIVILEGES, Privileges), privileges);
  head.PrivilegeCount = count_of(data.information.privileges);
  head.PrivilegeLength = head.PrivilegeCount * static_cast<DWORD>(sizeof(LUID_AND_ATTRIBUTES));
  head.AuthenticationId = to_luid(data.logon_id);
  block.write(at, head);
}

TOKEN_SOURCE source_of(const nt::TokenData& data) {
  TOKEN_SOURCE source{};
  std::memcpy(source.SourceName, data.source.name.data(),
              std::min<std::size_t>(data.source.name.size(), TOKEN_SOURCE_LENGTH));
  source.SourceIdentifier = to_luid(data.source.identifier);
  return source;
}

TOKEN_STATISTICS statistics_of(const nt::TokenData& data) {
  TOKEN_STATISTICS statistics{};
  statistics.TokenId = to_luid(data.token_id);
  statistics.AuthenticationId = to_luid(data.logon_id);
  statistics.ExpirationTime.QuadPart = data.information.expiration.ticks;
  statistics.TokenType = static_cast<TOKEN_TYPE>(data.type);
  statistics.ImpersonationLevel = static_cast<SECURITY_IMPERSONATION_LEVEL>(data.level);
  // "The amount, in bytes, of memory allocated for storing default protection and a primary group identifier."
  statistics.DynamicCharged =
      static_cast<DWORD>(data.information.default_dacl.size() + primary_group_of(data).size_bytes());
  statistics.DynamicAvailable = 0;
  statistics.GroupCount = count_of(data.information.groups);
  statistics.PrivilegeCount = count_of(data.information.privileges);
  statistics.ModifiedId = to_luid(data.modified_id);
  return statistics;
}

// Elevated: the rights of an administrator, or of the system, are in force.
bool is_elevated(const nt::TokenData& data) {
  const nt::Sid user = user_of(data).sid;
  return user == nt::well_known::local_system ||
         std::any_of(
             data.information.groups.begin(), data.information.groups.end(), [](const nt::SidAndAttributes& group) {
               return group.sid == nt::well_known::administrators && (group.attributes & SE_GROUP_ENABLED) != 0 &&
                      (group.attributes & SE_GROUP_USE_FOR_DENY_ONLY) == 0;
             });
}

void lay_out_user(const nt::TokenData& data, InformationBlock& block) {
  fill_sid_and_attributes(block, block.reserve(sizeof(TOKEN_USER), alignof(TOKEN_USER)), user_of(data));
}

LayoutResult lay_out_fixed(const nt::TokenData& data, TOKEN_INFORMATION_CLASS information_class,
                           InformationBlock& block) {
  switch (information_class) {
    case TokenSource:
      append_value(block, source_of(data));
      return LayoutResult::laid_out;
    case TokenType:
      append_value(block, static_cast<TOKEN_TYPE>(data.type));
      return LayoutResult::laid_out;
    case TokenImpersonationLevel:
      // "If the access token is not an impersonation token, the function fails."
      if (data.type != nt::TokenType::impersonation) return LayoutResult::not_for_this_token;
      append_value(block, static_cast<SECURITY_IMPERSONATION_LEVEL>(data.level));
      return LayoutResult::laid_out;
    case TokenStatistics:
      append_value(block, statistics_of(data));
      return LayoutResult::laid_out;
    case TokenSessionId:  // there is one terminal session, the machine's own
      append_value(block, DWORD{0});
      return LayoutResult::laid_out;
    case TokenOrigin:
      append_value(block, TOKEN_ORIGIN{to_luid(data.origin)});
      return LayoutResult::laid_out;
    case TokenElevation:
      append_value(block, TOKEN_ELEVATION{is_elevated(data) ? 1u : 0u});
      return LayoutResult::laid_out;
    default:
      return LayoutResult::unknown_class;
  }
}

}  // namespace

bool has_fixed_size(TOKEN_INFORMATION_CLASS information_class) {
  constexpr std::array fixed{TokenSource,    TokenType,   TokenImpersonationLevel, TokenStatistics,
                             TokenSessionId, TokenOrigin, TokenElevation};
  return std::find(fixed.begin(), fixed.end(), information_class) != fixed.end();
}

LayoutResult lay_out(const nt::TokenData& data, TOKEN_INFORMATION_CLASS information_class, InformationBlock& block) {
  switch (information_class) {
    case TokenUser:
      lay_out_user(data, block);
      return LayoutResult::laid_out;
    case TokenGroups:
      append_groups(block, data.information.groups);
      return LayoutResult::laid_out;
    case TokenPrivileges:
      append_privilege_list(block, data.information.privileges);
      return LayoutResult::laid_out;
    case TokenOwner:
      append_pointer_to_sid(block, owner_of(data));
      return LayoutResult::laid_out;
    case TokenPrimaryGroup:
      append_pointer_to_sid(block, primary_group_of(data));
      return LayoutResult::laid_out;
    case TokenDefaultDacl:
      lay_out_default_dacl(data, block);
      return LayoutResult::laid_out;
    case TokenGroupsAndPrivileges:
      lay_out_groups_and_privileges(data, block);
      return LayoutResult::laid_out;
    case TokenUserClaimAttributes:
      append_claims(block, data.information.user_claims);
      return LayoutResult::laid_out;
    case TokenDeviceClaimAttributes:
      append_claims(block, data.information.device_claims);
      return LayoutResult::laid_out;
    case TokenDeviceGroups:
      append_groups(block, data.information.device_groups);
      return LayoutResult::laid_out;
    default:
      return lay_out_fixed(data, information_class, block);
  }
}

}  // namespace openlsa::win32
