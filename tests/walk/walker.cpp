#include "walk/walker.hpp"

#include <gtest/gtest.h>
#include <openlsa/ntstatus.h>

#include <algorithm>

#include "support/text.hpp"
#include "walk/resources.hpp"
#include "walk/watchdog.hpp"

namespace openlsa::walk {
namespace {

constexpr unsigned char canaries[] = {0xa5, 0x5a};

// Of each cell, which bytes some good call has written: a value may equal one canary, not both.
using Marks = std::vector<std::vector<bool>>;

void mark(const std::vector<Cell>& cells, Marks& marks) {
  marks.resize(std::max(marks.size(), cells.size()));
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::vector<bool> now = written(cells[i]);
    marks[i].resize(std::max(marks[i].size(), now.size()));
    for (std::size_t at = 0; at < now.size(); ++at) marks[i][at] = marks[i][at] || now[at];
  }
}

void check_marks(const Row& row, const std::vector<Cell>& cells, const Marks& marks) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const auto count = static_cast<std::size_t>(std::count(marks[i].begin(), marks[i].end(), true));
    if (!cells[i].required) continue;
    EXPECT_GE(count, cells[i].whole ? cells[i].size : 1)
        << row.title() << " succeeded, and of " << cells[i].name << " only " << count << " bytes of " << cells[i].size
        << " were written";
  }
}

bool is_changed(const Cell& cell) { return !std::equal(cell.before.begin(), cell.before.end(), cell.at); }

void call_wrongly(const Row& row, std::size_t index, const Wrong& wrong, Objects& objects, unsigned char canary) {
  const std::string what = row.title() + ", parameter " + std::to_string(index + 1) + ": " + wrong.what;
  Call call(objects, canary);
  for (std::size_t i = 0; i < row.parameters.size(); ++i)
    call.words.push_back(i == index ? wrong.make(call) : row.parameters[i].good(call));
  const Watched watched(what);
  const Said said = call_row(row, call);
  const Expect expect = row.only_failure != 0 ? Expect::fails : wrong.expect;
  if (said.success) {
    EXPECT_TRUE(expect != Expect::fails || row.answer == Answer::nothing) << what << " succeeds";
    release(call);
    return;
  }
  EXPECT_NE(expect, Expect::succeeds) << what << " fails with " << say(row, said);
  check_failure(row, call, said, what);
}

}  // namespace

std::vector<Row>& rows() {
  static std::vector<Row> all;
  return all;
}

Said call_row(const Row& row, Call& call) {
  SetLastError(no_reason);
  Said said;
  said.result = row.call(call.words.data());
  const auto status = static_cast<std::int32_t>(said.result);
  switch (row.answer) {
    case Answer::status:
      said.success = status >= 0;
      said.status = status;
      break;
    case Answer::error:
      said.success = status == 0;
      said.status = status;
      break;
    case Answer::boolean:
    case Answer::pointer:
      said.success = said.result != 0;
      if (!said.success) said.status = static_cast<std::int32_t>(GetLastError());
      break;
    case Answer::nothing:
      said.success = true;
  }
  if (row.undo) row.undo(call);
  return said;
}

bool is_documented(const Row& row, const Said& said) {
  return std::find(row.statuses.begin(), row.statuses.end(), said.status) != row.statuses.end();
}

std::string say(const Row& row, const Said& said) {
  return row.answer == Answer::status ? test::status_text(said.status) : "error " + std::to_string(said.status);
}

void make_words(const Row& row, Call& call) {
  for (const Parameter& parameter : row.parameters) call.words.push_back(parameter.good(call));
}

void release(Call& call) {
  for (const Cell& cell : call.memory.cells())
    if (cell.release && is_changed(cell)) cell.release(cell.at);
}

void check_failure(const Row& row, const Call& call, const Said& said, const std::string& what) {
  EXPECT_TRUE(is_documented(row, said)) << what << " fails with " << say(row, said) << ", which is not documented";
  for (const Cell& cell : call.memory.cells()) {
    EXPECT_EQ(broken_promise(cell, said.status), "") << what << ", " << say(row, said);
    if (cell.on_failure == OnFailure::written && is_changed(cell) && cell.release) cell.release(cell.at);
  }
}

void walk_good_calls(const Row& row) {
  Marks marks;
  for (const unsigned char canary : canaries) {
    Objects objects;
    Call call(objects, canary);
    make_words(row, call);
    const Watched watched(row.title());
    const Said said = call_row(row, call);
    if (row.only_failure != 0) {
      EXPECT_FALSE(said.success) << row.title();
      EXPECT_EQ(said.status, row.only_failure) << row.title() << ": " << say(row, said);
      check_failure(row, call, said, row.title());
      continue;
    }
    ASSERT_TRUE(said.success) << row.title() << " fails with " << say(row, said);
    mark(call.memory.cells(), marks);
    if (canary == canaries[1]) check_marks(row, call.memory.cells(), marks);
    release(call);
  }
}

void walk_wrong_calls(const Row& row) {
  const auto all = [&row] {
    auto objects = std::make_unique<Objects>();
    for (std::size_t i = 0; i < row.parameters.size(); ++i)
      for (const Wrong& wrong : row.parameters[i].wrongs) {
        for (const unsigned char canary : canaries) {
          if (row.consumes) objects = std::make_unique<Objects>();
          call_wrongly(row, i, wrong, *objects, canary);
        }
      }
  };
  all();  // what is made once for the process is there now
  const Resources before = resources();
  all();
  EXPECT_EQ(leftovers(before), "") << row.title();
}

}  // namespace openlsa::walk
