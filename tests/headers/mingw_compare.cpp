// Compares the constants of our headers, linked in, with those of mingw-w64: mingw_compare TABLE EXCEPTIONS, where
// TABLE is the table that mingw's compiler made (mingw_probe.c). Every difference must stand in EXCEPTIONS with its
// reason, and every exception must still be one.
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "mingw_probe.h"

extern "C" {
extern const struct probe openlsa_probes[];
extern const unsigned long long openlsa_probe_count;
}

namespace {

using Values = std::map<std::string, long long>;
// The lines of a kind, "absent" or "differs": names.
using Exceptions = std::map<std::string, std::set<std::string>>;

bool read_table(const char* path, Values& values) {
  std::ifstream file(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  if (!file || bytes.size() < sizeof(probe)) return false;
  for (std::size_t at = 0; at + sizeof(probe) <= bytes.size(); at += sizeof(probe)) {
    probe entry;
    std::memcpy(&entry, bytes.data() + at, sizeof entry);
    // The section may end with padding.
    if (entry.name[0] != 0) values[std::string(entry.name, strnlen(entry.name, sizeof entry.name))] = entry.value;
  }
  return true;
}

bool read_exceptions(const char* path, Exceptions& exceptions) {
  std::ifstream file(path);
  if (!file) return false;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    const std::size_t first = line.find('\t');
    const std::size_t second = first == std::string::npos ? first : line.find('\t', first + 1);
    if (second == std::string::npos || second + 1 == line.size()) {
      std::printf("%s: not name, kind, reason with tabs between: %s\n", path, line.c_str());
      return false;
    }
    exceptions[line.substr(first + 1, second - first - 1)].insert(line.substr(0, first));
  }
  return true;
}

// Signed in one header and unsigned in the other is no difference; some flags have more than 32 bits.
unsigned long long bits(long long value) {
  return value < 0 && value >= INT32_MIN ? static_cast<unsigned>(value) : static_cast<unsigned long long>(value);
}

int compare(const Values& ours, const Values& mingw, const Exceptions& exceptions) {
  const auto excepted = [&](const char* kind, const std::string& name) {
    const auto found = exceptions.find(kind);
    return found != exceptions.end() && found->second.count(name) != 0;
  };
  int failures = 0, same = 0, absent = 0, differing = 0;
  for (const auto& [name, value] : ours) {
    const auto there = mingw.find(name);
    if (there == mingw.end()) {
      ++absent;
      std::printf("absent in mingw: %s\n", name.c_str());
    } else if (bits(value) == bits(there->second)) {
      ++same;
      if (!excepted("differs", name)) continue;
      ++failures;
      std::printf("FAILED: %s is listed as different, and is the same: take the line out\n", name.c_str());
    } else if (excepted("differs", name)) {
      ++differing;
    } else {
      ++failures;
      std::printf("FAILED: %s is 0x%llX here and 0x%llX in mingw: correct it, or list it with the reason\n",
                  name.c_str(), bits(value), bits(there->second));
    }
  }
  for (const auto& [kind, names] : exceptions)
    for (const std::string& name : names)
      if (ours.count(name) == 0) {
        ++failures;
        std::printf("FAILED: the exception %s (%s) is not in constants.tsv\n", name.c_str(), kind.c_str());
      }
  std::printf("%d the same, %d different with a reason, %d absent in mingw, %d failures\n", same, differing, absent,
              failures);
  return failures == 0 && same > 0 ? 0 : 1;
}

}  // namespace

int main(int argument_count, char** arguments) {
  Values ours, mingw;
  Exceptions exceptions;
  for (unsigned long long i = 0; i < openlsa_probe_count; ++i) ours[openlsa_probes[i].name] = openlsa_probes[i].value;
  if (argument_count != 3 || !read_table(arguments[1], mingw) || !read_exceptions(arguments[2], exceptions)) {
    std::printf("usage: mingw_compare TABLE EXCEPTIONS (both must be readable and well-formed)\n");
    return 2;
  }
  return compare(ours, mingw, exceptions);
}
