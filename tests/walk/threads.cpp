// Several threads call with one handle while another closes it.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "walk/walker.hpp"
#include "walk/watchdog.hpp"

namespace openlsa::walk {
namespace {

constexpr int callers = 3;
constexpr int calls_of_each = 12;
constexpr int calls_before_closing = 6;  // of all together

void call_many_times(const Row& row, Objects& objects, std::atomic<int>& done, unsigned char canary) {
  for (int i = 0; i < calls_of_each; ++i) {
    Call call(objects, canary);
    make_words(row, call);
    const Said said = call_row(row, call);
    if (said.success)
      release(call);
    else
      check_failure(row, call, said, row.title() + " in several threads");
    ++done;
  }
}

// A call that ends its object: one of the threads does it.
void end_once(const Row& row) {
  Objects objects;
  std::vector<std::unique_ptr<Call>> calls;
  for (int i = 0; i < callers; ++i) {
    calls.push_back(std::make_unique<Call>(objects, 0xa5));
    make_words(row, *calls.back());
  }
  std::atomic<int> successes = 0;
  std::vector<std::thread> threads;
  for (auto& call : calls)
    threads.emplace_back([&] {
      const Said said = call_row(row, *call);
      if (said.success)
        ++successes;
      else
        check_failure(row, *call, said, row.title() + " in several threads");
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(successes, 1) << row.title();
  for (auto& call : calls) release(*call);
}

}  // namespace

void walk_with_threads(const Row& row, std::size_t parameter) {
  const Watched watched(row.title() + " in several threads");
  if (row.consumes) return end_once(row);
  Objects objects;
  {
    Call first(objects, 0x5a);  // makes the objects
    make_words(row, first);
  }
  std::atomic<int> done = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < callers; ++i) threads.emplace_back([&] { call_many_times(row, objects, done, 0xa5); });
  while (done < calls_before_closing) std::this_thread::yield();
  const Kind kind = row.parameters[parameter].handle;
  std::atomic<int> closed = 0;
  for (int i = 0; i < 2; ++i) threads.emplace_back([&] { closed += objects.close(kind) ? 1 : 0; });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(closed, 1) << row.title() << ": the handle is closed by one of two";
}

}  // namespace openlsa::walk
