// A drop-in, packages.d/<name>.toml: which package file the authority trusts, and with what.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "authority/packages/rights.hpp"
#include "base/result.hpp"
#include "seam/package_calls.hpp"

namespace openlsa::authority {

using Sha256 = std::array<std::uint8_t, 32>;
std::string to_hex(const Sha256& hash);

inline constexpr std::uint32_t max_sub_authentication_number = 255;

struct DropIn {
  std::string name;  // of the drop-in file, without ".toml"
  std::string file;  // absolute; below <state>/packages/<sha256>/
  Sha256 sha256{};
  std::uint32_t uid = 0;  // of its host
  Rights rights;
  std::vector<seam::ContextThunks> context_thunks;  // SpSetExtendedInformation, by package of the file
  bool built_in = false;                            // of this release (built_in_files.hpp): it stands in no file
  seam::Door door = seam::Door::security_packages;
  std::uint32_t number = 0;  // of a sub-authentication package: 0 to 255, the registry value Auth<number>
};

// "security", "sub-authentication", "notification", "domain": `kind` of a drop-in.
const char* to_string(seam::Door door);
std::optional<seam::Door> parse_door(std::string_view kind);

// Letters, digits, '-' and '_', at most 64, beginning with a letter or digit: a name is also a file and a directory.
bool is_valid_drop_in_name(std::string_view name);

// Strict: unknown keys, wrong types, and a file outside <state>/packages/<sha256>/ are errors. Looks at no file.
base::OrFailure<DropIn> parse_drop_in(std::string_view text, const std::string& path,
                                      const std::string& state_directory);
std::string format_drop_in(const DropIn& drop_in);

// Reads <directory>/<name>.toml. It, like the package file it names, must be root's or ours, and writable by no one
// else.
base::OrFailure<DropIn> read_drop_in(const std::string& directory, const std::string& name,
                                     const std::string& state_directory);
// Atomic and durable: after a crash there is the old drop-in or the new one.
base::OrFailure<> write_drop_in(const std::string& directory, const DropIn& drop_in);
base::OrFailure<> remove_drop_in(const std::string& directory, const std::string& name);

// Names in order; a missing directory has none. A *.toml without a valid name is listed with its reason.
struct DropInListing {
  std::vector<std::string> names;
  std::vector<std::pair<std::string, std::string>> refused;  // file name, reason
};
base::OrFailure<DropInListing> list_drop_ins(const std::string& directory);

}  // namespace openlsa::authority
