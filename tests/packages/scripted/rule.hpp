// One rule of an entry point's script: when it applies, and what the entry point then does (README.md).
#pragma once

#include <optional>

#include "scripted.hpp"
#include "store.hpp"

namespace scripted {

class Rule {
 public:
  Rule() = default;
  explicit Rule(Options words) : words_(std::move(words)) {}

  bool applies(const char* package, unsigned long long call) const;
  std::string word(const std::string& name, const std::string& fallback = "") const {
    return option(words_, name, fallback);
  }
  bool has(const std::string& name) const { return words_.count(name) != 0; }
  unsigned long long number(const std::string& name, unsigned long long fallback = 0) const;
  // `return=STATUS`: the usual behaviour is left out, unless there is `run=1` as well.
  std::optional<NTSTATUS> status() const;
  bool runs_usual() const { return !has("return") || number("run") != 0; }
  // Whether what is said of outputs is meant for this one (`output=NAME,NAME`; without it for all).
  bool is_about(const char* output) const;

 private:
  Options words_;
};

// The rule for this call; an empty one when none applies.
Rule rule_for(const Store& store, const std::string& entry, const char* package, unsigned long long call);

// Words travel in lines: what could end a word is written as %XX.
std::string escape(std::string_view text);
std::string unescape(std::string_view text);

// misbehave.cpp: what a rule asks for before the usual behaviour, and after it.
void before_usual(const Store& store, const Rule& rule);
void after_usual(const Store& store, const Rule& rule);

}  // namespace scripted
