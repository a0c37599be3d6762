#include "authority/accounts/backup_database.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <memory>

#include "authority/policy/files.hpp"
#include "base/random.hpp"

namespace openlsa::authority {
namespace {

struct Close {
  void operator()(sqlite3* connection) const { sqlite3_close(connection); }
};
using Connection = std::unique_ptr<sqlite3, Close>;

// The copy as SQLite makes it, beside the original; gone when this goes.
class Copy {
 public:
  explicit Copy(const std::string& original) {
    std::uint64_t number = 0;
    base::fill_random({reinterpret_cast<std::uint8_t*>(&number), sizeof number});
    path_ = fmt::format("{}.backup-{:016x}", original, number);
  }
  ~Copy() {
    for (const char* ending : {"", "-journal", "-wal", "-shm"}) ::unlink((path_ + ending).c_str());
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

base::OrFailure<Connection> open(const std::string& path, int flags) {
  sqlite3* connection = nullptr;
  const int result = sqlite3_open_v2(path.c_str(), &connection, flags | SQLITE_OPEN_NOFOLLOW, nullptr);
  Connection opened(connection);
  if (result != SQLITE_OK)
    return base::failure(fmt::format("Cannot open {}: {}. Check the disk.", path, sqlite3_errstr(result)));
  sqlite3_busy_timeout(connection, 5000);
  return opened;
}

// One step under one read transaction: writers go on meanwhile, and the copy has nothing of what they do.
base::OrFailure<> copy_pages(const std::string& from, const std::string& to) {
  const Connection source = OPENLSA_TRY(open(from, SQLITE_OPEN_READWRITE));
  const Connection target = OPENLSA_TRY(open(to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE));
  sqlite3_backup* backup = sqlite3_backup_init(target.get(), "main", source.get(), "main");
  if (backup != nullptr) sqlite3_backup_step(backup, -1);
  if (backup == nullptr || sqlite3_backup_finish(backup) != SQLITE_OK)
    return base::failure(
        fmt::format("Cannot copy {}: {}. Check the free space beside it.", from, sqlite3_errmsg(target.get())));
  // As one file, without a log beside it.
  if (sqlite3_exec(target.get(), "PRAGMA journal_mode=DELETE", nullptr, nullptr, nullptr) != SQLITE_OK)
    return base::failure(fmt::format("Cannot finish the copy of {}. Check the free space beside it.", from));
  return {};
}

base::OrFailure<std::uint64_t> copy_bytes(const std::string& from, int to) {
  const base::UniqueFd file(::open(from.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!file) return system_failure("open", from, "Check the disk.");
  if (::ftruncate(to, 0) != 0 || ::lseek(to, 0, SEEK_SET) != 0)
    return system_failure("empty", "the file of the backup", "Name another file.");
  std::uint64_t total = 0;
  std::uint8_t block[65536];
  for (;;) {
    const ssize_t got = ::read(file.get(), block, sizeof block);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_failure("read", from, "Check the disk.");
    if (got == 0) break;
    OPENLSA_TRY(write_all(to, base::as_bytes(block, static_cast<std::size_t>(got)), "the file of the backup"));
    total += static_cast<std::uint64_t>(got);
  }
  if (::fsync(to) != 0) return system_failure("sync", "the file of the backup", "Check the disk.");
  return total;
}

}  // namespace

base::OrFailure<std::uint64_t> backup_database(const std::string& path, int descriptor) {
  const Copy copy(path);
  {  // 0600 before SQLite writes anything
    const base::UniqueFd file(::open(copy.path().c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!file) return system_failure("create", copy.path(), "Check the state directory.");
  }
  OPENLSA_TRY(copy_pages(path, copy.path()));
  return copy_bytes(copy.path(), descriptor);
}

}  // namespace openlsa::authority
