#include "authority/policy/account_rights.hpp"

#include <gtest/gtest.h>

#include "authority/policy/default_rights.hpp"
#include "authority/tokens/privileges.hpp"

namespace openlsa::authority {
namespace {

TEST(AccountRights, HaveTheNamesOfTheirConstants) {
  EXPECT_EQ(name_of(AccountRight::create_token), "SeCreateTokenPrivilege");
  EXPECT_EQ(name_of(AccountRight::tcb), "SeTcbPrivilege");
  EXPECT_EQ(name_of(AccountRight::change_notify), "SeChangeNotifyPrivilege");
  EXPECT_EQ(name_of(AccountRight::create_symbolic_link), "SeCreateSymbolicLinkPrivilege");
  EXPECT_EQ(name_of(AccountRight::delegate_session_user_impersonate), "SeDelegateSessionUserImpersonatePrivilege");
  EXPECT_EQ(name_of(AccountRight::interactive_logon), "SeInteractiveLogonRight");
  EXPECT_EQ(name_of(AccountRight::deny_remote_interactive_logon), "SeDenyRemoteInteractiveLogonRight");
  for (const unsigned none : {0u, 1u, 37u, 39u, 50u, 255u}) EXPECT_EQ(name_of(static_cast<AccountRight>(none)), "");
  EXPECT_EQ(privilege_name({7}), "SeTcbPrivilege");
  EXPECT_EQ(privilege_name({1}), "");
  EXPECT_EQ(privilege_name({0x100000007}), "");
}

TEST(AccountRights, AreFoundByNameWithoutCaseAndByNoOther) {
  EXPECT_EQ(right_named(std::string_view("SETCBPRIVILEGE")), AccountRight::tcb);
  EXPECT_EQ(right_named(u"SeDenyServiceLogonRight"), AccountRight::deny_service_logon);
  using namespace std::string_view_literals;
  for (const std::string_view none : {""sv, "SeTcb"sv, "SeTcbPrivilege\0"sv, "SeProxyLogonRight"sv, "\xff"sv})
    EXPECT_FALSE(right_named(none)) << none;
  AccountRights all;
  for (unsigned number = 0; number < 64; ++number)
    if (const auto right = static_cast<AccountRight>(number); !name_of(right).empty()) {
      EXPECT_EQ(right_named(name_of(right)), right) << number;
      all.add(right);
    }
  EXPECT_EQ(all.list().size(), 45u) << "35 privileges, 10 logon rights";
  EXPECT_EQ(all.privileges().size(), 35u);
  for (const nt::Luid privilege : all.privileges()) EXPECT_TRUE(is_known_privilege(privilege));
}

TEST(AccountRights, AreSets) {
  AccountRights rights{AccountRight::backup, AccountRight::batch_logon};
  EXPECT_TRUE(rights.has(AccountRight::backup));
  EXPECT_FALSE(rights.has(AccountRight::restore));
  rights.add(AccountRights{AccountRight::restore});
  rights.remove({AccountRight::backup, AccountRight::debug});
  EXPECT_EQ(rights, (AccountRights{AccountRight::restore, AccountRight::batch_logon}));
  rights.remove(rights);
  EXPECT_TRUE(rights.empty());
}

TEST(AccountRights, BelongToLogonTypes) {
  EXPECT_EQ(rights_of_logon_type(2)->needed, AccountRight::interactive_logon);
  EXPECT_EQ(rights_of_logon_type(7)->needed, AccountRight::interactive_logon) << "Unlock";
  EXPECT_EQ(rights_of_logon_type(8)->denies, AccountRight::deny_network_logon) << "NetworkCleartext";
  EXPECT_EQ(rights_of_logon_type(5)->denies, AccountRight::deny_service_logon);
  EXPECT_EQ(rights_of_logon_type(12)->needed, AccountRight::remote_interactive_logon);
  for (const std::uint32_t none : {0u, 6u, 9u, 14u}) EXPECT_FALSE(rights_of_logon_type(none)) << none;
}

TEST(AccountRights, ByDefaultGiveNobodyTheTcb) {
  for (const auto& [sid, rights] : default_rights())
    for (const AccountRight right : {AccountRight::tcb, AccountRight::create_token})
      EXPECT_FALSE(rights.has(right)) << sid.to_string();
}

}  // namespace
}  // namespace openlsa::authority
