// account.lookup.1m: an account by its name among a million, against one among a thousand; names in random order.
#include <fmt/format.h>

#include <filesystem>
#include <random>

#include "authority/accounts/account_store.hpp"
#include "measure.hpp"

namespace openlsa::bench {
namespace {

constexpr std::size_t few = 1'000, many = 1'000'000, added_at_once = 10'000, lookups_each_run = 1 << 16;

std::string name_of(std::size_t index) { return fmt::format("user{:07}", index); }

class LookupStore {
 public:
  explicit LookupStore(std::size_t count) {
    std::string directory = std::filesystem::temp_directory_path() / "openlsa-bench-XXXXXX";
    if (::mkdtemp(directory.data()) == nullptr) give_up("cannot make " + directory);
    authority::AccountStore::Options options;
    options.path = directory + "/accounts.db";
    options.domain = "BENCH";
    options.uid_range = {100'000, 100'000 + static_cast<std::uint32_t>(many)};
    auto opened = authority::AccountStore::open(std::move(options));
    if (!opened) give_up(opened.error().message);
    store_ = std::move(*opened);
    for (std::size_t index = 0; index < count; index += added_at_once)
      add(index, std::min(count, index + added_at_once));
    std::mt19937_64 random(42);
    for (std::size_t i = 0; i < lookups_each_run; ++i) names_.push_back(name_of(random() % count));
    std::filesystem::remove_all(directory);  // nothing is read or written from here on
  }
  double nanoseconds_of_lookup() {
    std::size_t at = 0;
    return nanoseconds_each(names_.size(), [&] {
      if (!store_->find_by_name(names_[at++])) give_up("an account is not there");
    });
  }

 private:
  void add(std::size_t from, std::size_t to) {
    std::vector<authority::NewAccount> accounts(to - from);
    for (std::size_t i = 0; i < accounts.size(); ++i) accounts[i].name = name_of(from + i);
    const auto added = store_->add_all(accounts);
    if (!added) give_up(added.error().message);
    for (const auto& one : *added)
      if (!one) give_up(one.error().message);
  }

  std::unique_ptr<authority::AccountStore> store_;
  std::vector<std::string> names_;
};

}  // namespace

void account_lookup(const Selection& selection, Rows& rows) {
  if (!selection.wants("account.lookup.1m")) return;
  const Rows measured = in_child([&] {
    // Not taken apart: the process ends with them.
    auto& small = *new LookupStore(few);
    auto& large = *new LookupStore(many);
    return Rows{interleaved(
        "account.lookup.1m", "ns", selection.runs, [&] { return large.nanoseconds_of_lookup(); },
        [&] { return small.nanoseconds_of_lookup(); },
        fmt::format("an account by its name, a copy of it included; the reference is the same with {} accounts", few))};
  });
  rows.insert(rows.end(), measured.begin(), measured.end());
}

}  // namespace openlsa::bench
