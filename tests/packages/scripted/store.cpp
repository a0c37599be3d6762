#include "store.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>

#include "scripted.hpp"

namespace scripted {
namespace {

// Only a call of the LSA knows it, and it stays what it was.
std::string state_directory() {
  const auto* interface = static_cast<const OPENLSA_PACKAGE_INTERFACE*>(
      OpenLsaGetInterface(OPENLSA_PACKAGE_INTERFACE_NAME, OPENLSA_PACKAGE_INTERFACE_VERSION));
  char path[4096];
  ULONG size = sizeof path;
  if (interface == nullptr || interface->GetStateDirectory(path, &size) != STATUS_SUCCESS) return "";
  return path;
}

std::string directory_of(Half half) {
  if (half == Half::user) {
    const char* named = std::getenv("SCRIPTED_USER_DIRECTORY");
    return named == nullptr ? "" : named;
  }
  static std::mutex mutex;
  static std::string known;
  const std::lock_guard lock(mutex);
  if (known.empty()) known = state_directory();
  return known;
}

std::string read_all(const std::string& path) {
  std::string text;
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return text;
  char block[4096];
  for (ssize_t got; (got = ::read(file, block, sizeof block)) > 0;) text.append(block, static_cast<std::size_t>(got));
  ::close(file);
  return text;
}

// One write: lines of several threads and processes do not mix. Returns the end of what was written.
unsigned long long append(const std::string& path, std::string_view bytes) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (file < 0) return 0;
  static_cast<void>(!::write(file, bytes.data(), bytes.size()));
  const off_t end = ::lseek(file, 0, SEEK_CUR);
  // The first writer made it; a user half in a process of another uid writes it as well.
  if (end == static_cast<off_t>(bytes.size())) static_cast<void>(!::fchmod(file, 0666));
  ::close(file);
  return end < 0 ? 0 : static_cast<unsigned long long>(end);
}

constexpr const char* own_files[] = {"script.", "calls.", "at.", "go.", "record", "sequence"};

bool is_own(const char* name) {
  for (const char* prefix : own_files)
    if (std::strncmp(name, prefix, std::strlen(prefix)) == 0) return true;
  return false;
}

}  // namespace

Store::Store(Half half) : directory_(directory_of(half)) {}

std::string Store::script(const std::string& entry) const {
  return directory_.empty() ? "" : read_all(path("script." + entry));
}

void Store::set_script(const std::string& entry, const std::string& text) const {
  for (const char* package : package_names) remove_file("calls." + entry + "." + package);
  set_file("script." + entry, text);
}

// A file with a byte for each call: the kernel counts, and a crash does not lose the count.
unsigned long long Store::count_call(const std::string& entry, const char* package) const {
  return directory_.empty() ? 0 : append(path("calls." + entry + "." + package), ".");
}

unsigned long long Store::next_sequence() const { return directory_.empty() ? 0 : append(path("sequence"), "."); }

void Store::append_record(const std::string& line) const {
  if (!directory_.empty()) append(path("record"), line + "\n");
}

std::string Store::record() const { return file("record"); }

bool Store::released(const std::string& gate) const {
  return directory_.empty() || ::access(path("go." + gate).c_str(), F_OK) == 0;
}

void Store::clear() const {
  DIR* directory = directory_.empty() ? nullptr : ::opendir(directory_.c_str());
  if (directory == nullptr) return;
  while (const dirent* found = ::readdir(directory))
    if (is_own(found->d_name)) remove_file(found->d_name);
  ::closedir(directory);
}

std::string Store::file(const std::string& name) const { return directory_.empty() ? "" : read_all(path(name)); }

// Whole, or not at all: a reader never sees a part.
void Store::set_file(const std::string& name, const std::string& bytes) const {
  if (directory_.empty()) return;
  const std::string draft = path("draft." + std::to_string(::getpid()) + "." + random_hex());
  const int file = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (file < 0) return;
  const bool whole = ::write(file, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size());
  ::close(file);
  if (!whole || ::rename(draft.c_str(), path(name).c_str()) != 0) ::unlink(draft.c_str());
}

void Store::remove_file(const std::string& name) const {
  if (!directory_.empty()) ::unlink(path(name).c_str());
}

}  // namespace scripted
