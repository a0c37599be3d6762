#include "authority/admin/secret_file.hpp"

#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "authority/accounts/password_rules.hpp"

namespace openlsa::authority::admin {

base::OrFailure<base::Secret> secret_file(const Call& call, std::size_t limit) {
  struct stat status{};
  if (call.request.files.size() != 1 || ::fstat(call.request.files[0].get(), &status) != 0 || !S_ISREG(status.st_mode))
    return base::failure("The secret is missing. Use an lsactl of the authority's version.");
  base::Secret read(limit + 1);
  std::size_t size = 0;
  while (size < read.size()) {
    const ssize_t got = ::pread(call.request.files[0].get(), read.reveal_mutable().data() + size, read.size() - size,
                                static_cast<off_t>(size));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return base::failure("The secret cannot be read. Try again.");
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  if (size > limit) return base::failure(fmt::format("The secret is longer than {} bytes. Shorten it.", limit));
  return base::Secret(read.reveal().first(size));
}

base::OrFailure<base::Secret> password_file(const Call& call) {
  const base::Secret utf8 = OPENLSA_TRY(secret_file(call, 3 * max_password_units));
  std::optional<base::Secret> password = password_from_utf8(utf8.reveal());
  if (!password || !is_well_formed_password(password->reveal()))
    return base::failure("The password is not valid. Use at most 256 characters of UTF-8, without NUL.");
  return std::move(*password);
}

}  // namespace openlsa::authority::admin
