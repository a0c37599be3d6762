#include "measure.hpp"

#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "base/fields.hpp"
#include "wire/codec.hpp"

namespace openlsa::bench {
namespace {

// A row as bytes for the pipe from a child; doubles travel by their bits.
struct SentRow {
  std::string name;
  std::uint64_t ours = 0;
  std::optional<std::uint64_t> reference;
  std::optional<std::uint64_t> ratio;
  std::string unit;
  std::uint32_t runs = 0;
  std::string note;
  OPENLSA_FIELDS(name, ours, reference, ratio, unit, runs, note)
};
struct SentRows {
  std::vector<SentRow> rows;
  OPENLSA_FIELDS(rows)
};

std::optional<std::uint64_t> bits(const std::optional<double>& value) {
  return value ? std::optional(std::bit_cast<std::uint64_t>(*value)) : std::nullopt;
}
std::optional<double> number(const std::optional<std::uint64_t>& value) {
  return value ? std::optional(std::bit_cast<double>(*value)) : std::nullopt;
}

bool send(int pipe, const Rows& rows) {
  SentRows sent;
  for (const Row& row : rows)
    sent.rows.push_back({row.name, std::bit_cast<std::uint64_t>(row.ours), bits(row.reference), bits(row.ratio),
                         row.unit, static_cast<std::uint32_t>(row.runs), row.note});
  const wire::Message message = wire::encode(sent);
  return ::write(pipe, message.bytes.data(), message.bytes.size()) == static_cast<ssize_t>(message.bytes.size());
}

std::optional<Rows> receive(int pipe) {
  wire::Message message;
  std::uint8_t part[4096];
  for (ssize_t got; (got = ::read(pipe, part, sizeof part)) > 0;)
    message.bytes.insert(message.bytes.end(), part, part + got);
  auto sent = wire::decode<SentRows>(message);
  if (!sent) return std::nullopt;
  Rows rows;
  for (SentRow& row : sent->rows)
    rows.push_back({std::move(row.name), std::bit_cast<double>(row.ours), number(row.reference), number(row.ratio),
                    std::move(row.unit), static_cast<int>(row.runs), std::move(row.note)});
  return rows;
}

}  // namespace

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 != 0 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

Row interleaved(std::string name, std::string unit, int runs, const std::function<double()>& ours,
                const std::function<double()>& reference, std::string note) {
  std::vector<double> our_values, reference_values;
  ours();
  if (reference) reference();
  for (int run = 0; run < runs; ++run) {
    our_values.push_back(ours());
    if (reference) reference_values.push_back(reference());
  }
  Row row;
  row.name = std::move(name);
  row.ours = median(our_values);
  row.unit = std::move(unit);
  row.runs = runs;
  row.note = std::move(note);
  if (reference) {
    row.reference = median(reference_values);
    row.ratio = *row.reference / row.ours;
  }
  return row;
}

Row not_run(std::string name, std::string reason) {
  Row row;
  row.name = std::move(name);
  row.note = "not run: " + std::move(reason);
  return row;
}

double ProcessorTime::nanoseconds() const {
  const auto read = [](clockid_t clock) {
    timespec time{};
    if (::clock_gettime(clock, &time) != 0)
      give_up("no processor time of a process: " + std::string(std::strerror(errno)));
    return static_cast<double>(time.tv_sec) * 1e9 + static_cast<double>(time.tv_nsec);
  };
  double sum = read(CLOCK_PROCESS_CPUTIME_ID);
  for (const pid_t other : others_) {
    clockid_t clock = 0;
    if (::clock_getcpuclockid(other, &clock) != 0) give_up("a process of the authority is gone");
    sum += read(clock);
  }
  return sum;
}

void give_up(const std::string& why) {
  std::fprintf(stderr, "openlsa-bench: %s\n", why.c_str());
  std::exit(1);
}

Rows in_child(const std::function<Rows()>& measure) {
  std::fflush(nullptr);
  int ends[2];
  if (::pipe(ends) != 0) give_up("no pipe: " + std::string(std::strerror(errno)));
  const pid_t child = ::fork();
  if (child < 0) give_up("no child: " + std::string(std::strerror(errno)));
  if (child == 0) {
    ::close(ends[0]);
    const bool sent = send(ends[1], measure());
    std::fflush(nullptr);
    ::_exit(sent ? 0 : 1);
  }
  ::close(ends[1]);
  auto rows = receive(ends[0]);
  ::close(ends[0]);
  int state = 0;
  ::waitpid(child, &state, 0);
  if (state != 0 || !rows) give_up("a measuring process failed; its reason is above");
  return std::move(*rows);
}

}  // namespace openlsa::bench
