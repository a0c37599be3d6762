#include "client/user_mode/verified_file.hpp"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/auxv.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>

#include "base/bytes.hpp"

namespace openlsa::client {
namespace {

struct Free {
  void operator()(char* text) const { std::free(text); }
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

// Whether anybody but root and the authority could change it.
bool trusted(const struct stat& status, uid_t authority) {
  const bool owner = status.st_uid == 0 || (status.st_uid == authority && ::getauxval(AT_SECURE) == 0);
  const bool sticky = S_ISDIR(status.st_mode) && (status.st_mode & S_ISVTX) != 0;
  return owner && (sticky || (status.st_mode & (S_IWGRP | S_IWOTH)) == 0);
}

base::OrFailure<> verify_directories(const std::string& file, uid_t authority) {
  std::string directory = file;
  while (directory != "/") {
    directory.resize(std::max<std::size_t>(directory.rfind('/'), 1));
    struct stat status{};
    if (::stat(directory.c_str(), &status) != 0 || !trusted(status, authority))
      return base::failure("the directory " + directory + " may be changed by others than root and the authority");
  }
  return {};
}

base::OrFailure<std::array<std::uint8_t, 32>> sha256(int descriptor) {
  std::array<std::uint8_t, 32> digest{};
  const std::unique_ptr<EVP_MD_CTX, Free> context(EVP_MD_CTX_new());
  if (!context || EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) != 1)
    return base::failure("libcrypto offers no SHA-256");
  std::array<std::uint8_t, 16384> block;
  while (true) {
    const ssize_t got = ::read(descriptor, block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return base::failure(std::string("it cannot be read: ") + std::strerror(errno));
    if (got == 0) break;
    if (EVP_DigestUpdate(context.get(), block.data(), static_cast<std::size_t>(got)) != 1)
      return base::failure("libcrypto cannot compute its SHA-256");
  }
  unsigned int size = 0;
  if (EVP_DigestFinal_ex(context.get(), digest.data(), &size) != 1 || size != digest.size())
    return base::failure("libcrypto cannot compute its SHA-256");
  return digest;
}

}  // namespace

base::OrFailure<OwnedFile> verify_owned_file(const std::string& path, uid_t authority) {
  if (path.empty() || path.front() != '/') return base::failure("its path is not absolute");
  const std::unique_ptr<char, Free> real(::realpath(path.c_str(), nullptr));
  if (!real) return base::failure(std::string("it cannot be found: ") + std::strerror(errno));
  OwnedFile file{real.get(), {}};
  if (auto safe = verify_directories(file.path, authority); !safe) return std::unexpected(safe.error());
  file.descriptor.reset(::open(file.path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  struct stat status{};
  if (!file.descriptor || ::fstat(file.descriptor.get(), &status) != 0)
    return base::failure(std::string("it cannot be opened: ") + std::strerror(errno));
  if (!S_ISREG(status.st_mode)) return base::failure("it is not a regular file");
  if (!trusted(status, authority)) return base::failure("it may be changed by others than root and the authority");
  return file;
}

base::OrFailure<std::string> verify_user_half_file(const std::string& path, const std::array<std::uint8_t, 32>& hash,
                                                   uid_t authority) {
  OwnedFile file = OPENLSA_TRY(verify_owned_file(path, authority));
  const auto digest = OPENLSA_TRY(sha256(file.descriptor.get()));
  if (!base::equal(digest, hash))
    return base::failure("its SHA-256 is not the one of the file that the authority loaded");
  return std::move(file.path);
}

}  // namespace openlsa::client
