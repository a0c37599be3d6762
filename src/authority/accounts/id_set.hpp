// A set of ids in their order, as intervals: what is dense costs nothing, and a million accounts are.
#pragma once

#include <cstdint>
#include <iterator>
#include <map>
#include <optional>

namespace openlsa::authority {

class IdSet {
 public:
  IdSet() = default;
  IdSet(std::uint32_t first, std::uint32_t last) {
    if (first <= last) intervals_.emplace(first, last);
  }

  void add(std::uint32_t id) {
    std::uint32_t first = id, last = id;
    auto after = intervals_.upper_bound(id);
    if (after != intervals_.begin() && std::prev(after)->second >= id) return;
    if (after != intervals_.end() && after->first == std::uint64_t{id} + 1) {
      last = after->second;
      after = intervals_.erase(after);
    }
    if (after != intervals_.begin())
      if (const auto before = std::prev(after); before->second + 1 == id) {
        first = before->first;
        intervals_.erase(before);
      }
    intervals_.emplace(first, last);
  }

  void remove(std::uint32_t id) {
    auto found = intervals_.upper_bound(id);
    if (found == intervals_.begin()) return;
    --found;
    const auto [first, last] = *found;
    if (id > last) return;
    intervals_.erase(found);
    if (first < id) intervals_.emplace(first, id - 1);
    if (id < last) intervals_.emplace(id + 1, last);
  }

  // The least that is `from` or more.
  std::optional<std::uint32_t> at_or_after(std::uint32_t from) const {
    const auto after = intervals_.upper_bound(from);
    if (after != intervals_.begin() && std::prev(after)->second >= from) return from;
    return after != intervals_.end() ? std::optional(after->first) : std::nullopt;
  }

  const std::map<std::uint32_t, std::uint32_t>& intervals() const { return intervals_; }  // first to last

 private:
  std::map<std::uint32_t, std::uint32_t> intervals_;
};

}  // namespace openlsa::authority
