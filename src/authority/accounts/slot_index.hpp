// Finds records by a key that lies in the records themselves: open addressing over slot numbers, 4 bytes a place, at
// most half full. Two million nodes of a map would cost more than the accounts they lead to.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

namespace openlsa::authority {

class SlotIndex {
 public:
  static constexpr std::uint32_t none = 0xffffffff;

  // `matches(slot)`: whether the record there has the key.
  template <class Matches>
  std::uint32_t find(std::uint64_t hash, Matches&& matches) const {
    if (places_.empty()) return none;
    for (std::size_t at = home(hash);; at = next(at)) {
      if (places_[at] == none || matches(places_[at])) return places_[at];
    }
  }

  // `hash_of(slot)`: the hash of the record's key. The key must not be there yet.
  template <class HashOf>
  void insert(std::uint64_t hash, std::uint32_t slot, HashOf&& hash_of) {
    if (2 * (count_ + 1) > places_.size()) grow(hash_of);
    place(hash, slot);
    ++count_;
  }

  // While the record still has its key.
  template <class HashOf>
  void erase(std::uint64_t hash, std::uint32_t slot, HashOf&& hash_of) {
    if (places_.empty()) return;
    std::size_t gap = home(hash);
    while (places_[gap] != slot) {
      if (places_[gap] == none) return;
      gap = next(gap);
    }
    // What follows moves up, unless it would then stand before its home: there are no marks of the dead to skip.
    for (std::size_t at = next(gap); places_[at] != none; at = next(at)) {
      const std::size_t distance = (at - home(hash_of(places_[at]))) & mask();
      if (distance < ((at - gap) & mask())) continue;
      places_[gap] = places_[at];
      gap = at;
    }
    places_[gap] = none;
    --count_;
  }

  std::size_t size() const { return count_; }

 private:
  std::size_t mask() const { return places_.size() - 1; }
  std::size_t home(std::uint64_t hash) const { return static_cast<std::size_t>(hash >> 7) & mask(); }
  std::size_t next(std::size_t at) const { return (at + 1) & mask(); }
  void place(std::uint64_t hash, std::uint32_t slot) {
    std::size_t at = home(hash);
    while (places_[at] != none) at = next(at);
    places_[at] = slot;
  }
  template <class HashOf>
  void grow(HashOf&& hash_of) {
    std::vector<std::uint32_t> old(places_.empty() ? 64 : 2 * places_.size(), none);
    old.swap(places_);
    for (const std::uint32_t slot : old)
      if (slot != none) place(hash_of(slot), slot);
  }

  std::vector<std::uint32_t> places_;
  std::size_t count_ = 0;
};

// Mixes all bits of a number into all bits (the finaliser of splitmix64).
constexpr std::uint64_t mixed(std::uint64_t value) {
  value = (value ^ value >> 30) * 0xbf58476d1ce4e5b9;
  value = (value ^ value >> 27) * 0x94d049bb133111eb;
  return value ^ value >> 31;
}

}  // namespace openlsa::authority
