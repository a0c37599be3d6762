#include "host/marshal/token_information.hpp"

#include <cstddef>
#include <set>

#include "host/lsa_heap.hpp"
#include "host/marshal/claims.hpp"

namespace openlsa::host::marshal {
namespace {

// More than any documented token holds; a count beyond it is a lie, whatever the memory behind it says.
constexpr std::size_t max_groups = 4096;
constexpr std::size_t max_privileges = 256;

#define OPENLSA_COPY(expression)                                         \
  ({                                                                     \
    auto openlsa_copied = (expression);                                  \
    if (!openlsa_copied) return std::unexpected(openlsa_copied.error()); \
    std::move(*openlsa_copied);                                          \
  })

Copied<nt::SidAndAttributes> copy_sid_and_attributes(const SID_AND_ATTRIBUTES& source, Reach reach) {
  const auto sid = OPENLSA_COPY(copy_sid(source.Sid, reach));
  if (!sid) return std::unexpected(Refusal{"a group or user without a SID"});
  return nt::SidAndAttributes{*sid, source.Attributes};
}

Copied<std::vector<nt::Privilege>> copy_privileges(const TOKEN_PRIVILEGES* source, Reach reach) {
  std::vector<nt::Privilege> result;
  if (source == nullptr) return result;
  constexpr std::size_t head = offsetof(TOKEN_PRIVILEGES, Privileges);
  if (!reachable(source, head, reach)) return std::unexpected(Refusal{"privileges outside the heap"});
  const std::size_t count = source->PrivilegeCount;
  if (count > max_privileges || !reachable(source, head + count * sizeof(LUID_AND_ATTRIBUTES), reach))
    return std::unexpected(Refusal{"privileges that leave their block"});
  for (std::size_t i = 0; i < count; ++i) {
    const LUID_AND_ATTRIBUTES& privilege = source->Privileges[i];
    result.push_back({nt::Luid::from_parts(privilege.Luid.LowPart, privilege.Luid.HighPart), privilege.Attributes});
  }
  return result;
}

Copied<base::Bytes> copy_acl(const ACL* acl, Reach reach) {
  if (acl == nullptr) return base::Bytes();
  if (!reachable(acl, sizeof *acl, reach) || acl->AclSize < sizeof *acl || !reachable(acl, acl->AclSize, reach))
    return std::unexpected(Refusal{"a default DACL that leaves its block"});
  return base::to_bytes(base::as_bytes(acl, acl->AclSize));
}

Copied<nt::TokenInformation> copy_null(const LSA_TOKEN_INFORMATION_NULL& source, Reach reach) {
  nt::TokenInformation result;
  result.type = LsaTokenInformationNull;
  result.expiration.ticks = source.ExpirationTime.QuadPart;
  result.groups = OPENLSA_COPY(copy_groups(source.Groups, reach));
  return result;
}

Copied<nt::TokenInformation> copy_v1(const LSA_TOKEN_INFORMATION_V1& source, Reach reach) {
  nt::TokenInformation result;
  result.expiration.ticks = source.ExpirationTime.QuadPart;
  result.user = OPENLSA_COPY(copy_sid_and_attributes(source.User.User, reach));
  result.groups = OPENLSA_COPY(copy_groups(source.Groups, reach));
  const auto primary_group = OPENLSA_COPY(copy_sid(source.PrimaryGroup.PrimaryGroup, reach));
  if (!primary_group) return std::unexpected(Refusal{"token information without a primary group"});
  result.primary_group = *primary_group;
  result.privileges = OPENLSA_COPY(copy_privileges(source.Privileges, reach));
  result.owner = OPENLSA_COPY(copy_sid(source.Owner.Owner, reach));
  result.default_dacl = OPENLSA_COPY(copy_acl(source.DefaultDacl.DefaultDacl, reach));
  return result;
}

// What V3 has more than V1.
Copied<void> copy_v3_members(const LSA_TOKEN_INFORMATION_V3& source, Reach reach, nt::TokenInformation& result) {
  result.user_claims = OPENLSA_COPY(copy_claims(source.UserClaims.UserClaims, reach));
  result.device_claims = OPENLSA_COPY(copy_claims(source.DeviceClaims.DeviceClaims, reach));
  result.device_groups = OPENLSA_COPY(copy_groups(source.DeviceGroups, reach));
  return {};
}

// Where the blocks of one structure start; a set, for the same block may be named twice.
using Blocks = std::set<const void*>;

void collect_groups(const TOKEN_GROUPS* groups, Blocks& blocks) {
  if (groups == nullptr) return;
  constexpr std::size_t head = offsetof(TOKEN_GROUPS, Groups);
  const std::size_t readable = lsa_heap::readable_bytes(groups);
  if (readable < head) return;
  blocks.insert(groups);
  const std::size_t fitting = (readable - head) / sizeof(SID_AND_ATTRIBUTES);
  for (std::size_t i = 0; i < groups->GroupCount && i < fitting; ++i) blocks.insert(groups->Groups[i].Sid);
}

}  // namespace

Copied<std::vector<nt::SidAndAttributes>> copy_groups(const TOKEN_GROUPS* groups, Reach reach) {
  std::vector<nt::SidAndAttributes> result;
  if (groups == nullptr) return result;
  constexpr std::size_t head = offsetof(TOKEN_GROUPS, Groups);
  if (!reachable(groups, head, reach)) return std::unexpected(Refusal{"groups outside the heap"});
  const std::size_t count = groups->GroupCount;
  if (count > max_groups || !reachable(groups, head + count * sizeof(SID_AND_ATTRIBUTES), reach))
    return std::unexpected(Refusal{"groups that leave their block"});
  for (std::size_t i = 0; i < count; ++i)
    result.push_back(OPENLSA_COPY(copy_sid_and_attributes(groups->Groups[i], reach)));
  return result;
}

Copied<nt::TokenInformation> copy_token_information(std::uint32_t type, const void* information, Reach reach) {
  if (information == nullptr) return std::unexpected(Refusal{"no token information"});
  if (type == LsaTokenInformationNull) {
    if (!reachable(information, sizeof(LSA_TOKEN_INFORMATION_NULL), reach))
      return std::unexpected(Refusal{"token information outside the LSA heap"});
    return copy_null(*static_cast<const LSA_TOKEN_INFORMATION_NULL*>(information), reach);
  }
  if (type != LsaTokenInformationV1 && type != LsaTokenInformationV2 && type != LsaTokenInformationV3)
    return std::unexpected(Refusal{"token information of a type that is not supported"});
  const bool v3 = type == LsaTokenInformationV3;
  if (!reachable(information, v3 ? sizeof(LSA_TOKEN_INFORMATION_V3) : sizeof(LSA_TOKEN_INFORMATION_V1), reach))
    return std::unexpected(Refusal{"token information outside the LSA heap"});
  // V3 begins with the members of V1.
  auto result = OPENLSA_COPY(copy_v1(*static_cast<const LSA_TOKEN_INFORMATION_V1*>(information), reach));
  result.type = type;
  if (v3)
    if (auto copied = copy_v3_members(*static_cast<const LSA_TOKEN_INFORMATION_V3*>(information), reach, result);
        !copied)
      return std::unexpected(copied.error());
  return result;
}

void free_token_information(std::uint32_t type, void* information) {
  const std::size_t readable = lsa_heap::readable_bytes(information);
  if (readable == 0) return;
  Blocks blocks;
  if (type == LsaTokenInformationNull && readable >= sizeof(LSA_TOKEN_INFORMATION_NULL)) {
    collect_groups(static_cast<const LSA_TOKEN_INFORMATION_NULL*>(information)->Groups, blocks);
  } else if ((type == LsaTokenInformationV1 || type == LsaTokenInformationV3) &&
             readable >= sizeof(LSA_TOKEN_INFORMATION_V1)) {
    const auto& v1 = *static_cast<const LSA_TOKEN_INFORMATION_V1*>(information);
    collect_groups(v1.Groups, blocks);
    for (const void* member :
         {static_cast<const void*>(v1.User.User.Sid), static_cast<const void*>(v1.PrimaryGroup.PrimaryGroup),
          static_cast<const void*>(v1.Privileges), static_cast<const void*>(v1.Owner.Owner),
          static_cast<const void*>(v1.DefaultDacl.DefaultDacl)})
      blocks.insert(member);
  }
  if (type == LsaTokenInformationV3 && readable >= sizeof(LSA_TOKEN_INFORMATION_V3)) {
    const auto& v3 = *static_cast<const LSA_TOKEN_INFORMATION_V3*>(information);
    collect_claims(v3.UserClaims.UserClaims, blocks);
    collect_claims(v3.DeviceClaims.DeviceClaims, blocks);
    collect_groups(v3.DeviceGroups, blocks);
  }
  blocks.erase(information);
  // Looked up while all of them live: an address within a block that lives is the start of no other.
  std::erase_if(blocks, [](const void* block) { return !lsa_heap::is_block(block); });
  for (const void* block : blocks) lsa_heap::free_if_block(block);
  lsa_heap::free_if_block(information);
}

}  // namespace openlsa::host::marshal
