#include "nt/security_providers.hpp"

#include <algorithm>

namespace openlsa::nt {
namespace {

constexpr std::string_view blanks = " \t";

std::string_view without_blanks(std::string_view text) {
  const std::size_t first = text.find_first_not_of(blanks);
  return first == text.npos ? std::string_view() : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

}  // namespace

bool has_library_ending(std::string_view name) {
  return name.ends_with(".so") && name.size() > 3 && name[name.size() - 4] != '/';
}

base::OrFailure<std::string> provider_path(std::string_view name) {
  if (name.empty() || name.ends_with('/') || name.find('\0') != name.npos)
    return base::failure("'" + std::string(name) + "' names no file");
  if (name.front() == '/') return std::string(name);
  if (name.find('/') != name.npos)
    return base::failure("'" + std::string(name) +
                         "' is a relative path; name the file from the root, or by its name "
                         "alone when it lies in " +
                         std::string(providers_directory));
  return std::string(providers_directory) + '/' + std::string(name);
}

base::OrFailure<std::vector<std::string>> parse_security_providers(std::string_view value) {
  std::vector<std::string> paths;
  if (without_blanks(value).empty()) return paths;
  for (bool more = true; more;) {
    const std::size_t comma = value.find(',');
    const std::string_view name = without_blanks(value.substr(0, comma));
    more = comma != value.npos;
    if (more) value.remove_prefix(comma + 1);
    std::string path = OPENLSA_TRY(provider_path(name));
    if (!has_library_ending(name))
      return base::failure("'" + std::string(name) +
                           "' has no ending; security_providers names files with their .so, and a package of the "
                           "authority, which is named without, is added with lsactl package add");
    if (std::find(paths.begin(), paths.end(), path) == paths.end()) paths.push_back(std::move(path));
  }
  return paths;
}

}  // namespace openlsa::nt
