// Every constant of constants.tsv has the value that Windows documents: packages store and exchange these numbers.
#define SECURITY_WIN32
#include <openlsa/ntsecapi.h>
#include <openlsa/ntsecpkg.h>
#include <openlsa/ntstatus.h>
#include <openlsa/security.h>
#include <openlsa/subauth.h>
#include <openlsa/windows.h>

#include <gtest/gtest.h>

#include <cstdint>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace {

struct Number {
  const char* name;
  std::int64_t here;
  std::int64_t windows;
};
struct Text {
  const char* name;
  std::string here;
  const char* windows;
};

// The texts are ASCII, so each unit of a wide literal is its character.
template <class Unit, std::size_t size>
std::string narrow(const Unit (&literal)[size]) {
  std::string result;
  for (std::size_t i = 0; i + 1 < size; ++i) result += static_cast<char>(literal[i]);
  return result;
}

// Windows writes some 32-bit values as signed and some as unsigned; what counts is the 32 bits.
constexpr std::int64_t as_32_bits(std::int64_t value) {
  return value < 0 && value >= INT32_MIN ? value & 0xffffffff : value;
}

// Tables of constants: the compiler takes minutes over code that fills containers with so many rows.
constexpr Number numbers[] = {
#define CONSTANT_INT(name, value) {#name, as_32_bits(static_cast<std::int64_t>(name)), value},
#define CONSTANT_TEXT(name, text)
#include "constants.inc"
#undef CONSTANT_INT
#undef CONSTANT_TEXT
};
constexpr const char* names[] = {
#define CONSTANT_INT(name, value) #name,
#define CONSTANT_TEXT(name, text) #name,
#include "constants.inc"
#undef CONSTANT_INT
#undef CONSTANT_TEXT
};

std::vector<Text> texts() {
  return {
#define CONSTANT_INT(name, value)
#define CONSTANT_TEXT(name, text) {#name, narrow(name), text},
#include "constants.inc"
#undef CONSTANT_INT
#undef CONSTANT_TEXT
  };
}

TEST(Constants, NumbersAreThoseOfWindows) {
  for (const Number& number : numbers) EXPECT_EQ(number.windows, number.here) << number.name;
}

TEST(Constants, TextsAreThoseOfWindows) {
  for (const Text& text : texts()) EXPECT_EQ(text.windows, text.here) << text.name;
}

TEST(Constants, TheTableHasEveryRowOfTheDataFile) {
  std::ifstream file(OPENLSA_CONSTANTS_TSV);
  ASSERT_TRUE(file) << "cannot read " << OPENLSA_CONSTANTS_TSV;
  std::vector<std::string> rows;
  for (std::string line; std::getline(file, line);)
    if (!line.empty() && line[0] != '#') rows.push_back(line.substr(0, line.find('\t')));
  const std::vector<std::string> table(std::begin(names), std::end(names));
  EXPECT_EQ(rows, table) << "constants.inc and constants.tsv must change together";
}

}  // namespace
