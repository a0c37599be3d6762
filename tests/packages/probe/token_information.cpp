// LSA_TOKEN_INFORMATION in its documented forms, each allocated as documented: V1 as separate blocks, V2 as one.
#include <cstring>

#include "probe.hpp"

namespace probe {
namespace {

constexpr LONGLONG never = 0x7fffffffffffffff;

void* block_of(const std::vector<UCHAR>& bytes) {
  void* block = lsa->AllocatePrivateHeap(bytes.size());
  std::memcpy(block, bytes.data(), bytes.size());
  return block;
}

struct Wanted {
  std::vector<UCHAR> user;
  std::vector<UCHAR> primary_group;
  std::vector<std::vector<UCHAR>> groups;
};

NTSTATUS gather(const Options& options, Wanted& wanted) {
  const std::string user = option(options, "user");
  if (const NTSTATUS status = find_user(user, wanted.user); !NT_SUCCESS(status)) return status;
  if (const NTSTATUS status = find_user(option(options, "primary-group", "S-1-5-32-545"), wanted.primary_group);
      !NT_SUCCESS(status))
    return status;
  for (const std::string& group : split(option(options, "groups"), '+')) {
    std::vector<UCHAR> sid;
    if (const NTSTATUS status = find_user(group, sid); !NT_SUCCESS(status)) return status;
    wanted.groups.push_back(std::move(sid));
  }
  return STATUS_SUCCESS;
}

std::size_t groups_size(std::size_t count) {
  return offsetof(TOKEN_GROUPS, Groups) + std::max<std::size_t>(count, 1) * sizeof(SID_AND_ATTRIBUTES);
}

// V3 begins with the members of V1.
PVOID make_v1(const Options& options, const Wanted& wanted, bool v3 = false) {
  const ULONG size = v3 ? sizeof(LSA_TOKEN_INFORMATION_V3) : sizeof(LSA_TOKEN_INFORMATION_V1);
  auto* v1 = static_cast<PLSA_TOKEN_INFORMATION_V1>(lsa->AllocateLsaHeap(size));
  std::memset(v1, 0, size);
  if (v3) fill_claims(reinterpret_cast<PLSA_TOKEN_INFORMATION_V3>(v1), option(options, "claims"));
  v1->ExpirationTime.QuadPart = never;
  v1->User.User.Sid = block_of(wanted.user);
  v1->PrimaryGroup.PrimaryGroup = block_of(wanted.primary_group);
  v1->Groups = static_cast<PTOKEN_GROUPS>(lsa->AllocatePrivateHeap(groups_size(wanted.groups.size())));
  v1->Groups->GroupCount = static_cast<DWORD>(wanted.groups.size());
  for (std::size_t i = 0; i < wanted.groups.size(); ++i)
    v1->Groups->Groups[i] = {block_of(wanted.groups[i]),
                             SE_GROUP_MANDATORY | SE_GROUP_ENABLED | SE_GROUP_ENABLED_BY_DEFAULT};
  if (option(options, "privileges") == "shutdown") {
    v1->Privileges = static_cast<PTOKEN_PRIVILEGES>(lsa->AllocatePrivateHeap(sizeof(TOKEN_PRIVILEGES)));
    v1->Privileges->PrivilegeCount = 1;
    v1->Privileges->Privileges[0].Luid = {19, 0};  // SE_SHUTDOWN_PRIVILEGE
    v1->Privileges->Privileges[0].Attributes = SE_PRIVILEGE_ENABLED;
  }
  return v1;
}

// One block: the structure, the groups, then the SIDs.
PVOID make_v2(const Wanted& wanted) {
  std::size_t size = sizeof(LSA_TOKEN_INFORMATION_V2) + groups_size(wanted.groups.size());
  size += wanted.user.size() + wanted.primary_group.size();
  for (const auto& group : wanted.groups) size += group.size();
  auto* block = static_cast<UCHAR*>(lsa->AllocateLsaHeap(static_cast<ULONG>(size)));
  std::memset(block, 0, size);
  auto* v2 = reinterpret_cast<PLSA_TOKEN_INFORMATION_V2>(block);
  UCHAR* place = block + sizeof *v2;
  v2->Groups = reinterpret_cast<PTOKEN_GROUPS>(place);
  place += groups_size(wanted.groups.size());
  const auto put = [&place](const std::vector<UCHAR>& sid) {
    std::memcpy(place, sid.data(), sid.size());
    PSID const at = place;
    place += sid.size();
    return at;
  };
  v2->ExpirationTime.QuadPart = never;
  v2->User.User.Sid = put(wanted.user);
  v2->PrimaryGroup.PrimaryGroup = put(wanted.primary_group);
  v2->Groups->GroupCount = static_cast<DWORD>(wanted.groups.size());
  for (std::size_t i = 0; i < wanted.groups.size(); ++i)
    v2->Groups->Groups[i] = {put(wanted.groups[i]),
                             SE_GROUP_MANDATORY | SE_GROUP_ENABLED | SE_GROUP_ENABLED_BY_DEFAULT};
  return block;
}

}  // namespace

NTSTATUS make_token_information(const Options& options, LSA_TOKEN_INFORMATION_TYPE& type, PVOID& information) {
  const std::string form = option(options, "type", "v1");
  if (form == "null") {
    auto* null = static_cast<PLSA_TOKEN_INFORMATION_NULL>(lsa->AllocateLsaHeap(sizeof(LSA_TOKEN_INFORMATION_NULL)));
    *null = {};
    null->ExpirationTime.QuadPart = never;
    type = LsaTokenInformationNull;
    information = null;
    return STATUS_SUCCESS;
  }
  Wanted wanted;
  if (const NTSTATUS status = gather(options, wanted); !NT_SUCCESS(status)) return status;
  type = form == "v2"    ? LsaTokenInformationV2
         : form == "v3"  ? LsaTokenInformationV3
         : form == "bad" ? static_cast<LSA_TOKEN_INFORMATION_TYPE>(77)
                         : LsaTokenInformationV1;
  information = form == "v2" ? make_v2(wanted) : make_v1(options, wanted, form == "v3");
  return STATUS_SUCCESS;
}

void free_token_information(LSA_TOKEN_INFORMATION_TYPE type, PVOID information) {
  if (type == LsaTokenInformationV1) {
    auto* v1 = static_cast<PLSA_TOKEN_INFORMATION_V1>(information);
    lsa->FreePrivateHeap(v1->User.User.Sid);
    lsa->FreePrivateHeap(v1->PrimaryGroup.PrimaryGroup);
    for (DWORD i = 0; i < v1->Groups->GroupCount; ++i) lsa->FreePrivateHeap(v1->Groups->Groups[i].Sid);
    lsa->FreePrivateHeap(v1->Groups);
    lsa->FreePrivateHeap(v1->Privileges);
  }
  lsa->FreeLsaHeap(information);
}

}  // namespace probe
