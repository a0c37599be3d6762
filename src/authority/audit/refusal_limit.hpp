// How many refusals of one uid the audit trail takes. A client can be refused as often as it likes, at fifty thousand
// lines a second: it would fill the disk, and what others do would then be lost. What is left out is counted and told.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "base/budget.hpp"
#include "base/mutex.hpp"

namespace openlsa::authority {

class RefusalLimit {
 public:
  using Time = base::Budget::Clock::time_point;
  static constexpr std::uint64_t burst = 256;
  static constexpr std::chrono::milliseconds refill{100};  // one more refusal each
  static constexpr std::chrono::seconds report_interval{10};

  // Whether this refusal of the uid is written; otherwise it is counted.
  bool admit(std::uint32_t uid, Time now) OPENLSA_EXCLUDES(mutex_);
  // Uids and how many refusals of theirs were left out, when it is time to say so again; all of them at the `end`.
  std::vector<std::pair<std::uint32_t, std::uint64_t>> left_out(Time now, bool end = false) OPENLSA_EXCLUDES(mutex_);

 private:
  base::Mutex mutex_;
  std::map<std::uint32_t, base::Budget> of_uid_ OPENLSA_GUARDED_BY(mutex_);
  Time reported_ OPENLSA_GUARDED_BY(mutex_){};
};

}  // namespace openlsa::authority
