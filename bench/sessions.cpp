// session.bytes.*: heap of the authority for one logon session with its token and a handle to it.
#include <fmt/format.h>
#include <malloc.h>
#include <unistd.h>

#include <fstream>

#include "measure.hpp"
#include "populated_table.hpp"

namespace openlsa::bench {
namespace {

double heap_bytes() {
  const auto info = ::mallinfo2();
  return static_cast<double>(info.uordblks + info.hblkhd);
}

double resident_bytes() {
  std::size_t size = 0, resident = 0;
  std::ifstream("/proc/self/statm") >> size >> resident;
  return static_cast<double>(resident) * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

// In a process of its own, so that no run inherits the heap of another.
Rows bytes_of_one_run(std::size_t count) {
  return in_child([&] {
    const BenchAccounts accounts;
    const double heap = heap_bytes();
    const double resident = resident_bytes();
    PopulatedTable table(accounts, count);
    Row row;
    row.ours = (heap_bytes() - heap) / static_cast<double>(count);
    row.reference = (resident_bytes() - resident) / static_cast<double>(count);
    return Rows{row};
  });
}

Row bytes_row(const std::string& name, std::size_t count, int runs) {
  std::vector<double> heap, resident;
  for (int run = 0; run < runs; ++run) {
    const Row one = bytes_of_one_run(count).at(0);
    heap.push_back(one.ours);
    resident.push_back(*one.reference);
  }
  Row row;
  row.name = name;
  row.ours = median(heap);
  row.unit = "bytes";
  row.runs = runs;
  row.note = fmt::format("{} sessions; heap in use, malloc's own bytes included; resident memory grew by {:.0f} each",
                         count, median(resident));
  return row;
}

}  // namespace

void sessions(const Selection& selection, Rows& rows) {
  const std::pair<const char*, std::size_t> sizes[] = {
      {"session.bytes.1k", 1'000}, {"session.bytes.100k", 100'000}, {"session.bytes.1m", 1'000'000}};
  for (const auto& [name, count] : sizes)
    if (selection.wants(name)) rows.push_back(bytes_row(name, count, selection.runs));
}

}  // namespace openlsa::bench
