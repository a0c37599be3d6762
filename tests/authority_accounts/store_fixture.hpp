// A store in a directory of its own, with a lock-out clock that the test moves.
#pragma once

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "authority/accounts/account_store.hpp"
#include "authority/accounts/change_password.hpp"
#include "authority/accounts/logon_check.hpp"
#include "authority/accounts/password_rules.hpp"
#include "authority_policy/temporary_directory.hpp"

namespace openlsa::authority {

inline base::Secret password(std::string_view text) { return std::move(*password_from_utf8(base::as_bytes(text))); }
inline NtKey key_of(std::string_view text) { return nt_key_of(password(text)); }
// A proof that holds for the password; counts how often it was asked.
inline KeyProof proof(std::string_view text, int* asked = nullptr) {
  return [text = std::string(text), asked](const NtKey& key) {
    if (asked != nullptr) ++*asked;
    return key == key_of(text);
  };
}

class StoreFixture : public testing::Test {
 protected:
  static constexpr std::int64_t second = nt::ticks_per_second;
  void SetUp() override { reopen(); }
  AccountStore::Options options() {
    AccountStore::Options options{directory_ / "accounts.db", "BOX", 1000, {70000, 99999}};
    options.lockout_clock = [this] { return nt::FileTime{lockout_clock_}; };
    return options;
  }
  void reopen() {
    store_.reset();
    auto opened = AccountStore::open(options());
    ASSERT_TRUE(opened) << opened.error().message;
    store_ = std::move(*opened);
  }
  nt::Sid add(const std::string& name, std::string_view text) {
    NewAccount fresh{name};
    fresh.key = key_of(text);
    const auto added = store_->add(fresh);
    EXPECT_TRUE(added) << added.error().message;
    return added ? added->sid : nt::Sid();
  }
  nt::Status log_on(std::string_view name, std::string_view text, LogonAttempt attempt = {}) {
    attempt.name = name;
    return check_logon(*store_, attempt, proof(text)).status;
  }
  nt::Status change(std::string_view name, std::string_view old, std::string_view fresh, nt::FileTime now = nt::now()) {
    const KeyProof right = proof(old);
    const base::Secret wanted = password(fresh);
    return change_password(*store_, {.name = name, .old_proof = &right, .password = wanted, .now = now});
  }
  nt::Status reset(std::string_view name, std::string_view fresh) {
    const base::Secret wanted = password(fresh);
    return change_password(*store_, {.name = name, .password = wanted});
  }
  void set_policy(const std::function<void(AccountPolicy&)>& edit) {
    AccountPolicy policy = store_->policy();
    edit(policy);
    const auto set = store_->set_policy(policy);
    ASSERT_TRUE(set) << set.error().message;
  }
  void execute(const char* sql) {
    sqlite3* connection = nullptr;
    ASSERT_EQ(sqlite3_open((directory_ / "accounts.db").c_str(), &connection), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(connection, sql, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(connection);
    sqlite3_close(connection);
  }
  TemporaryDirectory directory_;
  std::int64_t lockout_clock_ = nt::from_unix_seconds(1'800'000'000).ticks;
  std::unique_ptr<AccountStore> store_;
};

}  // namespace openlsa::authority
