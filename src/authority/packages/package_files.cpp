#include "authority/packages/package_files.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <memory>
#include <optional>

#include "authority/policy/files.hpp"
#include "base/random.hpp"

namespace openlsa::authority {
namespace {

constexpr std::uint64_t max_file_bytes = 256ull * 1024 * 1024;
constexpr std::size_t max_libraries = 32;

class Hasher {
 public:
  Hasher() : context_(EVP_MD_CTX_new(), EVP_MD_CTX_free) {
    good_ = context_ != nullptr && EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1;
  }
  void add(base::ByteView bytes) { good_ = good_ && EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1; }
  std::optional<Sha256> finish() {
    Sha256 hash{};
    unsigned size = 0;
    if (!good_ || EVP_DigestFinal_ex(context_.get(), hash.data(), &size) != 1 || size != hash.size())
      return std::nullopt;
    return hash;
  }

 private:
  std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context_;
  bool good_ = false;
};

// Reads by offset: the descriptor is shared with the administrator's program, and package-check read it before.
template <class Sink>
base::OrFailure<Sha256> read_through(int descriptor, const std::string& name, Sink&& sink) {
  struct stat status{};
  if (::fstat(descriptor, &status) != 0) return system_failure("read", name, "Open the file for reading.");
  if (!S_ISREG(status.st_mode))
    return base::failure(name + " is not a regular file. Give the package's shared object.");
  Hasher hasher;
  std::vector<std::uint8_t> block(256 * 1024);
  std::uint64_t offset = 0;
  for (;;) {
    const ssize_t got = ::pread(descriptor, block.data(), block.size(), static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_failure("read", name, "Open the file for reading, and check the disk.");
    if (got == 0) break;
    offset += static_cast<std::uint64_t>(got);
    if (offset > max_file_bytes) return base::failure(name + " is larger than 256 MiB. It cannot be a package.");
    const base::ByteView bytes(block.data(), static_cast<std::size_t>(got));
    hasher.add(bytes);
    OPENLSA_TRY(sink(bytes));
  }
  const std::optional<Sha256> hash = hasher.finish();
  if (!hash) return base::failure("SHA-256 is not available: check the installation of OpenSSL.");
  return *hash;
}

base::OrFailure<Sha256> hash_of(int descriptor, const std::string& name) {
  return read_through(descriptor, name, [](base::ByteView) -> base::OrFailure<> { return {}; });
}

base::OrFailure<Sha256> copy(const OpenedFile& from, const std::string& to) {
  const base::UniqueFd file(::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!file) return system_failure("create", to, "Check the state directory.");
  const Sha256 hash = OPENLSA_TRY(
      read_through(from.descriptor, from.name, [&](base::ByteView bytes) { return write_all(file.get(), bytes, to); }));
  if (::fchmod(file.get(), 0644) != 0 || ::fsync(file.get()) != 0) return system_failure("sync", to, "Check the disk.");
  return hash;
}

bool is_file_name(std::string_view name) {
  return !name.empty() && name.size() <= 200 && name.front() != '.' && name.front() != '-' &&
         std::all_of(name.begin(), name.end(), [](unsigned char c) { return c > 0x20 && c < 0x7f && c != '/'; });
}

base::OrFailure<> check_names(const OpenedFile& package, const std::vector<OpenedFile>& libraries) {
  if (libraries.size() > max_libraries) return base::failure("A package may bring at most 32 private libraries.");
  std::vector<std::string_view> names = {package.name};
  for (const OpenedFile& library : libraries) names.push_back(library.name);
  for (std::string_view name : names)
    if (!is_file_name(name))
      return base::failure(
          fmt::format("'{}' is no plain file name. Rename the file: printable ASCII, no space, no '/', not "
                      "beginning with '.' or '-'.",
                      name));
  std::sort(names.begin(), names.end());
  const auto twice = std::adjacent_find(names.begin(), names.end());
  if (twice != names.end())
    return base::failure(fmt::format("The file name '{}' is given twice. Rename one of them.", *twice));
  return {};
}

void remove_tree(const std::string& directory) {
  std::error_code ignored;
  std::filesystem::remove_all(directory, ignored);
}

// A copy made earlier is taken over only if it is exactly what was given now.
base::OrFailure<> verify_existing(const StoredPackage& stored, const OpenedFile& package,
                                  const std::vector<OpenedFile>& libraries) {
  const auto differs = [&] {
    return base::failure(stored.directory +
                         " holds this package with other files already. Remove the package that uses it "
                         "first (`lsactl package remove`), then that directory.");
  };
  std::size_t count = 0;
  std::error_code error;
  for (auto entry = std::filesystem::directory_iterator(stored.directory, error);
       !error && entry != std::filesystem::directory_iterator(); entry.increment(error))
    ++count;
  if (error || count != libraries.size() + 1) return differs();
  OPENLSA_TRY(verify_trusted_file(stored.directory));
  if (!verify_hash(stored.directory + "/" + package.name, stored.sha256)) return differs();
  for (const OpenedFile& library : libraries) {
    const Sha256 hash = OPENLSA_TRY(hash_of(library.descriptor, library.name));
    if (!verify_hash(stored.directory + "/" + library.name, hash)) return differs();
  }
  return {};
}

}  // namespace

base::OrFailure<StoredPackage> store_package(const std::string& state_directory, const OpenedFile& package,
                                             const std::vector<OpenedFile>& libraries) {
  OPENLSA_TRY(check_names(package, libraries));
  const std::string root = state_directory + "/packages";
  OPENLSA_TRY(ensure_directory(root, 0755));
  OPENLSA_TRY(verify_trusted_file(root));
  std::uint64_t number = 0;
  base::fill_random({reinterpret_cast<std::uint8_t*>(&number), sizeof number});
  const std::string temporary = fmt::format("{}/.new-{:016x}", root, number);
  OPENLSA_TRY(ensure_directory(temporary, 0700));
  const auto fill = [&]() -> base::OrFailure<StoredPackage> {
    StoredPackage stored;
    stored.sha256 = OPENLSA_TRY(copy(package, temporary + "/" + package.name));
    for (const OpenedFile& library : libraries) OPENLSA_TRY(copy(library, temporary + "/" + library.name));
    stored.directory = root + "/" + to_hex(stored.sha256);
    stored.path = stored.directory + "/" + package.name;
    if (::chmod(temporary.c_str(), 0755) != 0)
      return system_failure("set the permissions of", temporary, "Check the disk.");
    OPENLSA_TRY(sync_directory(temporary));
    // The name of a filled directory cannot be taken by another: rename(2) then fails with ENOTEMPTY or EEXIST.
    if (::rename(temporary.c_str(), stored.directory.c_str()) != 0) {
      if (errno != ENOTEMPTY && errno != EEXIST) return system_failure("create", stored.directory, "Check the disk.");
      OPENLSA_TRY(verify_existing(stored, package, libraries));
      remove_tree(temporary);
      return stored;
    }
    stored.fresh = true;
    OPENLSA_TRY(sync_directory(root));
    return stored;
  };
  base::OrFailure<StoredPackage> stored = fill();
  if (!stored) remove_tree(temporary);
  return stored;
}

base::OrFailure<> remove_stored_package(const StoredPackage& stored) {
  remove_tree(stored.directory);
  return sync_directory(parent_of(stored.directory));
}

base::OrFailure<> verify_hash(const std::string& path, const Sha256& expected) {
  const base::UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (!file) return system_failure("open", path, "Add the package again with `lsactl package add`.");
  const Sha256 hash = OPENLSA_TRY(hash_of(file.get(), path));
  if (hash == expected) return {};
  return base::failure(
      fmt::format("{} has SHA-256 {} instead of {}: it was changed. Add the package again with `lsactl "
                  "package add`.",
                  path, to_hex(hash), to_hex(expected)));
}

base::OrFailure<> verify_trusted_descriptor(int descriptor, const std::string& path) {
  struct stat status{};
  if (::fstat(descriptor, &status) != 0) return system_failure("read", path, "Check the file.");
  if (!S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode))
    return base::failure(path + " is neither a file nor a directory. Remove it.");
  if (status.st_uid != 0 && status.st_uid != ::geteuid())
    return base::failure(path +
                         " belongs to another user. Give it to root, or to the user that the authority runs as.");
  if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0)
    return base::failure(path + " can be written by others. Run: chmod go-w " + path);
  return {};
}

base::OrFailure<> verify_trusted_file(const std::string& path) {
  const base::UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (!file) return system_failure("open", path, "Add the package again with `lsactl package add`.");
  return verify_trusted_descriptor(file.get(), path);
}

}  // namespace openlsa::authority
