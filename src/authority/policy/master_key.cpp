#include "authority/policy/master_key.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdio>

#include "authority/credentials/secret_box.hpp"
#include "authority/policy/files.hpp"
#include "base/random.hpp"

namespace openlsa::authority {
namespace {

base::OrFailure<base::Secret> read_key(int file, const std::string& path) {
  struct stat status{};
  if (::fstat(file, &status) != 0) return system_failure("read", path, "Check the file.");
  if (!S_ISREG(status.st_mode) || (status.st_uid != 0 && status.st_uid != ::geteuid()) || (status.st_mode & 077) != 0)
    return base::failure(path + " is not a regular file that only its owner reads and writes. Run: chmod 600 " + path +
                         ", and give it to the authority's user.");
  base::Secret key(SecretBox::key_bytes);
  if (status.st_size != static_cast<off_t>(key.size()) ||
      ::read(file, key.reveal_mutable().data(), key.size()) != static_cast<ssize_t>(key.size()))
    return base::failure(fmt::format("{} does not have {} bytes. Restore it from a backup.", path, key.size()));
  return key;
}

// Whole and on the disk before it has its name, and never in the place of a key that is there.
base::OrFailure<base::Secret> make_key(const std::string& state_directory, const std::string& path) {
  base::Secret key(SecretBox::key_bytes);
  base::fill_random(key.reveal_mutable());
  std::uint64_t number = 0;
  base::fill_random({reinterpret_cast<std::uint8_t*>(&number), sizeof number});
  const std::string fresh = fmt::format("{}.new-{:016x}", path, number);
  const base::UniqueFd file(::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!file) return system_failure("create", fresh, "Check that the directory is there and may be written.");
  base::OrFailure<> done = write_all(file.get(), key.reveal(), fresh);
  if (done && ::fsync(file.get()) != 0) done = system_failure("sync", fresh, "Check the disk.");
  if (done && ::renameat2(AT_FDCWD, fresh.c_str(), AT_FDCWD, path.c_str(), RENAME_NOREPLACE) != 0)
    done = system_failure("create", path, "Start the authority once only, and check the directory.");
  if (!done) {
    ::unlink(fresh.c_str());
    return std::unexpected(std::move(done).error());
  }
  OPENLSA_TRY(sync_directory(state_directory));
  return key;
}

}  // namespace

base::OrFailure<base::Secret> load_master_key(const std::string& state_directory, bool may_make) {
  const std::string path = state_directory + "/master.key";
  const base::UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (file) return read_key(file.get(), path);
  if (errno != ENOENT) return system_failure("open", path, "Check its owner and permissions.");
  if (may_make) return make_key(state_directory, path);
  return base::failure(path +
                       " is missing, but accounts.db holds passwords or private data that are sealed with it. Restore "
                       "it from a backup.");
}

}  // namespace openlsa::authority
