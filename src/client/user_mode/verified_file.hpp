// The file of a user-mode half, before it is loaded: only its owner could have changed it, and it is the very file that
// the package's host runs (SHA-256), so both halves match.
#pragma once

#include <sys/types.h>

#include <array>
#include <cstdint>
#include <string>

#include "base/result.hpp"
#include "base/unique_fd.hpp"

namespace openlsa::client {

struct OwnedFile {
  std::string path;
  base::UniqueFd descriptor;
};

// The file without symbolic links. It and all directories above it must belong to root or to `authority`, and
// nobody else may write to them (in a sticky directory, not to what is in it). In a set-user-ID program only root's
// files count.
base::OrFailure<OwnedFile> verify_owned_file(const std::string& path, uid_t authority);

// The same for a user-mode half, whose contents must be those of the file that the authority loaded.
base::OrFailure<std::string> verify_user_half_file(const std::string& path, const std::array<std::uint8_t, 32>& hash,
                                                   uid_t authority);

}  // namespace openlsa::client
