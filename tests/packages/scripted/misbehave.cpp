// What a package does wrong: it dies, hangs, is late, leaks, frees twice.
#include <signal.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <stdexcept>

#include "outputs.hpp"
#include "rule.hpp"

namespace scripted {
namespace {

[[gnu::noinline]] int use_stack(volatile const bool& more) {
  volatile char block[65536];
  block[0] = 1;
  return more ? use_stack(more) + block[0] : 0;
}

// By the signal itself, past every handler: a host must not be able to soften it.
void die(const std::string& how) {
  if (how == "segv") {
    ::signal(SIGSEGV, SIG_DFL);
    volatile std::uintptr_t nowhere = 16;
    *reinterpret_cast<volatile int*>(nowhere) = 1;
  }
  if (how == "abort") std::abort();
  if (how == "kill") ::raise(SIGKILL);
  if (how == "exit") ::_exit(7);
  if (how == "exit-handlers") std::exit(7);
  if (how == "throw") throw std::runtime_error("the scripted package was told to throw");
  volatile bool for_ever = true;
  if (how == "stack") use_stack(for_ever);
  if (how == "loop")
    while (for_ever) {
    }
  if (how == "hang")
    while (for_ever) Sleep(1000);
}

// The test sees that a call is at the gate, and opens it, so that nothing depends on time; ten minutes end a test that
// forgot it.
void wait_for(const Store& store, const std::string& gate) {
  if (!gate.empty()) store.set_file("at." + gate, "");
  for (int i = 0; i < 60000 && !gate.empty() && !store.released(gate); ++i) Sleep(10);
}

void sleep_for(unsigned long long milliseconds) {
  if (milliseconds != 0) Sleep(static_cast<DWORD>(milliseconds));
}

// leak=ALLOCATOR:BYTES and double-free=ALLOCATOR:BYTES, of blocks that no output names.
void waste(const std::string& words, bool free_twice) {
  const std::size_t colon = words.find(':');
  if (words.empty() || colon == std::string::npos) return;
  const std::string allocator = words.substr(0, colon);
  void* block = allocate(allocator, static_cast<std::size_t>(parse_number(words.substr(colon + 1))));
  if (!free_twice) return;
  release(allocator, block);
  release(allocator, block);
}

}  // namespace

void before_usual(const Store& store, const Rule& rule) {
  wait_for(store, rule.word("wait"));
  sleep_for(rule.number("sleep"));
  waste(rule.word("leak"), false);
  waste(rule.word("double-free"), true);
  die(rule.word("crash"));
}

void after_usual(const Store& store, const Rule& rule) {
  wait_for(store, rule.word("late-wait"));
  sleep_for(rule.number("late"));
  die(rule.word("crash-after"));
}

}  // namespace scripted
