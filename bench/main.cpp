// openlsa-bench [--filter PART] [--runs N] [--out FILE]: measures, prints a table, and writes the rows as JSON.
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "measure.hpp"

namespace {

using namespace openlsa::bench;

constexpr const char* usage =
    "usage: openlsa-bench [--filter PART-OF-A-NAME] [--runs N] [--out FILE]; the rows go to FILE as JSON";

// malloc takes its memory in huge pages, as in lsad under its systemd unit: both sides of every row have it.
void use_huge_pages(char** argv) {
  constexpr const char* tunables = "GLIBC_TUNABLES";
  if (std::getenv(tunables) != nullptr) return;
  ::setenv(tunables, "glibc.malloc.hugetlb=1", 1);
  ::execv("/proc/self/exe", argv);  // when this fails, the figures are those of small pages
}

struct Arguments {
  Selection selection;
  std::string out;
};

Arguments parse(int argc, char** argv) {
  Arguments arguments;
  for (int i = 1; i < argc; ++i) {
    const std::string_view name = argv[i];
    if (name == "--help") {
      fmt::print("{}\n", usage);
      std::exit(0);
    }
    if (i + 1 == argc || (name != "--filter" && name != "--runs" && name != "--out")) give_up(usage);
    const char* value = argv[++i];
    if (name == "--filter") arguments.selection.filter = value;
    if (name == "--runs") arguments.selection.runs = std::atoi(value);
    if (name == "--out") arguments.out = value;
  }
  if (arguments.selection.runs < 5) give_up("--runs: a median of fewer than five says little; use 5 or more");
  return arguments;
}

std::string amount(const std::optional<double>& value) {
  if (!value) return "-";
  return *value < 100 ? fmt::format("{:.2f}", *value) : fmt::format("{:.0f}", *value);
}

void print(const Rows& rows) {
  fmt::print("{:<48} {:>14} {:>14} {:>8} {:<6} {:>5}\n", "row", "ours", "reference", "ratio", "unit", "runs");
  for (const Row& row : rows) {
    fmt::print("{:<48} {:>14} {:>14} {:>8} {:<6} {:>5}\n", row.name, row.runs != 0 ? amount(row.ours) : "not run",
               amount(row.reference), row.ratio ? fmt::format("{:.3f}", *row.ratio) : "-", row.unit, row.runs);
  }
  fmt::print("\nratio: how many times better ours is than the reference (above 1: better)\n");
  for (const Row& row : rows)
    if (!row.note.empty()) fmt::print("  {}: {}\n", row.name, row.note);
}

std::string json_number(const std::optional<double>& value) { return value ? fmt::format("{:.6g}", *value) : "null"; }

// Names, units and numbers are ours; nothing in them needs an escape.
void write_json(const std::string& path, const Rows& rows) {
  std::FILE* file = std::fopen(path.c_str(), "w");
  if (file == nullptr) give_up(fmt::format("cannot write {}; does its directory exist?", path));
  fmt::print(file, "[");
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Row& row = rows[i];
    fmt::print(
        file,
        "{}\n  {{\"name\": \"{}\", \"ours\": {}, \"reference\": {}, \"ratio\": {}, \"unit\": \"{}\", \"runs\": {}}}",
        i == 0 ? "" : ",", row.name, json_number(row.runs != 0 ? std::optional(row.ours) : std::nullopt),
        json_number(row.reference), json_number(row.ratio), row.unit, row.runs);
  }
  fmt::print(file, "\n]\n");
  if (std::fclose(file) != 0) give_up(fmt::format("cannot write {}", path));
}

}  // namespace

int main(int argc, char** argv) {
  const Arguments arguments = parse(argc, argv);
  use_huge_pages(argv);
  Rows rows;
  for (const auto family : {call_empty, handshakes, ntlm_handshakes, seals, ntlm_messages, sessions, session_lookup,
                            account_lookup, logon_rate, host_start})
    family(arguments.selection, rows);
  if (rows.empty()) give_up("no row has a name with that in it");
  print(rows);
  if (!arguments.out.empty()) write_json(arguments.out, rows);
  return 0;
}
