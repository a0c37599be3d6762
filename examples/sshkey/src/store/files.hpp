// The package's files: small, private, replaced whole.
#pragma once

#include <expected>
#include <optional>

#include "core/bytes.hpp"

namespace sshkey {

// Nothing when the file is missing, not a regular file, or larger than `max_size`.
std::optional<std::string> read_small_file(const std::string& path, std::size_t max_size);

// Writes beside the target, flushes, renames, flushes the directory: after a crash the file is the old one or the new
// one. Mode 0600.
std::expected<void, std::string> write_file_atomically(const std::string& directory, const std::string& name,
                                                       std::string_view content);

// Any even number of hexadecimal digits, at least two.
std::optional<Bytes> bytes_from_hex(std::string_view text);

// The ids of foreign authorities that the administrator listed in DIRECTORY/trusted-authorities: one id of 64
// hexadecimal digits per line, # starts a comment. A line that is no id is worth nothing.
bool is_listed_authority(const std::string& directory, const Fixed32& authority_id);

}  // namespace sshkey
