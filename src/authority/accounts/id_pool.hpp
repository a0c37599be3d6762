// The free ids of a range: taking and giving back cost the logarithm of the gaps.
#pragma once

#include "authority/accounts/id_set.hpp"

namespace openlsa::authority {

class IdPool {
 public:
  IdPool() = default;
  IdPool(std::uint32_t first, std::uint32_t last) : free_(first, last), last_(last) {}

  // Above all that are in use, as useradd(8) does: an id that was somebody's owns files still. Else the lowest gap.
  std::optional<std::uint32_t> next() const {
    const auto& free = free_.intervals();
    if (free.empty()) return std::nullopt;
    const auto& [first, last] = *free.rbegin();
    return last == last_ ? first : free.begin()->first;
  }

  // What is not free, or outside of the range, is left as it is.
  void take(std::uint32_t id) { free_.remove(id); }
  // It was taken before.
  void give_back(std::uint32_t id) { free_.add(id); }

 private:
  IdSet free_;
  std::uint32_t last_ = 0;
};

}  // namespace openlsa::authority
