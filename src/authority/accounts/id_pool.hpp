// The free ids of a range, as intervals: taking and giving back cost the logarithm of the gaps.
#pragma once

#include <cstdint>
#include <map>
#include <optional>

namespace openlsa::authority {

class IdPool {
 public:
  IdPool() = default;
  IdPool(std::uint32_t first, std::uint32_t last) : last_(last) {
    if (first <= last) free_.emplace(first, last);
  }

  // Above all that are in use, as useradd(8) does: an id that was somebody's owns files still. Else the lowest gap.
  std::optional<std::uint32_t> next() const {
    if (free_.empty()) return std::nullopt;
    const auto& [first, last] = *free_.rbegin();
    return last == last_ ? first : free_.begin()->first;
  }

  // What is not free, or outside of the range, is left as it is.
  void take(std::uint32_t id) {
    auto found = free_.upper_bound(id);
    if (found == free_.begin()) return;
    --found;
    const auto [first, last] = *found;
    if (id > last) return;
    free_.erase(found);
    if (first < id) free_.emplace(first, id - 1);
    if (id < last) free_.emplace(id + 1, last);
  }

  // It was taken before.
  void give_back(std::uint32_t id) {
    std::uint32_t first = id, last = id;
    auto after = free_.upper_bound(id);
    if (after != free_.end() && after->first == id + 1) {
      last = after->second;
      after = free_.erase(after);
    }
    if (after != free_.begin())
      if (const auto before = std::prev(after); before->second + 1 == id) {
        first = before->first;
        free_.erase(before);
      }
    free_.emplace(first, last);
  }

 private:
  std::map<std::uint32_t, std::uint32_t> free_;  // first to last
  std::uint32_t last_ = 0;
};

}  // namespace openlsa::authority
