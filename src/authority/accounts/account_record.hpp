// One account as the store keeps it in memory. A million of them are there at once, so what most accounts do not have
// lies apart, and the key stays sealed (SecretBox) until somebody proves that he knows it.
#pragma once

#include <algorithm>
#include <memory>

#include "authority/accounts/account.hpp"

namespace openlsa::authority {

inline constexpr std::string_view default_shell = "/bin/sh";

enum AccountFlag : std::uint32_t {
  account_disabled = 1,  // a column of its own on disk, as version 1 had it
  account_must_change_password = 2,
  account_password_never_expires = 4,
  account_cannot_change_password = 8,
  account_has_key = 16,
  account_below_minimum_uid = 32,  // in memory only
};
inline constexpr std::uint32_t stored_account_flags =
    account_must_change_password | account_password_never_expires | account_cannot_change_password;

struct AccountDetails {
  std::vector<std::uint32_t> groups;
  std::string home;   // empty: /home/<name>
  std::string shell;  // empty: default_shell
  std::string full_name;
  std::optional<LogonHours> logon_hours;
  std::vector<std::string> workstations;
};

// Wrong passwords and what follows from them; a row of its own on disk (guess), which each of them changes.
struct GuessState {
  std::uint32_t bad_count = 0;
  nt::FileTime bad_time;
  nt::FileTime locked_at;  // 0: not locked
  nt::FileTime last_logon;
};

struct AccountRecord {
  static constexpr std::size_t sealed_key_bytes = 12 + NtKey::size_bytes + 16;  // nonce, key, tag

  std::string name;
  std::uint32_t rid = 0;  // 0: a free place
  std::uint32_t uid = 0;
  std::uint32_t gid = 0;
  std::uint32_t flags = 0;
  nt::FileTime password_set;
  nt::FileTime expires = nt::never;
  GuessState guesses;
  std::array<std::uint8_t, sealed_key_bytes> sealed_key{};
  std::unique_ptr<AccountDetails> details;

  bool has(std::uint32_t flag) const { return (flags & flag) != 0; }
  void set(std::uint32_t flag, bool on) { flags = on ? flags | flag : flags & ~flag; }
  bool is_disabled() const { return has(account_disabled | account_below_minimum_uid); }
  std::string home() const { return details && !details->home.empty() ? details->home : "/home/" + name; }
  std::string shell() const { return details && !details->shell.empty() ? details->shell : std::string(default_shell); }

  AccountRecord() = default;
  AccountRecord(AccountRecord&&) = default;
  AccountRecord& operator=(AccountRecord&&) = default;
  AccountRecord duplicate() const {
    AccountRecord copy;
    copy.name = name;
    copy.rid = rid, copy.uid = uid, copy.gid = gid, copy.flags = flags;
    copy.password_set = password_set, copy.expires = expires;
    copy.guesses = guesses;
    copy.sealed_key = sealed_key;
    if (details) copy.details = std::make_unique<AccountDetails>(*details);
    return copy;
  }
  // To write to; tidy() drops them again when nothing is in them.
  AccountDetails& rare() {
    if (!details) details = std::make_unique<AccountDetails>();
    return *details;
  }
  void tidy() {
    if (details && details->groups.empty() && details->home.empty() && details->shell.empty() &&
        details->full_name.empty() && !details->logon_hours && details->workstations.empty())
      details.reset();
  }
};

}  // namespace openlsa::authority
