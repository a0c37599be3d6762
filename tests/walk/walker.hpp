// Calls every row well, wrongly, and from several threads.
#pragma once

#include "walk/row.hpp"

namespace openlsa::walk {

// What one call said.
struct Said {
  bool success = false;
  std::int32_t status = 0;  // of a failure: the status, or the Win32 error
  Word result = 0;
};
// With the row's undo.
Said call_row(const Row& row, Call& call);
bool is_documented(const Row& row, const Said& said);
std::string say(const Row& row, const Said& said);

void make_words(const Row& row, Call& call);
// Frees what a good call gave.
void release(Call& call);
// The promises about outputs of a call that failed; what it gave all the same is freed.
void check_failure(const Row& row, const Call& call, const Said& said, const std::string& what);

void walk_good_calls(const Row& row);
void walk_wrong_calls(const Row& row);
void walk_with_threads(const Row& row, std::size_t parameter);

// A test for each row and way.
void register_walk();

}  // namespace openlsa::walk
