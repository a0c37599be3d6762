#include "authority/policy/authority_id.hpp"

#include <fcntl.h>
#include <fmt/core.h>

#include <algorithm>
#include <cerrno>

#include "authority/policy/files.hpp"
#include "base/random.hpp"

namespace openlsa::authority {

base::OrFailure<AuthorityId> load_authority_id(const std::string& state_directory) {
  const std::string path = state_directory + "/authority-id";
  AuthorityId id{};
  const base::UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (file) {
    const std::string text = OPENLSA_TRY(read_file(file.get(), path, 4096));
    if (text.size() != id.size())
      return base::failure(
          fmt::format("{} has {} bytes instead of {}. Restore it from a backup, or remove it: the "
                      "authority then gets a new identity.",
                      path, text.size(), id.size()));
    std::copy(text.begin(), text.end(), reinterpret_cast<char*>(id.data()));
    return id;
  }
  if (errno != ENOENT) return system_failure("open", path, "Check its owner and permissions.");
  base::fill_random(id);
  OPENLSA_TRY(replace_file(path, id, 0644));
  return id;
}

}  // namespace openlsa::authority
