// Objects named by slot + generation: a stale or forged name finds nothing, and never another object.
// The name packs into 28 bits (14 of slot, 14 of generation) so that a handle built from it stays positive in 31 bits;
// free slots are reused oldest first, which puts the return of a generation as far away as it can be.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <utility>
#include <vector>

namespace openlsa::base {

template <class T>
class SlotTable {
 public:
  static constexpr std::uint32_t slot_bits = 14;
  static constexpr std::uint32_t generation_bits = 14;
  static constexpr std::uint32_t max_slots = 1u << slot_bits;

  // Names of another table find nothing here when the tables begin with different generations, at random.
  explicit SlotTable(std::uint32_t limit = max_slots, std::uint32_t first_generation = 1)
      : limit_(limit < max_slots ? limit : max_slots), first_generation_(valid_generation(first_generation)) {}

  // The new object's name (never 0), or nothing when the table is full.
  std::optional<std::uint32_t> insert(T value) {
    std::uint32_t slot;
    if (entries_.size() < limit_) {
      slot = static_cast<std::uint32_t>(entries_.size());
      entries_.push_back({std::nullopt, first_generation_});
    } else {
      if (free_.empty()) return std::nullopt;
      slot = free_.front();
      free_.pop_front();
    }
    entries_[slot].value.emplace(std::move(value));
    ++count_;
    return entries_[slot].generation << slot_bits | slot;
  }

  T* find(std::uint32_t name) {
    const std::uint32_t slot = name & (max_slots - 1);
    if (slot >= entries_.size() || (name >> slot_bits) != entries_[slot].generation) return nullptr;
    return entries_[slot].value ? &*entries_[slot].value : nullptr;
  }

  std::optional<T> take(std::uint32_t name) {
    T* found = find(name);
    if (found == nullptr) return std::nullopt;
    const std::uint32_t slot = name & (max_slots - 1);
    std::optional<T> taken(std::move(*found));
    entries_[slot].value.reset();
    entries_[slot].generation = next_generation(entries_[slot].generation);
    free_.push_back(slot);
    --count_;
    return taken;
  }

  template <class F>
  void for_each(F&& visit) {
    for (std::uint32_t slot = 0; slot < entries_.size(); ++slot)
      if (entries_[slot].value) visit(entries_[slot].generation << slot_bits | slot, *entries_[slot].value);
  }

  std::size_t size() const { return count_; }

 private:
  struct Entry {
    std::optional<T> value;
    std::uint32_t generation;
  };
  // Generation 0 is never used, so that no name is 0.
  static std::uint32_t valid_generation(std::uint32_t generation) {
    const std::uint32_t valid = generation & ((1u << generation_bits) - 1);
    return valid == 0 ? 1 : valid;
  }
  static std::uint32_t next_generation(std::uint32_t generation) { return valid_generation(generation + 1); }

  std::uint32_t limit_;
  std::uint32_t first_generation_;
  std::vector<Entry> entries_;
  std::deque<std::uint32_t> free_;
  std::size_t count_ = 0;
};

}  // namespace openlsa::base
