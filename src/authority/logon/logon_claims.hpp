// Tokens that wait for a session to be opened: one process of a logon program authenticates, another one opens the
// session. A claim is random, lives for a minute, is for one uid, and is gone when it was shown once, rightly or not.
#pragma once

#include <chrono>
#include <expected>
#include <map>
#include <memory>
#include <thread>

#include "authority/tokens/token.hpp"
#include "base/mutex.hpp"
#include "nt/status.hpp"
#include "seam/authority_calls.hpp"

namespace openlsa::authority {

class LogonClaims {
 public:
  using Clock = std::chrono::steady_clock;
  static constexpr std::size_t max_claims = 1024;
  explicit LogonClaims(Clock::duration lifetime = std::chrono::seconds(60)) : lifetime_(lifetime) {}
  ~LogonClaims();

  // STATUS_INVALID_PARAMETER for a token without a uid; STATUS_QUOTA_EXCEEDED.
  std::expected<seam::LogonClaim, nt::Status> leave(std::shared_ptr<Token> token) OPENLSA_EXCLUDES(mutex_);
  // STATUS_NOT_FOUND: no such claim, or no more; STATUS_LOGON_FAILURE: another account's.
  std::expected<std::shared_ptr<Token>, nt::Status> redeem(const seam::LogonClaim& claim, std::uint32_t uid)
      OPENLSA_EXCLUDES(mutex_);
  // For good: releases every token.
  void stop() OPENLSA_EXCLUDES(mutex_);

 private:
  struct Waiting {
    std::shared_ptr<Token> token;
    Clock::time_point until;
  };
  void keep();  // the thread: lets go what is over
  Clock::time_point next_end() const OPENLSA_REQUIRES(mutex_);

  const Clock::duration lifetime_;
  base::Mutex mutex_;
  base::ConditionVariable changed_;
  std::map<seam::LogonClaim, Waiting> waiting_ OPENLSA_GUARDED_BY(mutex_);
  bool stopped_ OPENLSA_GUARDED_BY(mutex_) = false;
  std::thread keeper_;  // starts with the first claim
};

}  // namespace openlsa::authority
