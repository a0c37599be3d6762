// The authority's accounts as users. The primary group of an account whose gid is its uid has the account's name, as
// useradd(8) has it (USERGROUPS_ENAB); any other gid is a group of someone else's table.
#pragma once

#include <chrono>
#include <map>

#include "authority/accounts/account_store.hpp"
#include "service/nss/nss_source.hpp"

namespace openlsa::service {

class AccountNssSource final : public NssSource {
 public:
  // Accounts below `minimum_uid` are not shown: those uids are the system's.
  AccountNssSource(const authority::AccountStore& accounts, std::uint32_t minimum_uid)
      : accounts_(accounts), minimum_uid_(minimum_uid) {}

  std::optional<NssUser> user_named(std::string_view name) override;
  std::optional<NssUser> user_of(std::uint32_t uid) override;
  std::optional<NssGroup> group_named(std::string_view name) override;
  std::optional<NssGroup> group_of(std::uint32_t gid) override;
  std::optional<NssUser> next_user(std::uint32_t from) override;
  std::optional<NssGroup> next_group(std::uint32_t from) override;
  std::shared_ptr<const NssMembers> members(const NssGroup& group) override;
  std::optional<std::vector<std::uint32_t>> groups_of(std::string_view user, std::uint32_t primary_gid) override;

 private:
  // Who is a member of what, and the uids in their order, as they were a moment ago: the store has no such index.
  struct Picture {
    std::chrono::steady_clock::time_point taken;
    std::vector<std::uint32_t> uids;
    std::map<std::uint32_t, std::shared_ptr<NssMembers>> members;  // by gid
  };
  static constexpr std::chrono::seconds picture_age{5};
  const Picture& picture();
  bool shown(const authority::Account& account) const;

  const authority::AccountStore& accounts_;
  const std::uint32_t minimum_uid_;
  std::optional<Picture> picture_;
};

}  // namespace openlsa::service
