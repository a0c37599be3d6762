// Which of the three compositions this run of the test program is about (OPENLSA_TEST_COMPOSITION, or --composition=).
#pragma once

#include <string>

namespace openlsa::test {

enum class Composition { isolated, in_authority, embedded };

// Ends the program with a message when the name is none of "isolated", "in-authority", "embedded".
void choose_composition(int argc, char** argv);
Composition composition();
const char* composition_name();
inline bool is_embedded() { return composition() == Composition::embedded; }
inline bool is_isolated() { return composition() == Composition::isolated; }

bool is_root();

}  // namespace openlsa::test

// For a test that needs what this run has not: it says so, and is not counted as passed.
#define OPENLSA_NEEDS_ROOT() \
  if (!openlsa::test::is_root()) GTEST_SKIP() << "not run: it needs several uids, so run the tests as root"
#define OPENLSA_NEEDS_DAEMON() \
  if (openlsa::test::is_embedded()) GTEST_SKIP() << "not run: the embedded authority serves one process only"
#define OPENLSA_NEEDS_ISOLATION() \
  if (!openlsa::test::is_isolated()) GTEST_SKIP() << "not run: only isolated packages have their own processes"
