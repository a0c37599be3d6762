#include "authority/logon/logon_claims.hpp"

#include <algorithm>
#include <system_error>
#include <vector>

#include "base/random.hpp"

namespace openlsa::authority {

LogonClaims::~LogonClaims() { stop(); }

std::expected<seam::LogonClaim, nt::Status> LogonClaims::leave(std::shared_ptr<Token> token) {
  if (!token->posix()) return std::unexpected(STATUS_INVALID_PARAMETER);
  seam::LogonClaim claim;
  base::fill_random(claim);
  const base::MutexLock lock(mutex_);
  if (stopped_) return std::unexpected(STATUS_ACCESS_DENIED);
  if (waiting_.size() >= max_claims) return std::unexpected(STATUS_QUOTA_EXCEEDED);
  if (!keeper_.joinable()) {
    try {
      keeper_ = std::thread([this] { keep(); });
    } catch (const std::system_error&) {
      return std::unexpected(
          STATUS_INSUFFICIENT_RESOURCES);  // a claim that nobody ends would keep its session for ever
    }
  }
  waiting_[claim] = {std::move(token), Clock::now() + lifetime_};
  changed_.notify_one();
  return claim;
}

std::expected<std::shared_ptr<Token>, nt::Status> LogonClaims::redeem(const seam::LogonClaim& claim,
                                                                      std::uint32_t uid) {
  Waiting taken;  // released after the lock
  {
    const base::MutexLock lock(mutex_);
    const auto found = waiting_.find(claim);
    if (found == waiting_.end()) return std::unexpected(STATUS_NOT_FOUND);
    taken = std::move(found->second);
    waiting_.erase(found);
  }
  if (taken.until <= Clock::now()) return std::unexpected(STATUS_NOT_FOUND);
  if (taken.token->posix()->uid != uid) return std::unexpected(STATUS_LOGON_FAILURE);
  return std::move(taken.token);
}

LogonClaims::Clock::time_point LogonClaims::next_end() const {
  Clock::time_point next = Clock::time_point::max();
  for (const auto& [claim, waiting] : waiting_) next = std::min(next, waiting.until);
  return next;
}

void LogonClaims::keep() {
  mutex_.lock();
  while (!stopped_) {
    if (const Clock::time_point next = next_end(); next == Clock::time_point::max())
      changed_.wait(mutex_);
    else
      changed_.wait_until(mutex_, next);
    std::vector<std::shared_ptr<Token>> over;
    const Clock::time_point now = Clock::now();
    std::erase_if(waiting_, [&](auto& entry) {
      if (entry.second.until > now) return false;
      over.push_back(std::move(entry.second.token));
      return true;
    });
    // The last token ends its session, which is nothing to do under a lock.
    mutex_.unlock();
    over.clear();
    mutex_.lock();
  }
  mutex_.unlock();
}

void LogonClaims::stop() {
  std::map<seam::LogonClaim, Waiting> released;
  {
    const base::MutexLock lock(mutex_);
    stopped_ = true;
    released.swap(waiting_);
    changed_.notify_one();
  }
  if (keeper_.joinable()) keeper_.join();
}

}  // namespace openlsa::authority
