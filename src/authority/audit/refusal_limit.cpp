#include "authority/audit/refusal_limit.hpp"

#include <algorithm>

namespace openlsa::authority {

bool RefusalLimit::admit(std::uint32_t uid, Time now) {
  base::MutexLock lock(mutex_);
  OfUid& entry = of_uid_.try_emplace(uid, OfUid{burst, now, 0}).first->second;
  const auto earned = static_cast<std::uint64_t>((now - entry.refilled) / refill);
  entry.left = static_cast<std::uint32_t>(std::min<std::uint64_t>(burst, entry.left + earned));
  entry.refilled += earned * refill;
  if (entry.left == 0) {
    ++entry.left_out;
    return false;
  }
  --entry.left;
  return true;
}

std::vector<std::pair<std::uint32_t, std::uint64_t>> RefusalLimit::left_out(Time now, bool end) {
  std::vector<std::pair<std::uint32_t, std::uint64_t>> counts;
  base::MutexLock lock(mutex_);
  if (!end && now - reported_ < report_interval) return counts;
  reported_ = now;
  for (auto& [uid, entry] : of_uid_)
    if (entry.left_out != 0) counts.emplace_back(uid, std::exchange(entry.left_out, 0));
  // Whoever would have all of it again need not be known.
  std::erase_if(of_uid_, [&](const auto& entry) { return now - entry.second.refilled > burst * refill; });
  return counts;
}

}  // namespace openlsa::authority
