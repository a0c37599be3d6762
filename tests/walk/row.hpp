// The table of the walk: one row per exported function, one parameter per parameter.
#pragma once

#include <openlsa/windows.h>

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "walk/memory.hpp"
#include "walk/objects.hpp"

namespace openlsa::walk {

// What GetLastError says when a function fails and sets no reason.
inline constexpr std::int32_t no_reason = 0xdead;

using Word = std::uintptr_t;  // an argument or a result, whatever its type

// One call: the objects that it is about, and its own memory.
struct Call {
  Call(Objects& what, unsigned char canary) : objects(what), memory(canary) {}
  Objects& objects;
  Memory memory;
  std::vector<Word> words;
};
using Make = std::function<Word(Call&)>;

enum class Expect { fails, succeeds, either };

// One wrong value of a parameter.
struct Wrong {
  std::string what;
  Make make;
  Expect expect = Expect::fails;
};

struct Parameter {
  Make good;
  std::vector<Wrong> wrongs;
  Kind handle = Kind::none;  // several threads use it while another closes it

  // The documentation allows NULL.
  Parameter optional() && {
    std::erase_if(wrongs, [](const Wrong& wrong) { return wrong.what == "NULL"; });
    wrongs.push_back({"NULL", [](Call&) { return Word{0}; }, Expect::succeeds});
    return std::move(*this);
  }
  Parameter wrong(std::string what, Make make, Expect expect = Expect::fails) && {
    wrongs.push_back({std::move(what), std::move(make), expect});
    return std::move(*this);
  }
  Parameter wrong(std::string what, Word value, Expect expect = Expect::fails) && {
    return std::move(*this).wrong(std::move(what), [value](Call&) { return value; }, expect);
  }
  // Wrong values whose effect the documentation leaves open: any documented status will do.
  Parameter lenient() && {
    for (Wrong& one : wrongs)
      if (one.expect == Expect::fails) one.expect = Expect::either;
    return std::move(*this);
  }
};

// How a result says success.
enum class Answer { status, boolean, pointer, error, nothing };

struct Row {
  std::string name;
  std::string variant;  // of several rows of one function
  Answer answer = Answer::status;
  std::function<Word(const Word*)> call;
  std::vector<Parameter> parameters;
  std::vector<std::int32_t> statuses;  // those documented for failure
  std::int32_t only_failure = 0;       // a function that has no good call here: what it always answers
  bool consumes = false;               // the good call ends an object
  bool needs_root = false;             // it changes the uid of the thread
  std::function<void(Call&)> undo;     // after every call, what the cells do not say

  Row& fails(std::initializer_list<std::int32_t> list) {
    statuses.insert(statuses.end(), list);
    return *this;
  }
  Row& always_fails(std::int32_t status) {
    only_failure = status;
    return fails({status});
  }
  Row& as(Answer kind) {
    answer = kind;
    return *this;
  }
  Row& as_root() {
    needs_root = true;
    return *this;
  }
  Row& consuming() {
    consumes = true;
    return *this;
  }
  Row& called(std::string which) {
    variant = std::move(which);
    return *this;
  }
  Row& then(std::function<void(Call&)> what) {
    undo = std::move(what);
    return *this;
  }
  std::string title() const { return variant.empty() ? name : name + ", " + variant; }
};

template <class T>
T from_word(Word word) {
  if constexpr (std::is_pointer_v<T>)
    return reinterpret_cast<T>(word);
  else
    return static_cast<T>(word);
}

template <class R, class... P, std::size_t... I>
Word invoke(R (*function)(P...), const Word* words, std::index_sequence<I...>) {
  (void)words;
  if constexpr (std::is_void_v<R>) {
    function(from_word<P>(words[I])...);
    return 0;
  } else if constexpr (std::is_pointer_v<R>) {
    return reinterpret_cast<Word>(function(from_word<P>(words[I])...));
  } else {
    return static_cast<Word>(static_cast<std::int64_t>(function(from_word<P>(words[I])...)));
  }
}

template <class R>
constexpr Answer usual_answer() {
  if (std::is_void_v<R>) return Answer::nothing;
  if (std::is_pointer_v<R>) return Answer::pointer;
  return Answer::status;
}

// The rows of the program, in the order in which the areas add them.
std::vector<Row>& rows();

template <class R, class... P>
Row& add_row(const char* name, R (*function)(P...), std::array<Parameter, sizeof...(P)> parameters) {
  Row row;
  row.name = name;
  row.answer = usual_answer<R>();
  row.call = [function](const Word* words) { return invoke(function, words, std::index_sequence_for<P...>()); };
  row.parameters.assign(parameters.begin(), parameters.end());
  rows().push_back(std::move(row));
  return rows().back();
}

}  // namespace openlsa::walk

#define ROW(function, ...) \
  openlsa::walk::add_row(#function, &(function), {__VA_OPT__({) __VA_ARGS__ __VA_OPT__(})})
