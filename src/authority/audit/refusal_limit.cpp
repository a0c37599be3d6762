#include "authority/audit/refusal_limit.hpp"

namespace openlsa::authority {

bool RefusalLimit::admit(std::uint32_t uid, Time now) {
  base::MutexLock lock(mutex_);
  return of_uid_.try_emplace(uid, burst, refill, now).first->second.take(now);
}

std::vector<std::pair<std::uint32_t, std::uint64_t>> RefusalLimit::left_out(Time now, bool end) {
  std::vector<std::pair<std::uint32_t, std::uint64_t>> counts;
  base::MutexLock lock(mutex_);
  if (!end && now - reported_ < report_interval) return counts;
  reported_ = now;
  for (auto& [uid, budget] : of_uid_)
    if (const std::uint64_t count = budget.take_left_out()) counts.emplace_back(uid, count);
  std::erase_if(of_uid_, [&](auto& entry) { return entry.second.is_full(now); });
  return counts;
}

}  // namespace openlsa::authority
