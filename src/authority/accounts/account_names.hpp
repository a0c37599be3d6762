// Names of accounts and groups: what they may hold, and how they compare (A name has one spelling that finds it,
// whatever its case; there is no second that looks the same).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace openlsa::authority {

inline constexpr std::uint32_t no_id = 0xffffffff;  // (uid_t)-1: "no change" to the kernel
inline constexpr std::size_t max_account_groups = 1024;

// Names with the same folded form are one name. Empty: no name at all (not UTF-8, or nothing in it).
std::string folded_name(std::string_view name);
// What a stored name may hold: nothing that another syntax gives a meaning to (SAM names; passwd fields).
bool is_account_name(std::string_view name);
// What a new name may hold: besides, neither a trailing dot nor what cannot be told apart by reading.
bool is_new_account_name(std::string_view name);
// Names that the authority gives a meaning to.
bool is_reserved_name(std::string_view name);
// A field of a passwd line, and a path.
bool is_path_field(std::string_view path);
// A field of a passwd line for people: the full name, a group's description.
bool is_text_field(std::string_view text);
bool is_workstation_name(std::string_view name);

}  // namespace openlsa::authority
