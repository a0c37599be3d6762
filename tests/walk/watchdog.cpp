#include "walk/watchdog.hpp"

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

namespace openlsa::walk {
namespace {

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define OPENLSA_WALK_SANITIZED
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define OPENLSA_WALK_SANITIZED
#endif

char running[512] = "no call";

void say(const char* text) {
  if (::write(STDERR_FILENO, text, std::strlen(text)) < 0) return;
}

// Only what a handler may call; the signal then has its usual effect.
void name_the_call(int signal) {
  say(signal == SIGALRM ? "\nwalk: does not return: " : "\nwalk: crashes: ");
  say(running);
  say("\n");
  ::signal(signal, SIG_DFL);
  ::raise(signal == SIGALRM ? SIGABRT : signal);
}

}  // namespace

void watch_calls() {
  ::signal(SIGALRM, name_the_call);
  // The sanitizers have reports of their own for these.
#ifndef OPENLSA_WALK_SANITIZED
  for (const int crash : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL}) ::signal(crash, name_the_call);
#endif
}

Watched::Watched(const std::string& description) {
  const std::size_t length = std::min(description.size(), sizeof running - 1);
  std::memcpy(running, description.data(), length);
  running[length] = '\0';
  ::alarm(call_limit_seconds);
}

Watched::~Watched() { ::alarm(0); }

}  // namespace openlsa::walk
