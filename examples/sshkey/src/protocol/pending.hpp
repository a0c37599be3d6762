// Challenges that wait for their logon. Each lives 60 seconds and serves one attempt, right or wrong.
#pragma once

#include <map>

#include "core/crypto.hpp"
#include "protocol/statement.hpp"

namespace sshkey {

inline constexpr std::int64_t challenge_life_seconds = 60;
inline constexpr std::size_t max_pending_per_uid = 16;
inline constexpr std::size_t max_pending = 4096;

struct PendingChallenge {
  Statement fields;  // all but user_key, which the logon names
  Secret session_private;
  std::string account;  // as the caller wrote it, UTF-8
  bool account_exists = false;
  std::uint32_t uid = 0;     // who asked
  std::int64_t made_at = 0;  // monotonic seconds
};

// Not thread-safe; the package holds its lock.
class PendingTable {
 public:
  // False when this uid, or everybody together, has too many; `pending` is then dropped and its key wiped.
  bool add(PendingChallenge pending, std::int64_t now);
  // Removes and returns the record; nothing when there is none, when it is too old, or when another uid asked for it.
  // The record is gone in each of these cases.
  std::optional<PendingChallenge> take(const Fixed32& challenge, std::uint32_t uid, std::int64_t now);
  std::size_t size() const { return records_.size(); }

 private:
  void drop_old(std::int64_t now);
  std::map<Fixed32, PendingChallenge> records_;
};

}  // namespace sshkey
