// replay_<target> DIRECTORY...: the kept inputs of a fuzz target, one after the other, in a build without libFuzzer.
// What the target requires is required of each; an input that once was a finding stays here and is looked at in every
// run.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "fuzz/fuzz.hpp"

namespace {

std::vector<std::filesystem::path> files_below(const std::filesystem::path& directory) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(directory, error))
    if (entry.is_regular_file()) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

int main(int argc, char** argv) {
  std::size_t inputs = 0;
  for (int i = 1; i < argc; ++i)
    for (const std::filesystem::path& file : files_below(argv[i])) {
      std::ifstream stream(file, std::ios::binary);
      const std::vector<char> read{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
      if (!stream.is_open() || stream.bad()) {
        std::fprintf(stderr, "replay: cannot read %s\n", file.c_str());
        return 1;
      }
      std::printf("%s: %zu bytes\n", file.c_str(), read.size());
      std::fflush(stdout);  // the last line names the input that ends the program
      // With nothing behind it, as libFuzzer gives it, so that a sanitizer sees a read past its end.
      const std::vector<std::uint8_t> exact(read.begin(), read.end());
      LLVMFuzzerTestOneInput(exact.data(), exact.size());
      ++inputs;
    }
  if (inputs == 0) {
    std::fprintf(stderr, "replay: there is no input in the directories that were named\n");
    return 1;
  }
  return 0;
}
