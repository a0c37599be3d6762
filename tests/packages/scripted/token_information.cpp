#include "token_information.hpp"

#include <algorithm>
#include <cstring>

namespace scripted {
namespace {

constexpr LONGLONG never = 0x7fffffffffffffff;
constexpr DWORD group_attributes = SE_GROUP_MANDATORY | SE_GROUP_ENABLED | SE_GROUP_ENABLED_BY_DEFAULT;
using Sid = std::vector<UCHAR>;

struct Wanted {
  Sid user;
  Sid primary_group;
  std::vector<Sid> groups;
  std::vector<Sid> device_groups;
};

NTSTATUS find_groups(const std::string& names, std::vector<Sid>& sids) {
  for (const std::string& name : split(names, '+'))
    if (const NTSTATUS status = find_account(name, sids.emplace_back()); !NT_SUCCESS(status)) return status;
  return STATUS_SUCCESS;
}

NTSTATUS gather(const Options& options, Wanted& wanted) {
  NTSTATUS status = find_account(option(options, "user"), wanted.user);
  if (NT_SUCCESS(status)) status = find_account(option(options, "primary-group", "S-1-5-32-545"), wanted.primary_group);
  if (NT_SUCCESS(status)) status = find_groups(option(options, "groups"), wanted.groups);
  if (NT_SUCCESS(status)) status = find_groups(option(options, "device-groups"), wanted.device_groups);
  return status;
}

void* give_bytes(const Rule& rule, const char* output, std::string_view bytes) {
  return give(rule, output, "private", bytes).block;
}

void* give_sid(const Rule& rule, const char* output, const Sid& sid) {
  return give_bytes(rule, output, {reinterpret_cast<const char*>(sid.data()), sid.size()});
}

std::size_t groups_size(std::size_t count) {
  return offsetof(TOKEN_GROUPS, Groups) + std::max<std::size_t>(count, 1) * sizeof(SID_AND_ATTRIBUTES);
}

// `group-count=N`: what GroupCount says, whatever is there.
PTOKEN_GROUPS give_groups(const Rule& rule, const std::vector<Sid>& groups) {
  std::vector<UCHAR> block(groups_size(groups.size()));
  auto* head = reinterpret_cast<PTOKEN_GROUPS>(block.data());
  head->GroupCount = static_cast<DWORD>(rule.number("group-count", groups.size()));
  for (std::size_t i = 0; i < groups.size(); ++i)
    head->Groups[i] = {give_sid(rule, "GroupSid", groups[i]), group_attributes};
  return static_cast<PTOKEN_GROUPS>(
      give_bytes(rule, "Groups", {reinterpret_cast<const char*>(block.data()), block.size()}));
}

// A CLAIMS_BLOB as a block: its length, then its bytes.
PVOID give_claims(const Rule& rule, const char* output, const std::string& claims) {
  if (claims.empty()) return nullptr;
  const auto size = static_cast<ULONG>(claims.size());
  return give_bytes(rule, output, bytes_text(&size, sizeof size) + claims);
}

template <class Structure>
Structure first_members(const Rule& rule, const Options& options, const Wanted& wanted) {
  Structure v1{};
  v1.ExpirationTime.QuadPart = never;
  v1.User.User.Sid = give_sid(rule, "UserSid", wanted.user);
  v1.PrimaryGroup.PrimaryGroup = give_sid(rule, "PrimaryGroup", wanted.primary_group);
  v1.Groups = give_groups(rule, wanted.groups);
  if (option(options, "privileges") == "shutdown") {
    TOKEN_PRIVILEGES privileges{};
    privileges.PrivilegeCount = 1;
    privileges.Privileges[0].Luid = {19, 0};  // SE_SHUTDOWN_PRIVILEGE
    privileges.Privileges[0].Attributes = SE_PRIVILEGE_ENABLED;
    v1.Privileges =
        static_cast<PTOKEN_PRIVILEGES>(give_bytes(rule, "Privileges", bytes_text(&privileges, sizeof privileges)));
  }
  return v1;
}

// One block: the structure, the groups, then the SIDs.
std::string v2_contents(const Wanted& wanted, std::uintptr_t base) {
  std::string block(sizeof(LSA_TOKEN_INFORMATION_V2) + groups_size(wanted.groups.size()), '\0');
  const std::size_t groups_at = sizeof(LSA_TOKEN_INFORMATION_V2);
  const auto put = [&](const Sid& sid) {
    const std::uintptr_t at = base + block.size();
    block.append(sid.begin(), sid.end());
    return reinterpret_cast<PSID>(at);
  };
  LSA_TOKEN_INFORMATION_V2 v2{};
  v2.ExpirationTime.QuadPart = never;
  v2.User.User.Sid = put(wanted.user);
  v2.PrimaryGroup.PrimaryGroup = put(wanted.primary_group);
  v2.Groups = reinterpret_cast<PTOKEN_GROUPS>(base + groups_at);
  const auto count = static_cast<DWORD>(wanted.groups.size());
  std::memcpy(block.data() + groups_at, &count, sizeof count);
  for (std::size_t i = 0; i < wanted.groups.size(); ++i) {
    const SID_AND_ATTRIBUTES group{put(wanted.groups[i]), group_attributes};
    std::memcpy(block.data() + groups_at + offsetof(TOKEN_GROUPS, Groups) + i * sizeof group, &group, sizeof group);
  }
  std::memcpy(block.data(), &v2, sizeof v2);
  return block;
}

}  // namespace

NTSTATUS make_token_information(const Rule& rule, const Options& options, LSA_TOKEN_INFORMATION_TYPE& type,
                                PVOID& information) {
  const std::string form = option(options, "type", "v1");
  if (form == "null") {
    LSA_TOKEN_INFORMATION_NULL null{};
    null.ExpirationTime.QuadPart = never;
    type = LsaTokenInformationNull;
    information = give(rule, "TokenInformation", "lsa", bytes_text(&null, sizeof null)).block;
    return STATUS_SUCCESS;
  }
  Wanted wanted;
  if (const NTSTATUS status = gather(options, wanted); !NT_SUCCESS(status)) return status;
  if (form == "v2") {
    type = LsaTokenInformationV2;
    information = give(rule, "TokenInformation", "lsa", v2_contents(wanted, 0).size(), [&](std::uintptr_t base) {
                    return v2_contents(wanted, base);
                  }).block;
  } else if (form == "v3") {
    auto v3 = first_members<LSA_TOKEN_INFORMATION_V3>(rule, options, wanted);
    v3.UserClaims.UserClaims = give_claims(rule, "UserClaims", option(options, "user-claims"));
    v3.DeviceClaims.DeviceClaims = give_claims(rule, "DeviceClaims", option(options, "device-claims"));
    if (!wanted.device_groups.empty()) v3.DeviceGroups = give_groups(rule, wanted.device_groups);
    type = LsaTokenInformationV3;
    information = give(rule, "TokenInformation", "lsa", bytes_text(&v3, sizeof v3)).block;
  } else {
    const auto v1 = first_members<LSA_TOKEN_INFORMATION_V1>(rule, options, wanted);
    type = LsaTokenInformationV1;
    information = give(rule, "TokenInformation", "lsa", bytes_text(&v1, sizeof v1)).block;
  }
  if (rule.has("token-type")) type = static_cast<LSA_TOKEN_INFORMATION_TYPE>(rule.number("token-type"));
  return STATUS_SUCCESS;
}

void free_token_information(LSA_TOKEN_INFORMATION_TYPE type, PVOID information) {
  const auto free_groups = [](PTOKEN_GROUPS groups) {
    for (DWORD i = 0; groups != nullptr && i < groups->GroupCount; ++i) lsa->FreePrivateHeap(groups->Groups[i].Sid);
    lsa->FreePrivateHeap(groups);
  };
  if (type == LsaTokenInformationV1 || type == LsaTokenInformationV3) {
    auto* v1 = static_cast<PLSA_TOKEN_INFORMATION_V1>(information);
    lsa->FreePrivateHeap(v1->User.User.Sid);
    lsa->FreePrivateHeap(v1->PrimaryGroup.PrimaryGroup);
    free_groups(v1->Groups);
    lsa->FreePrivateHeap(v1->Privileges);
  }
  if (type == LsaTokenInformationV3) {
    auto* v3 = static_cast<PLSA_TOKEN_INFORMATION_V3>(information);
    lsa->FreePrivateHeap(v3->UserClaims.UserClaims);
    lsa->FreePrivateHeap(v3->DeviceClaims.DeviceClaims);
    free_groups(v3->DeviceGroups);
  }
  lsa->FreeLsaHeap(information);
}

}  // namespace scripted
