// How a row is measured: ours and the reference by turns in one run, and the median of each.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace openlsa::bench {

// One line of the result. `ours` and `reference` are in `unit`; `ratio` says how many times better ours is (above 1:
// better), and is absent where there is no reference.
struct Row {
  std::string name;
  double ours = 0;
  std::optional<double> reference;
  std::optional<double> ratio;
  std::string unit;
  int runs = 0;      // 0: not run, and `note` has the reason
  std::string note;  // what was counted, for a person
};
Row not_run(std::string name, std::string reason);

// A family of rows. It fills in what `wants` selects; a failure explains itself and ends the program with an error.
struct Selection {
  std::string filter;  // part of a name; empty: all
  int runs = 7;        // at least five
  bool wants(const std::string& name) const { return filter.empty() || name.find(filter) != std::string::npos; }
};
using Rows = std::vector<Row>;

double median(std::vector<double> values);

// Nanoseconds of one call of `operation`, over `count` calls.
template <class Operation>
double nanoseconds_each(std::size_t count, Operation&& operation) {
  const auto begin = std::chrono::steady_clock::now();
  for (std::size_t i = 0; i < count; ++i) operation();
  const std::chrono::duration<double, std::nano> passed = std::chrono::steady_clock::now() - begin;
  return passed.count() / static_cast<double>(count);
}

// Runs both sides by turns: a warm-up of each that counts for nothing, then `runs` rounds. Each side returns one value
// of its round, smaller is better; a missing reference gives a row without one.
Row interleaved(std::string name, std::string unit, int runs, const std::function<double()>& ours,
                const std::function<double()>& reference, std::string note);

// Ends the program: a bench that cannot measure must not look as if it had.
[[noreturn]] void give_up(const std::string& why);

// Runs `measure` in a child process, for a row that needs a process of its own (libsecur32 knows one authority for
// each), and gives what it returns.
Rows in_child(const std::function<Rows()>& measure);

// Processor time of this process and others, each with all its threads.
class ProcessorTime {
 public:
  explicit ProcessorTime(std::vector<pid_t> others) : others_(std::move(others)) {}
  double nanoseconds() const;
  // Of one call of `operation`, over `count` calls.
  template <class Operation>
  double nanoseconds_each(std::size_t count, Operation&& operation) const {
    const double before = nanoseconds();
    for (std::size_t i = 0; i < count; ++i) operation();
    return (nanoseconds() - before) / static_cast<double>(count);
  }

 private:
  std::vector<pid_t> others_;
};

void call_empty(const Selection& selection, Rows& rows);
void handshakes(const Selection& selection, Rows& rows);
void seals(const Selection& selection, Rows& rows);
void sessions(const Selection& selection, Rows& rows);
void session_lookup(const Selection& selection, Rows& rows);
void host_start(const Selection& selection, Rows& rows);
void ntlm_handshakes(const Selection& selection, Rows& rows);
void ntlm_messages(const Selection& selection, Rows& rows);
void account_lookup(const Selection& selection, Rows& rows);
void logon_rate(const Selection& selection, Rows& rows);

}  // namespace openlsa::bench
