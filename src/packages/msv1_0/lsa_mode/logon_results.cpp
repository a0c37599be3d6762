#include "lsa_mode/logon_results.hpp"

#include <cstddef>
#include <vector>

namespace msv1_0 {
namespace {

// Each SID is a block of its own, as the LSA frees them.
class GivenGroups {
 public:
  GivenGroups(const LSA_SECPKG_FUNCTION_TABLE& lsa, const TOKEN_GROUPS& groups)
      : block_(HeapBlock::of_size(
            lsa, offsetof(TOKEN_GROUPS, Groups) + std::size_t{groups.GroupCount} * sizeof(SID_AND_ATTRIBUTES))) {
    sids_.reserve(groups.GroupCount);
    for (ULONG i = 0; i < groups.GroupCount; ++i)
      sids_.push_back(HeapBlock::of(lsa, AccountLogon::sid_bytes(groups.Groups[i].Sid)));
    auto* given = static_cast<TOKEN_GROUPS*>(block_.get());
    given->GroupCount = groups.GroupCount;
    for (ULONG i = 0; i < groups.GroupCount; ++i) given->Groups[i] = {sids_[i].get(), groups.Groups[i].Attributes};
  }
  PTOKEN_GROUPS hand_over() {
    for (HeapBlock& sid : sids_) sid.hand_over();
    return static_cast<PTOKEN_GROUPS>(block_.hand_over());
  }

 private:
  HeapBlock block_;
  std::vector<HeapBlock> sids_;
};

ULONG cached_flags(const SubmittedLogon& submitted, const AccountLogon& logon) {
  if ((logon.facts().UserFlags & LOGON_CACHED_ACCOUNT) == 0) return 0;
  return PRIMARY_CRED_CACHED_LOGON |
         (submitted.type == MsV1_0InteractiveLogon ? PRIMARY_CRED_CACHED_INTERACTIVE_LOGON : 0u);
}

}  // namespace

HeapBlock token_information(const Package& package, const AccountLogon& logon) {
  const LSA_SECPKG_FUNCTION_TABLE& lsa = *package.setting.lsa;
  HeapBlock user = HeapBlock::of(lsa, logon.user_sid()), group = HeapBlock::of(lsa, logon.primary_group());
  HeapBlock block = HeapBlock::of_size(lsa, sizeof(LSA_TOKEN_INFORMATION_V1));
  LSA_TOKEN_INFORMATION_V1 information{};
  if (const TOKEN_GROUPS* groups = logon.facts().Groups; groups != nullptr && groups->GroupCount != 0)
    information.Groups = GivenGroups(lsa, *groups).hand_over();
  information.ExpirationTime.QuadPart = never_expires;
  information.User.User.Sid = user.hand_over();
  information.PrimaryGroup.PrimaryGroup = group.hand_over();
  std::memcpy(block.get(), &information, sizeof information);
  return block;
}

void give_primary(const Package& package, const SubmittedLogon& submitted, const AccountLogon& logon, const LUID& id,
                  SECPKG_PRIMARY_CRED& out) {
  const LSA_SECPKG_FUNCTION_TABLE& lsa = *package.setting.lsa;
  HeapString user(lsa, logon.user()), domain(lsa, logon.domain()), server(lsa, logon.server());
  HeapBlock sid = HeapBlock::of(lsa, logon.user_sid());
  out = {};
  out.LogonId = id;
  out.Flags = cached_flags(submitted, logon);
  if (submitted.has_password()) {
    HeapString password(lsa, submitted.password.reveal());
    out.Password = password.hand_over_buffer();
    out.Flags |= PRIMARY_CRED_CLEAR_PASSWORD;
  }
  out.DownlevelName = user.hand_over_buffer();
  out.DomainName = domain.hand_over_buffer();
  out.LogonServer = server.hand_over_buffer();
  out.UserSid = sid.hand_over();
}

}  // namespace msv1_0
