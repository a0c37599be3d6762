#include "library.hpp"

#include <dlfcn.h>

#include <mutex>

namespace winbind {
namespace {

constexpr const char* file_name = "libwbclient.so.0";

std::mutex mutex;
bool loaded = false;
wbc::Functions functions;

std::string load_functions(wbc::Functions& found) {
  // Never closed: its threads' memory may be in use until the process is gone.
  void* file = dlopen(file_name, RTLD_NOW | RTLD_LOCAL);
  if (file == nullptr) {
    const char* why = dlerror();
    return std::string(why == nullptr ? file_name : why) + ". Install Debian's package libwbclient0.";
  }
  std::string missing;
#define WINBIND_FIND(name, ...)                                            \
  found.name = reinterpret_cast<decltype(found.name)>(dlsym(file, #name)); \
  if (found.name == nullptr && missing.empty()) missing = #name;
  WINBIND_FUNCTIONS(WINBIND_FIND)
#undef WINBIND_FIND
  if (missing.empty()) return {};
  return std::string(file_name) + " has no " + missing + ". It is too old: Samba 4.6 or later is needed.";
}

}  // namespace

std::string load_library() {
  const std::lock_guard lock(mutex);
  if (loaded) return {};
  wbc::Functions found;
  std::string failure = load_functions(found);
  if (failure.empty()) {
    functions = found;
    loaded = true;
  }
  return failure;
}

const wbc::Functions& library() { return functions; }

void use_library(const wbc::Functions& other) {
  const std::lock_guard lock(mutex);
  functions = other;
  loaded = true;
}

}  // namespace winbind
