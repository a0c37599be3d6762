#include "authority/accounts/id_pool.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "authority/accounts/slot_index.hpp"

namespace openlsa::authority {
namespace {

TEST(IdSet, IsWalkedInOrder) {
  IdSet set;
  std::set<std::uint32_t> model;
  std::mt19937 random(7);
  const auto check = [&](std::uint32_t from) {
    const auto next = model.lower_bound(from);
    ASSERT_EQ(set.at_or_after(from), next == model.end() ? std::nullopt : std::optional(*next)) << from;
  };
  constexpr std::uint32_t top = 0xffffffff;
  for (int step = 0; step < 20000; ++step) {
    const std::uint32_t id = random() % 2 == 0 ? random() % 300 : top - random() % 300;
    if (random() % 3 != 0) {
      set.add(id);
      model.insert(id);
    } else {
      set.remove(id);
      model.erase(id);
    }
    for (const std::uint32_t from : {0u, id, id == 0 ? 0 : id - 1, id == top ? top : id + 1, top}) check(from);
  }
  EXPECT_LT(set.intervals().size(), model.size()) << "what is dense is one interval";
}

TEST(IdPool, GivesTheOneAboveAllThenTheLowestGap) {
  IdPool pool(10, 13);
  EXPECT_EQ(pool.next(), 10u);
  pool.take(11);
  EXPECT_EQ(pool.next(), 12u) << "10 was free before, but lower than what is in use";
  pool.take(12);
  pool.take(13);
  EXPECT_EQ(pool.next(), 10u);
  pool.take(10);
  EXPECT_EQ(pool.next(), std::nullopt);
  pool.give_back(12);
  EXPECT_EQ(pool.next(), 12u);
  pool.take(9);
  pool.take(14);
  EXPECT_EQ(pool.next(), 12u) << "what is outside changes nothing";
  EXPECT_EQ(IdPool(5, 4).next(), std::nullopt);
}

// Against a set of the taken ones, a thousand steps.
TEST(IdPool, KeepsItsIntervalsWhole) {
  std::mt19937 random(1);
  IdPool pool(100, 163);
  std::set<std::uint32_t> taken;
  for (int step = 0; step < 1000; ++step) {
    const std::uint32_t id = 100 + random() % 64;
    if (taken.contains(id)) {
      pool.give_back(id);
      taken.erase(id);
    } else {
      pool.take(id);
      taken.insert(id);
    }
    const auto next = pool.next();
    ASSERT_EQ(next.has_value(), taken.size() < 64);
    if (!next) continue;
    ASSERT_FALSE(taken.contains(*next));
    ASSERT_TRUE(*next >= 100 && *next <= 163);
    if (!taken.contains(163)) {
      ASSERT_TRUE(taken.empty() ? *next == 100 : *next == *taken.rbegin() + 1);
    }
  }
}

// Against a set; hashes that collide most of the time.
TEST(SlotIndex, FindsWhatIsThereAndNothingElse) {
  std::mt19937 random(2);
  SlotIndex index;
  std::set<std::uint32_t> there;
  const auto hash_of = [](std::uint32_t slot) { return std::uint64_t{slot % 7} << 7; };
  for (int step = 0; step < 5000; ++step) {
    const std::uint32_t slot = random() % 300;
    if (there.contains(slot)) {
      index.erase(hash_of(slot), slot, hash_of);
      there.erase(slot);
    } else {
      index.insert(hash_of(slot), slot, hash_of);
      there.insert(slot);
    }
    const std::uint32_t sought = random() % 300;
    const std::uint32_t found = index.find(hash_of(sought), [&](std::uint32_t at) { return at == sought; });
    ASSERT_EQ(found, there.contains(sought) ? sought : SlotIndex::none) << step;
    ASSERT_EQ(index.size(), there.size());
  }
}

}  // namespace
}  // namespace openlsa::authority
