// The authority's accounts as users, and its groups. The primary group of an account whose gid is its uid has the
// account's name, as useradd(8) has it (USERGROUPS_ENAB); any other gid is a group of the authority's, or of someone
// else's table. A look-up costs what it finds, however many accounts there are.
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
  // The members of a group as they were a moment ago: whoever asks for many gets them page by page.
  struct Picture {
    std::chrono::steady_clock::time_point taken;
    std::shared_ptr<const NssMembers> members;
  };
  static constexpr std::chrono::seconds picture_age{5};
  static constexpr std::size_t max_pictures = 32;
  static constexpr std::size_t members_at_once = 4096;  // while the store is locked
  std::shared_ptr<const NssMembers> read_members(std::uint32_t gid) const;
  bool shown(std::uint32_t id, std::string_view name) const;

  const authority::AccountStore& accounts_;
  const std::uint32_t minimum_uid_;
  std::map<std::uint32_t, Picture> pictures_;  // by gid
};

}  // namespace openlsa::service
